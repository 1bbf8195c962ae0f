import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Mistake } from '../options/mistake.ts'
import type { OptionValues } from '../options/option-values.ts'
import type { Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { withoutSecretMembers, withoutSecrets } from '../without-secrets.ts'

/** A ceremony as it may leave the page's memory: as `RunRecord`, without a key, a token or anything that a passkey gave in secret. */
export interface KeptRun {
  number: number
  run: Run
  of: { tenantName?: string | undefined; username?: string | undefined }
  choices: RunRecord['choices']
}

/**
 * Takes out of a ceremony what is secret: its key and its token, what a PRF evaluated, what a large blob holds. What is
 * written like a key or a token goes wherever it stands, in a username, too. What was written wrong as an option goes
 * with it.
 */
export function keptOf({ number, run, of, choices }: RunRecord): KeptRun {
  const { approved: _, ...rest } = run
  const kept = {
    number,
    run: { ...rest, ...(run.authenticated ? { authenticated: { ...run.authenticated, token: '' } } : {}) },
    of: { tenantName: of.tenantName, username: of.username },
    choices: {
      ...choices,
      registration: withoutMistakes(choices.registration),
      authentication: withoutMistakes(choices.authentication),
    },
  }
  return JSON.parse(withoutSecrets(JSON.stringify(kept, withoutSecret)))
}

function withoutSecret(name: string, value: unknown): unknown {
  return name === 'token' && typeof value === 'string' ? '' : withoutSecretMembers(name, value)
}

function withoutMistakes(values: OptionValues): OptionValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof Mistake)))
}

/**
 * A ceremony from what `keptOf` gave, after its way through text; undefined where it is none. Only its frame is looked
 * at: what stands in its messages is anybody's, and is read as such.
 */
export function recordFrom(value: unknown): RunRecord | undefined {
  if (!isObject(value)) return
  const { number, run, of, choices } = value
  if (!Number.isSafeInteger(number) || Number(number) < 1 || !isRun(run) || !isObject(of) || !isChoices(choices)) return
  const { tenantName, username } = of
  if (![tenantName, username].every((name) => name === undefined || typeof name === 'string')) return
  // What it is of is what this page says, whatever else stands there: no key comes in this way.
  const whose = { tenantName: tenantName as string | undefined, username: username as string | undefined }
  return { number: Number(number), run, of: whose, choices }
}

const kinds: readonly unknown[] = ['registration', 'authentication'] satisfies CeremonyKind[]
const lanes: readonly unknown[] = ['authenticator', 'browser', 'server']
const ids: readonly unknown[] = ['begin', 'options', 'request', 'credential', 'finish', 'answer']

function isRun(value: unknown): value is Run {
  if (!isObject(value)) return false
  const { kind, startedAt, took, status, messages, registered, authenticated, failure, software } = value
  return (
    kinds.includes(kind) &&
    isNumber(startedAt) &&
    isNumber(took) &&
    (software === undefined || isText(software)) &&
    Array.isArray(messages) &&
    messages.every(isMessage) &&
    (status === 'error'
      ? isFailure(failure)
      : status === 'success' && failure === undefined && isAnswer(kind === 'registration' ? registered : authenticated))
  )
}

function isMessage(value: unknown): boolean {
  if (!isObject(value)) return false
  const { id, from, to, label, at, duration, bytes } = value
  const numbers = [duration, bytes].every((number) => number === undefined || isNumber(number))
  return (
    ids.includes(id) &&
    lanes.includes(from) &&
    lanes.includes(to) &&
    typeof label === 'string' &&
    isNumber(at) &&
    numbers
  )
}

function isAnswer(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.user) || !isObject(value.passkey)) return false
  const { user, passkey, checks, token, expiresIn } = value
  return (
    typeof user.username === 'string' &&
    typeof passkey.id === 'string' &&
    isNumber(passkey.algorithm) &&
    (passkey.provider === null || typeof passkey.provider === 'string') &&
    (checks === undefined || isChecks(checks)) &&
    (token === undefined || (token === '' && isNumber(expiresIn)))
  )
}

function isChecks(value: unknown): boolean {
  const texts = ['id', 'title', 'spec', 'outcome', 'expected', 'actual']
  return (
    Array.isArray(value) &&
    value.every((check) => isObject(check) && texts.every((name) => typeof check[name] === 'string'))
  )
}

function isFailure(value: unknown): boolean {
  if (!isObject(value)) return false
  const { causes = [], help = [], brief, problem } = value
  const words = [...['code', 'what', 'why', 'todo', 'raw'].map((name) => value[name]), brief ?? ''].every(isText)
  const isCause = (cause: unknown) => isObject(cause) && typeof cause.why === 'string'
  const told =
    problem === undefined || (isObject(problem) && (problem.checks === undefined || isChecks(problem.checks)))
  return words && told && Array.isArray(causes) && causes.every(isCause) && Array.isArray(help) && help.every(isObject)
}

function isChoices(value: unknown): value is RunRecord['choices'] {
  return isObject(value) && isObject(value.registration) && isObject(value.authentication)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

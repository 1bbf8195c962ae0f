import { soundChoices } from '../options/option-values.ts'
import type { Run } from '../run.ts'
import type { Imported, RunRecord } from '../state.ts'
import { hasSecret, withoutSecretMembers, withoutSecrets } from '../without-secrets.ts'
import { runShape } from './run-shape.ts'
import { membersOf, number, optional, text } from './shape.ts'

/** A ceremony as it may leave the page's memory: as `RunRecord`, without a key, a token or anything that a passkey gave in secret. */
export interface KeptRun {
  number: number
  run: Run
  of: { tenantName?: string | undefined; username?: string | undefined }
  choices: RunRecord['choices']
  example?: true
}

/**
 * Takes out of a ceremony what is secret: its key and its token, what a PRF evaluated, what a large blob holds. What is
 * written like a key or a token goes wherever it stands, in a username, too. What was written wrong as an option goes
 * with it.
 */
export function keptOf({ number, run, of, choices, example }: RunRecord): KeptRun {
  const { approved: _, ...rest } = run
  const kept = {
    number,
    run: { ...rest, ...(run.authenticated ? { authenticated: { ...run.authenticated, token: '' } } : {}) },
    of: { tenantName: of.tenantName, username: of.username },
    choices: { ...choices, ...soundChoices(choices) },
    ...(example ? { example } : {}),
  }
  return JSON.parse(JSON.stringify(kept, withoutSecret))
}

/** Value by value: in JSON's text, what a letter is written by can be the beginning of a token. */
function withoutSecret(name: string, value: unknown): unknown {
  if (typeof value === 'string') return name === 'token' ? '' : withoutSecrets(value)
  const open = withoutSecretMembers(name, value)
  if (typeof open !== 'object' || open === null || Array.isArray(open) || !Object.keys(open).some(hasSecret))
    return open
  return Object.fromEntries(Object.entries(open).map(([member, inner]) => [withoutSecrets(member), inner]))
}

/**
 * A ceremony from what `keptOf` gave, after its way through text; undefined where it is none. What it is of is what this
 * page says, whatever else stands there: no key comes in this way.
 */
export function recordFrom(value: unknown): RunRecord | undefined {
  if (runShape(value, 'run')) return
  const { number, run, of, choices, imported, example } = value as KeptRun & { imported?: unknown; example?: unknown }
  const { tenantName, username } = of
  const record = {
    ...{ number, run, of: { tenantName, username }, choices },
    ...(example === true ? { example } : {}),
  }
  return isImported(imported) ? { ...record, imported } : record
}

function isImported(value: unknown): value is Imported {
  const isText = optional(text)
  return !membersOf({ number, server: isText, browser: isText })(value, '')
}

import type { Check } from '../checks/check.ts'
import { ownMember } from '../dictionary.ts'
import type { CeremonyKind } from '../options.ts'
import { AnswerTooLong, answerText } from './answer-text.ts'
import type { FaultTarget, TargetAnswer } from './fault-target.ts'
import { plain } from './plain.ts'
import { fetchWithinOrigin, RedirectRefused } from './within-origin.ts'

/** A call of a server. In `body`, `"$username"`, `"$options"`, `"$ceremony"` and `"$credential"` stand for those values. */
export interface TargetCall {
  url: string
  /** Without one it is a GET. */
  body?: unknown
  /** Besides those of all calls. */
  headers?: Readonly<Record<string, string>>
}

/** Where a server has its two ceremonies, and how their members are called there. */
export interface TargetMapping {
  registration: { begin: TargetCall; finish: TargetCall }
  authentication: { begin: TargetCall; finish: TargetCall }
  headers?: Readonly<Record<string, string>>
  /** Where in the answer to `begin` WebAuthn's options stand, such as `data.publicKey`; empty: the answer is the options. */
  optionsAt?: string
  /** Where in the answer to `begin` stands what names the ceremony; empty: a cookie does. */
  ceremonyAt?: string
  /** Where in the answer to `finish` stands `true` when it is accepted; empty: the status says it. */
  acceptedAt?: string
}

interface Reach {
  fetch?: typeof fetch
  /** Waits until a server takes calls again that says when. */
  wait: (milliseconds: number) => Promise<void>
  /** Cookies of the page go along. */
  credentials?: RequestCredentials
}

/** How often a server may say that it takes no call for now. */
const patience = 5

/** The longest wait for a server that says how long, in seconds. */
const longestWait = 120

/** The auth server's own API under `baseUrl`, with a key that may register and authenticate. */
export function playgroundMapping(baseUrl: string, apiKey: string): TargetMapping {
  const of = (kind: string) => ({
    begin: { url: `${baseUrl}/v1/passkeys/${kind}/begin`, body: { username: '$username', options: '$options' } },
    finish: {
      url: `${baseUrl}/v1/passkeys/${kind}/finish`,
      body: { ceremonyId: '$ceremony', credential: '$credential' },
    },
  })
  return {
    registration: of('register'),
    authentication: of('authenticate'),
    headers: { authorization: `Bearer ${apiKey}` },
    optionsAt: 'publicKey',
    ceremonyAt: 'ceremonyId',
  }
}

/** A server as SimpleWebAuthn's example has it, whose sessions are cookies. */
export function simpleWebAuthnMapping(baseUrl: string): TargetMapping {
  const of = (kind: CeremonyKind) => ({
    begin: { url: `${baseUrl}/generate-${kind}-options` },
    finish: { url: `${baseUrl}/verify-${kind}`, body: '$credential' },
  })
  return { registration: of('registration'), authentication: of('authentication'), acceptedAt: 'verified' }
}

/**
 * A server that is reached over HTTP. An answer that says 429 with `Retry-After` is waited for. A redirect is followed within its
 * origin alone.
 *
 * @throws Error from `begin`, in words, where the server cannot be reached or begins nothing; from `finish` where it cannot
 *   be reached, or answers without an end, or with 429, 5xx or a page, which is no verdict
 */
export function httpTarget(
  mapping: TargetMapping,
  { fetch = globalThis.fetch, wait, credentials }: Reach,
): FaultTarget {
  async function call({ url, body, headers: own = {} }: TargetCall, values: Values) {
    // A report names it, and what stands behind the question mark may be secret.
    const [place = ''] = url.split(/[?#]/)
    const sent = body === undefined ? undefined : JSON.stringify(filled(body, values))
    const headers = headersOf({ ...mapping.headers }, own)
    if (sent !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
    for (let tries = 1; ; tries++) {
      const began = performance.now()
      const [response, text] = await fetchWithinOrigin(fetch, url, {
        method: sent === undefined ? 'GET' : 'POST',
        headers,
        ...(sent === undefined ? {} : { body: sent }),
        ...(credentials ? { credentials } : {}),
      })
        .then(async (had) => [had, await answerText(had)] as const)
        .catch((error: unknown) => {
          throw new Error(`${place} ${whyNot(error)}.`)
        })
      const seconds = Number(response.headers.get('retry-after'))
      const answer = jsonOf(text)
      const waits = response.status === 429 && seconds > 0 && seconds <= longestWait && tries < patience
      const took = performance.now() - began
      if (!waits) return { place, status: response.status, ok: response.ok, kind: kindOf(response), answer, took }
      await wait(seconds * 1_000)
    }
  }

  return {
    async begin(kind, { username, options }) {
      const begun = await call(mapping[kind].begin, { $username: username, $options: options })
      const { place, status, ok, answer } = begun
      const publicKey = at(answer, mapping.optionsAt)
      if (!ok) throw new Error(`${place} answers ${said(status, answer)}.`)
      if (answer === undefined) throw new Error(`${place} answers with ${begun.kind}, and not with JSON.`)
      if (!isOptions(publicKey)) {
        const where = mapping.optionsAt ? `as “${mapping.optionsAt}”` : 'as the answer itself'
        throw new Error(`The answer of ${place} has no WebAuthn options ${where}.`)
      }
      return { ceremony: mapping.ceremonyAt ? at(answer, mapping.ceremonyAt) : undefined, publicKey }
    },
    async finish(kind, ceremony, credential): Promise<TargetAnswer> {
      const values = { $ceremony: ceremony, $credential: credential }
      const { place, status, ok, kind: type, answer, took } = await call(mapping[kind].finish, values)
      // Such answers say nothing of the credential; the page is one that a server has for every URL.
      if (status === 429 || status >= 500) throw new Error(`${place} answers ${said(status, answer)}.`)
      if (ok && type === 'text/html') throw new Error(`${place} answers with a page, which is no verdict.`)
      const accepted = ok && (!mapping.acceptedAt || at(answer, mapping.acceptedAt) === true)
      const { code, checks } = membersOf(answer)
      return {
        accepted,
        status,
        code: typeof code === 'string' ? plain(code) : undefined,
        words: wordsOf(answer) ?? (ok && !accepted ? `“${mapping.acceptedAt}” is not true in its answer` : undefined),
        checks: areChecks(checks) ? checks : undefined,
        took,
      }
    },
  }
}

type Values = Readonly<Record<string, unknown>>

/** @throws Error that names what cannot be a header, and says nothing of its value: that is a key, or a session */
function headersOf(...all: Readonly<Record<string, string>>[]): Headers {
  const headers = new Headers()
  for (const [name, value] of all.flatMap((each) => Object.entries(each))) {
    try {
      headers.set(name, value)
    } catch {
      throw new Error(
        `The header “${plain(name)}” is none: its name or its value has characters that no header carries.`,
      )
    }
  }
  return headers
}

/** The body with the values in their places; a member whose value is absent is left out. */
function filled(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return Object.hasOwn(values, template) ? values[template] : template
  if (Array.isArray(template)) return template.map((item) => filled(item, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, values)]))
}

function at(value: unknown, path = ''): unknown {
  return path === ''
    ? value
    : path.split('.').reduce<unknown>((inner, name) => ownMember(membersOf(inner), name), value)
}

function membersOf(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {}
}

function isOptions(value: unknown): value is Record<string, unknown> {
  return typeof membersOf(value).challenge === 'string'
}

/** The most checks that a server may tell: a ceremony has about forty. */
const mostChecks = 200

/** What a server says is shown, and may be anything: these are checks as this project's are. */
function areChecks(value: unknown): value is Check[] {
  return Array.isArray(value) && value.length <= mostChecks && value.every(isCheck)
}

function isCheck(value: unknown): value is Check {
  const { id, title, expected, actual, outcome, spec, step = '' } = membersOf(value)
  const texts = [id, title, expected, actual, spec, step].every((text) => typeof text === 'string')
  return (
    texts &&
    /^[\w.-]{1,100}$/.test(String(id)) &&
    /^https?:\/\//.test(String(spec)) &&
    ['pass', 'fail', 'skipped'].includes(String(outcome))
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What was in the way of an answer: Node says it a level deeper. */
function whyNot(error: unknown): string {
  if (error instanceof RedirectRefused || error instanceof AnswerTooLong) return error.message
  const { name, message, cause } = membersOf(error)
  if (name === 'TimeoutError') return 'does not answer in time'
  const { code, message: inner } = membersOf(cause)
  const why = [code, inner, message].find((word) => typeof word === 'string' && word !== '')
  return why ? `cannot be reached (${why})` : 'cannot be reached'
}

function kindOf({ headers }: Response): string {
  return plain(headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || 'what is of no type')
}

function said(status: number, answer: unknown): string {
  const { code } = membersOf(answer)
  const words = [code, wordsOf(answer)].filter((word) => typeof word === 'string').join(': ')
  return words ? `${status} (${plain(words)})` : String(status)
}

/** A reason in words, wherever servers write one. */
function wordsOf(answer: unknown): string | undefined {
  const { detail, error, message } = membersOf(answer)
  const words = [detail, error, membersOf(error).message, message].filter((word) => typeof word === 'string')
  return words.length ? plain(words.join(': ')) : undefined
}

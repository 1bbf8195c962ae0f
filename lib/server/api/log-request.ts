import type { Context } from 'hono'
import { redact } from '#lib/foundation/redact.ts'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { type Concerned, type Place, placeOf } from '../caller.ts'
import { note } from '../logs/note.ts'
import type { LogRow } from '../logs/row.ts'
import type { Problem } from '../problem.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { ownerByKey } from './operation.ts'
import { codeOfStatus } from './problem-response.ts'

/** An answer, as whoever watches all of them knows it. */
export interface Answer {
  requestId: string
  /** Method and path of the route, and its operation; undefined where nothing is there. */
  call: string | undefined
  operation: string | undefined
  status: number
  milliseconds: number
}

interface Owner {
  place: Place
  askerId: string
  address: string | null
  user: Concerned | null
}

/** Checks whose values are for anybody to know: they say how a page is set up, and nothing of a credential. */
const openChecks = new Set(['origin', 'cross-origin', 'top-origin', 'user-present', 'user-verified'])
const longest = 300

/**
 * Notes an answer for the log of whose request it was, also where it was refused before it had a caller; what is nobody's is
 * in no log. Where nothing is at the path, the key says whose it was, once the answer is on its way.
 */
export function logRequest(c: Context<ApiEnv>, answer: Answer): void {
  const owner = ownerOf(c)
  if (owner) note(owner.place, rowOf(c, answer, owner))
  else if (answer.operation === undefined && c.req.path.startsWith('/v1/')) void noteByKey(c, answer)
}

async function noteByKey(c: Context<ApiEnv>, answer: Answer): Promise<void> {
  const found = await ownerByKey(c)
  if (!found) return
  c.set('owner', found)
  const owner = ownerOf(c)
  if (owner) note(owner.place, rowOf(c, answer, owner))
}

function ownerOf(c: Context<ApiEnv>): Owner | undefined {
  const caller = c.get('caller') ?? c.get('owner')
  if (!caller) {
    const { place, askerId, user = null } = c.get('logged') ?? {}
    return place && askerId ? { place, askerId, address: clientAddress(c) ?? null, user } : undefined
  }
  const { key, client, actor, user } = caller
  const askerId = key?.id ?? client?.id
  if (!askerId) return undefined
  return { place: placeOf(caller), askerId, address: actor.address, user: caller.about ?? user }
}

function rowOf(c: Context<ApiEnv>, answer: Answer, { askerId, address, user }: Owner): LogRow {
  const logged = c.get('logged')
  const operation = c.get('operation') ?? logged?.operation ?? answer.operation ?? null
  const status = logged?.status ?? answer.status
  const refused = status >= 400 ? whyOf(c, status, operation) : granted
  return {
    id: answer.requestId,
    status,
    milliseconds: Math.round(answer.milliseconds * 10) / 10,
    operation,
    call: operation !== null && answer.call !== undefined ? answer.call : `${c.req.method} ${wordsOf(c.req.path)}`,
    askerId,
    address,
    userId: user?.id ?? null,
    username: user?.username ? redact(user.username) : null,
    ...refused,
    ...measuredOf(c),
  }
}

function measuredOf(c: Context<ApiEnv>): Pick<LogRow, 'bytes' | 'limit' | 'left'> {
  const length = c.req.header('content-length')
  const admission = c.get('admission')
  return {
    ...(length && /^\d{1,12}$/.test(length) ? { bytes: Number(length) } : {}),
    ...(admission ? { limit: admission.limit, left: admission.limit - admission.requests } : {}),
  }
}

type Why = Pick<LogRow, 'code' | 'reason' | 'detail' | 'expected' | 'actual' | 'failed' | 'checks'>
const granted: Why = { code: null, reason: null, detail: null, expected: null, actual: null }

function whyOf(c: Context<ApiEnv>, status: number, operation: string | null): Why {
  const { code: told, detail } = c.get('logged') ?? {}
  if (told) return { ...granted, code: told, reason: told, detail: short(detail ?? null) }
  const problem = c.get('refusal')
  const code = problem?.code ?? codeOfStatus[status] ?? (status >= 500 ? 'internal' : 'invalid_request')
  if (problem?.details.failing) return { ...ofCheck(problem.details.failing), ...problem.details.checked, code }
  // Of a path where nothing is, what was told names it as it was sent.
  const isAnywhere = operation !== null || code !== 'not_found'
  return { ...granted, code, reason: code, detail: isAnywhere ? short(problem?.detail ?? null) : null }
}

function ofCheck({ id, title, expected, actual }: NonNullable<Problem['details']['failing']>): Omit<Why, 'code'> {
  if (!openChecks.has(id)) return { ...granted, reason: id, detail: `The check “${title}” failed.` }
  return {
    reason: id,
    detail: short(`${title}: expected ${expected}, got ${actual}.`),
    expected: short(expected),
    actual: short(actual),
  }
}

function short(text: string): string
function short(text: string | null): string | null
function short(text: string | null): string | null {
  return text === null ? null : beginningOf(redact(text), longest)
}

/** A path where nothing is, without what may stand for something: plain words stay. */
function wordsOf(path: string): string {
  const parts = path.split('/').slice(1, 9)
  return `/${parts.map((part) => (/^[a-z][a-z_-]{0,23}$|^v1$/.test(part) ? part : '…')).join('/')}`
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { type Operation, operations } from '#lib/contract/operations.ts'
import { problem } from '#lib/contract/problem.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { type Caller, holds } from '../caller.ts'
import { authenticate, type From } from '../keys/authenticate.ts'
import { lacking } from '../lacking.ts'
import { type Admission, admit, networkOf, noteFailure } from '../limits/limits.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { noteCounted } from '../metrics/metrics.ts'
import { authenticateToken } from '../oauth/access-token.ts'
import { Problem, toldOf } from '../problem.ts'
import { count, noteUse } from '../usage/count.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { takeJson, takeJsonIfAny } from './json-body.ts'

interface Requirements {
  /** Whether a JSON body is read; `optional`: where one is sent. */
  body?: boolean | 'optional'
  /** Whether the verb decides who may: the operation's scope is one way, and the user's own token another. */
  verbDecides?: boolean
  /** Whether it is for access tokens that act for a user: the verb refuses everybody else. */
  ofUser?: boolean
  /** Whether the verb counts a request that it answers well, in the commit that its answer waits for. */
  countsItself?: boolean
  /** What the document says of it besides its scope. */
  note?: string
}

/**
 * What every operation behind an API key shares: its id in the document and in the usage figures, and the way of a
 * request to its handler: headers → key → address → concurrency → rate → scope → body. Spread into `createRoute`.
 */
export function operation(
  operationId: Operation,
  { body = false, verbDecides = false, ofUser = false, countsItself = false, note = '' }: Requirements = {},
) {
  const scope = operations[operationId]
  const enforced = scope && !verbDecides
  return {
    operationId,
    security: [...(ofUser ? [] : [{ apiKey: [] }, { apiKeyHeader: [] }]), { oauth: scope ? [scope] : [] }] as Record<
      string,
      string[]
    >[],
    ...(enforced ? { description: `Needs the scope \`${scope}\`. ${note}`.trim() } : {}),
    middleware: [wayTo(operationId, { scope: enforced ? scope : undefined, body, countsItself })],
  }
}

/** The `default` response of every operation: a problem document. */
export const problemAnswer = {
  default: {
    description: 'A problem (RFC 9457) with a stable `code`.',
    content: { 'application/problem+json': { schema: problem } },
  },
}

/** A request's way to its handler. One middleware: each has promises of its own, which cost more than what most of them do. */
function wayTo(
  operationId: Operation,
  { scope, body, countsItself }: Pick<Requirements, 'body' | 'countsItself'> & { scope: Scope | undefined },
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await identify(c)
    const toRelease = await admitted(c).catch((error) => {
      noteUse(c.get('caller'))
      throw error
    })
    try {
      if (scope) mustHold(c.get('caller'), scope)
      if (body) await (body === 'optional' ? takeJsonIfAny(c) : takeJson(c))
      await counted(c, next, operationId, countsItself)
    } finally {
      toRelease?.release()
      if (!c.get('counted')) noteUse(c.get('caller'))
    }
  }
}

/**
 * Key or access token, and address. Those that are not valid are throttled by the address that they come from; good ones
 * never are.
 */
async function identify(c: Context<ApiEnv>): Promise<void> {
  const address = clientAddress(c)
  const from = { address, requestId: c.get('requestId'), noted: (caller: Caller) => c.set('owner', caller) }
  const { key, token } = presented(c)
  const ask = async (again = false) =>
    c.set('caller', token ? await authenticateToken(tokenRequest(c, from), again) : await authenticate(key, from))
  await ask().catch(async (error) => {
    if (error instanceof Problem && /^(?:api_key|token)_invalid$/.test(error.code)) await noteFailure(address)
    throw error
  })
  c.set('checkAgain', () => ask(true))
}

/** Lets so many requests of a caller on as its limits say. */
export const limited: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const toRelease = await admitted(c)
  await next().finally(() => toRelease?.release())
}

/**
 * Concurrency and rate; what is left of them is told with the answer. The slot is held until the answer has gone out or the client
 * has gone away; without a socket in sight the answer ends with the handler, and the slot is to be released then.
 */
async function admitted(c: Context<ApiEnv>): Promise<Admission | undefined> {
  const caller = c.get('caller')
  const { key, client, environment } = caller
  if (!key && !client) return undefined
  const admission = await admit(bucketOf(caller), limitsOf(environment, key?.tier ?? 'standard'))
  c.set('admission', admission)
  const { outgoing } = (c.env ?? {}) as { incoming?: IncomingMessage; outgoing?: ServerResponse }
  if (!outgoing) return admission
  if (outgoing.destroyed) admission.release()
  else outgoing.once('close', admission.release)
  return undefined
}

/**
 * A key's family shares a bucket, and so does a client; users that they act for have one each beside it, so that none of them
 * stands in the way of the others or of the tenant's own server. A demo key has one for each address, so that a room can share it.
 */
function bucketOf({ key, client, user, actor }: Caller): string {
  const family = key?.demo ? `${key.familyId} ${networkOf(actor.address ?? undefined)}` : key?.familyId
  const whose = client?.id ?? family ?? ''
  return user ? `${whose} ${user.id}` : whose
}

function mustHold(caller: Caller, scope: Scope): void {
  if (holds(caller, scope)) return
  const what = caller.client ? 'token' : 'key'
  throw lacking(caller, scope, `This needs the scope ${scope}, which the ${what} does not hold.`)
}

/** Counts a request that reached its handler, before its answer leaves; once, also where its verb did. */
async function counted(c: Context<ApiEnv>, next: Next, declared: Operation, countsItself = false): Promise<void> {
  const caller = c.get('caller')
  const { requests = 0, inFlight = 0 } = c.get('admission') ?? {}
  const operation = () => c.get('operation') ?? declared
  if (countsItself) caller.counting = { operation, requests, inFlight, written: false }
  await next()
  if (c.get('malformed')) return
  const outcome = !c.error ? 'ok' : (toldOf(c.error)?.code ?? 'internal')
  c.set('counted', true)
  // What was not taken is not counted; the count would be refused as the request was.
  if (outcome === 'unavailable') return
  if (caller.counting?.written) return noteCounted(1)
  await count(caller, { operation: operation(), outcome, requests, inFlight }).catch((error) => {
    throw outcome === 'ok' && c.req.method !== 'GET' ? carriedOut(error) : error
  })
}

/**
 * What is told where a change was made, and could not be counted. Without `Retry-After`, which promises that nothing was
 * changed.
 */
export function carriedOut(error: unknown): unknown {
  if (toldOf(error)?.code !== 'unavailable') return error
  const detail = 'The request was carried out, and its answer is lost. Look at what is there before you ask again.'
  return new Problem('unavailable', detail, { cause: error })
}

/**
 * What was sent to say who asks: a key as `Authorization: Bearer` or `X-API-Key`, or an access token as `Authorization:
 * Bearer` or `DPoP`; never from the URL.
 */
function presented(c: Context): { key?: string | undefined; token?: string } {
  const [, scheme = '', bearer] = /^(Bearer|DPoP) +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  const header = c.req.header('x-api-key')
  // No API key has a dot, and every JWT has two. An opaque token is known by its length.
  if (bearer && (/^dpop$/i.test(scheme) || bearer.includes('.') || /^[\w-]{43}$/.test(bearer))) {
    if (!header) return { token: bearer }
    throw new Problem('invalid_request', 'An API key and an access token were sent. Send one of them.')
  }
  if (bearer && header && bearer !== header) {
    throw new Problem(
      'invalid_request',
      'Two different API keys were sent. Send one, in Authorization or in X-API-Key.',
    )
  }
  return { key: bearer ?? header }
}

/** Whose a request is that asks for what is not there, by its key; undefined where it shows none that is right. */
export async function ownerByKey(c: Context<ApiEnv>): Promise<Caller | undefined> {
  const header = c.req.header('x-api-key') ?? c.req.header('authorization')?.replace(/^Bearer +/i, '')
  if (!header?.startsWith('sk_')) return undefined
  let owner: Caller | undefined
  const noted = (caller: Caller) => {
    owner = caller
  }
  await authenticate(header, { address: clientAddress(c), requestId: c.get('requestId'), noted }).catch(() => undefined)
  return owner
}

/** What an access token is verified against. */
function tokenRequest(c: Context, from: From) {
  const { pathname, search } = new URL(c.req.url)
  return { method: c.req.method, path: pathname + search, headers: c.req.raw.headers, ...from }
}

/** A user's own token beside the key. */
export function userTokenOf(c: Context): string | undefined {
  return c.req.header('x-user-token')
}

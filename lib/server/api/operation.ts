import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { type Operation, operations } from '#lib/contract/operations.ts'
import { problem } from '#lib/contract/problem.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { type Caller, holds } from '../caller.ts'
import { authenticate } from '../keys/authenticate.ts'
import { admit, networkOf, noteFailure } from '../limits/limits.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { Problem } from '../problem.ts'
import { count, noteUse } from '../usage/count.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { jsonBody, jsonBodyIfAny } from './json-body.ts'

interface Requirements {
  /** Whether a JSON body is read; `optional`: where one is sent. */
  body?: boolean | 'optional'
  /** Whether the verb decides who may: the operation's scope is one way, and the user's own token another. */
  verbDecides?: boolean
}

/**
 * What every operation behind an API key shares: its id in the document and in the usage figures, and the way of a
 * request to its handler: headers → key → address → concurrency → rate → scope → body. Spread into `createRoute`.
 */
export function operation(operationId: Operation, { body = false, verbDecides = false }: Requirements = {}) {
  const scope = operations[operationId]
  const enforced = scope && !verbDecides
  return {
    operationId,
    security: [{ apiKey: [] }, { apiKeyHeader: [] }] as Record<string, string[]>[],
    ...(enforced ? { description: `Needs the scope \`${scope}\`.` } : {}),
    middleware: [
      withCaller,
      limited,
      ...(enforced ? [withScope(scope)] : []),
      ...(body ? [body === 'optional' ? jsonBodyIfAny : jsonBody] : []),
      counted(operationId),
    ],
  }
}

/** The `default` response of every operation: a problem document. */
export const problemAnswer = {
  default: {
    description: 'A problem (RFC 9457) with a stable `code`.',
    content: { 'application/problem+json': { schema: problem } },
  },
}

/** Key and address. Keys that are not valid are throttled by the address that they come from; good ones never are. */
const withCaller: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const address = clientAddress(c)
  const presented = presentedKey(c)
  const identify = async () =>
    c.set('caller', await authenticate(presented, { address, requestId: c.get('requestId') }))
  await identify().catch(async (error) => {
    if (error instanceof Problem && error.code === 'api_key_invalid') await noteFailure(address)
    throw error
  })
  c.set('checkAgain', identify)
  await next()
  if (!c.get('counted')) noteUse(c.get('caller'))
}

/** Concurrency and rate. The slot is held until the answer has gone out or the client has gone away. */
const limited: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const caller = c.get('caller')
  const { key, environment } = caller
  if (!key) return next()
  const admission = await admit(bucketOf(caller), limitsOf(environment, key.tier))
  c.set('admission', admission)
  for (const [name, value] of Object.entries(admission.headers)) c.header(name, value)
  const { outgoing } = (c.env ?? {}) as { incoming?: IncomingMessage; outgoing?: ServerResponse }
  // Without a socket in sight, the answer ends with the handler.
  if (!outgoing) return next().finally(admission.release)
  if (outgoing.destroyed) admission.release()
  else outgoing.once('close', admission.release)
  await next()
}

/** A key's family shares a bucket; a demo key has one for each address, so that a room can share it. */
function bucketOf({ key, actor }: Caller): string {
  return key?.demo ? `${key.familyId} ${networkOf(actor.address ?? undefined)}` : (key?.familyId ?? '')
}

function withScope(scope: Scope): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (!holds(c.get('caller'), scope)) {
      throw new Problem('insufficient_scope', `This needs the scope ${scope}, which the key does not hold.`)
    }
    await next()
  }
}

/** Counts a request that reached its handler, before its answer leaves. */
function counted(operation: Operation) {
  return async (c: Context<ApiEnv>, next: Next) => {
    await next()
    if (c.get('malformed')) return
    const outcome = !c.error ? 'ok' : c.error instanceof Problem ? c.error.code : 'internal'
    c.set('counted', true)
    const { requests = 0, inFlight = 0 } = c.get('admission') ?? {}
    await count(c.get('caller'), { operation, outcome, requests, inFlight })
  }
}

/** The key as it was sent: `Authorization: Bearer` or `X-API-Key`; never from the URL. */
function presentedKey(c: Context): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  const header = c.req.header('x-api-key')
  if (bearer && header && bearer !== header) {
    throw new Problem(
      'invalid_request',
      'Two different API keys were sent. Send one, in Authorization or in X-API-Key.',
    )
  }
  return bearer ?? header
}

/** A user's own token beside the key. */
export function userTokenOf(c: Context): string | undefined {
  return c.req.header('x-user-token')
}

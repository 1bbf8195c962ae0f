import type { Context, MiddlewareHandler, Next } from 'hono'
import { problem } from '#lib/contract/problem.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { holds } from '../caller.ts'
import { authenticate } from '../keys/authenticate.ts'
import { Problem } from '../problem.ts'
import { count } from '../usage/count.ts'
import type { ApiEnv } from './context.ts'
import { jsonBody } from './json-body.ts'

interface Requirements {
  /** The scope that the key must hold; absent where any key will do, or the verb decides. */
  scope?: Scope
  /** Whether a JSON body is read. */
  body?: boolean
}

/**
 * What every operation behind an API key shares: its id in the document and in the usage figures, and the way of a
 * request to its handler: key → scope → body. Spread into `createRoute`.
 */
export function operation(operationId: string, { scope, body = false }: Requirements = {}) {
  return {
    operationId,
    security: [{ apiKey: [] }, { apiKeyHeader: [] }] as Record<string, string[]>[],
    ...(scope ? { description: `Needs the scope \`${scope}\`.` } : {}),
    middleware: [withCaller, ...(scope ? [withScope(scope)] : []), ...(body ? [jsonBody] : []), counted(operationId)],
  }
}

/** The `default` response of every operation: a problem document. */
export const problemAnswer = {
  default: {
    description: 'A problem (RFC 9457) with a stable `code`.',
    content: { 'application/problem+json': { schema: problem } },
  },
}

const withCaller: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set('caller', await authenticate(presentedKey(c)))
  await next()
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
function counted(operationId: string) {
  return async (c: Context<ApiEnv>, next: Next) => {
    await next()
    if (c.get('malformed')) return
    const outcome = !c.error ? 'ok' : c.error instanceof Problem ? c.error.code : 'internal'
    await count(c.get('caller'), operationId, outcome)
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

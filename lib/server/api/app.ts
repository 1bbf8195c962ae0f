import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { Problem } from '../problem.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { keys } from './keys.ts'
import { passkeys } from './passkeys.ts'
import { problemResponse } from './problem-response.ts'
import { publicRoutes } from './public.ts'
import { tenant } from './tenant.ts'
import { usage } from './usage.ts'

/** Makes the auth server's API: one Hono app, mounted by `main.ts` and by Next's route handlers. */
function createApi() {
  const app = new OpenAPIHono<ApiEnv>()
  app.onError(problemResponse)
  app.notFound((c) => problemResponse(new Problem('not_found', `Nothing is at ${c.req.path.slice(0, 128)}.`), c))
  app.use(everyAnswer)
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'X-API-Key', 'X-User-Token'],
      exposeHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id'],
      maxAge: 7200,
    }),
  )
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(
          new Problem('method_not_allowed', `Use ${methods.join(', ')}.`, { headers: { Allow: methods.join(', ') } }),
          c,
        ),
    }),
  )
  app.route('/v1', tenant).route('/v1', passkeys).route('/v1', keys).route('/v1', usage).route('/', publicRoutes)
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `sk_test_…` or `sk_live_…`.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKeyHeader', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  })
  let document: unknown
  app.get('/v1/openapi.json', (c) => {
    document ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'WebAuthn Playground auth server',
        version: '1',
        description:
          'Passkeys, tokens and usage for tenants. Errors are RFC 9457 problem details with a stable `code`.',
      },
      servers: [{ url: env().baseUrl }],
    })
    return c.json(document as object)
  })
  return app
}

/** What every answer carries, and its line in the log. */
const everyAnswer: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const began = performance.now()
  const requestId = randomUUID()
  c.set('requestId', requestId)
  await next()
  c.header('X-Request-Id', requestId)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  if (c.req.path.startsWith('/v1')) c.header('Cache-Control', 'no-store')
  log().info(
    {
      requestId,
      method: c.req.method,
      path: c.req.path.slice(0, 256),
      status: c.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
      key: c.get('caller')?.key?.id,
      address: clientAddress(c),
    },
    'request',
  )
}

const shared = globalThis as { playgroundApi?: ReturnType<typeof createApi> }

/** The API of this process. */
export function api() {
  shared.playgroundApi ??= createApi()
  return shared.playgroundApi
}

import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler, Next } from 'hono'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { matchedRoutes } from 'hono/route'
import { scopes } from '#lib/contract/scopes.ts'
import { beginSpan } from '#lib/foundation/tracing/tracing.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { noteAnswer } from '../metrics/metrics.ts'
import { Problem } from '../problem.ts'
import { newRequestId } from '../request-id.ts'
import { endAnswer } from '../telemetry/telemetry.ts'
import { accountRoutes } from './account.ts'
import { approvalPage, approvals } from './approvals.ts'
import { clientAddress } from './client-address.ts'
import { consoleApi } from './console/app.ts'
import type { ApiEnv } from './context.ts'
import { downloads } from './downloads.ts'
import { handOffs } from './hand-offs.ts'
import { account, interaction } from './interaction.ts'
import { KeptRouter } from './kept-router.ts'
import { keys } from './keys.ts'
import { logRequest } from './log-request.ts'
import { logs } from './logs.ts'
import { mpcGateway, mpcRequestHeaders, mpcResponseHeaders } from './mpc-gateway.ts'
import { oauth, oauthOperations } from './oauth.ts'
import { oauthClients } from './oauth-clients.ts'
import { isOAuthPath } from './oauth-path.ts'
import { passkeys } from './passkeys.ts'
import { problemResponse } from './problem-response.ts'
import { publicRoutes } from './public.ts'
import { securityHeaders } from './security-headers.ts'
import { skills } from './skills.ts'
import { tenant } from './tenant.ts'
import { TextAnswer } from './text-answer.ts'
import { usage } from './usage.ts'
import { usageEventRoutes } from './usage-events.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'
import { written } from './written.ts'

/** Makes the auth server's API: one Hono app, mounted by `main.ts` and by Next's route handlers. */
function createApi() {
  const app = new OpenAPIHono<ApiEnv>({ router: new KeptRouter() })
  app.onError(problemResponse)
  app.notFound(refuseUnknown(app))
  app.use(everyAnswer(() => operationsOf(app)))
  app
    .route('/v1', tenant)
    .route('/v1', passkeys)
    .route('/v1', users)
    .route('/v1', keys)
    .route('/v1', handOffs)
    .route('/v1', oauthClients)
    .route('/v1', approvals)
    .route('/v1', skills)
    .route('/v1', usage)
    .route('/v1', logs)
    .route('/v1', webhooks)
    .route('/v1', accountRoutes)
    .route('/v1', usageEventRoutes)
    .route('/', mpcGateway)
    .route('/', publicRoutes)
    .route('/', downloads)
    .route('/', oauth)
    .route('/', interaction)
    .route('/', account)
    .route('/', approvalPage)
    .route('/console/api', consoleApi)
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
  app.openAPIRegistry.registerComponent('securitySchemes', 'serviceToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of one of the operator’s own services: `st_mpc_…`.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'oauth', {
    type: 'oauth2',
    description: 'An access token for the resource `BASE_URL/v1` (RFC 9068), also bound to a key (RFC 9449).',
    flows: {
      authorizationCode: { authorizationUrl: '/oauth/authorize', tokenUrl: '/oauth/token', scopes: { ...scopes } },
      clientCredentials: { tokenUrl: '/oauth/token', scopes: { ...scopes } },
    },
  })
  let document: string | undefined
  app.get('/v1/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'WebAuthn Playground auth server',
          version: '1',
          description:
            'Passkeys, tokens and usage for tenants. Errors are RFC 9457 problem details with a stable `code`.',
        },
        servers: [{ url: env().baseUrl }],
      }),
    )
    return written(c, document)
  })
  return app
}

/** Refuses what is at no path, and at a path a method that is not there. */
function refuseUnknown(app: OpenAPIHono<ApiEnv>) {
  const refuseMethod = methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) =>
      problemResponse(
        new Problem('method_not_allowed', `Use ${methods.join(', ')}.`, { headers: { Allow: methods.join(', ') } }),
        c,
      ),
  })
  return async (c: Context<ApiEnv>) => {
    await refuseMethod(c, async () => {
      c.res = problemResponse(new Problem('not_found', `Nothing is at ${c.req.path.slice(0, 128)}.`), c)
    })
    return c.res
  }
}

/** Paths of what takes a cookie, which is for its own pages. */
const takesCookie = /^\/(?:console|interaction|account|approval)\//

const exposeHeaders = [
  ...['RateLimit', 'RateLimit-Policy', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
  ...mpcResponseHeaders,
]

const anyOrigin = cors({
  origin: (_origin, c) => (takesCookie.test(c.req.path) ? null : '*'),
  allowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
  allowHeaders: [
    ...['Authorization', 'Content-Type', 'DPoP', 'Idempotency-Key', 'X-API-Key', 'X-User-Token'],
    ...mpcRequestHeaders,
  ],
  exposeHeaders,
  maxAge: 7200,
})

async function preflight(c: Context, next: Next): Promise<void> {
  const answer = await anyOrigin(c, next)
  if (answer) c.res = answer
}

/** What every answer carries, its lines in the logs, and its part in the metrics. */
function everyAnswer(operations: () => Map<string, string>): MiddlewareHandler<ApiEnv> {
  let operationIds: Map<string, string> | undefined
  return async (c, next) => {
    const began = performance.now()
    const requestId = newRequestId()
    c.set('requestId', requestId)
    const span = beginSpan(c.req.header('traceparent'))
    // Whoever asks before they ask; what every other answer says of origins is among its headers.
    const isPreflight = c.req.method === 'OPTIONS' && !isOAuthPath(c.req.path)
    const goOn = isPreflight ? () => preflight(c, next) : next
    await (span ? span.within(goOn) : goOn())
    const sent = c.get('sentStatus')
    if (sent === undefined) addHeaders(c, requestId)
    const milliseconds = performance.now() - began
    operationIds ??= operations()
    const route = matchedRoutes(c).at(-1)
    const status = sent ?? c.res.status
    const call = route && `${route.method} ${route.path}`
    const operation = call && operationIds.get(call)
    noteAnswer({ operation, status, seconds: milliseconds / 1000, error: c.error })
    logRequest(c, { requestId, call, operation, status, milliseconds })
    if (span) {
      const error = c.get('refusal')?.code ?? c.get('logged')?.code ?? undefined
      const where = { method: c.req.method, route: operation && route?.path, operation }
      endAnswer(span, { requestId, ...where, status, error })
    }
    if (!log().isLevelEnabled('info')) return
    log().info(
      {
        requestId,
        method: c.req.method,
        path: c.req.path.slice(0, 256),
        status,
        ms: Math.round(milliseconds * 10) / 10,
        key: c.get('caller')?.key?.id ?? c.get('caller')?.client?.id,
        address: clientAddress(c),
      },
      'request',
    )
  }
}

interface AnswerHeaders {
  /** Of every answer, whatever it says itself. */
  always: readonly Header[]
  /** Where the answer says nothing of it. */
  unlessSaid: readonly Header[]
  /** Of every answer but one to `OPTIONS`, which has its own. */
  origins: readonly Header[]
  /** All of them, names and values in turn. */
  all: readonly string[]
}

type Header = readonly [name: string, value: string]

const kinds = new Map<string, AnswerHeaders>()

/** The headers of answers at a path; made once for each kind of path. The authorization server decides about origins by the client. */
function headersFor(path: string): AnswerHeaders {
  const [api, cookie, oauth] = [path.startsWith('/v1/'), takesCookie.test(path), isOAuthPath(path)]
  // Metrics are for whoever watches the server, and not for pages of any origin that a browser near it has open.
  const open = !cookie && path !== '/metrics'
  const name = `${api} ${cookie} ${oauth} ${open}`
  const known = kinds.get(name)
  if (known) return known
  const always = Object.entries(securityHeaders())
  const unlessSaid: Header[] = [
    ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
    ...(api || cookie ? [['Cache-Control', 'no-store'] as const] : []),
  ]
  const origins: Header[] = oauth
    ? []
    : [
        ...(open ? [['Access-Control-Allow-Origin', '*'] as const] : []),
        ['Access-Control-Expose-Headers', exposeHeaders.join(',')],
        ['Vary', 'Origin'],
      ]
  const made = { always, unlessSaid, origins, all: [...always, ...unlessSaid, ...origins].flat() }
  kinds.set(name, made)
  return made
}

/** Adds to an answer what every one carries, and what is left of the limits that its request was held to. */
function addHeaders(c: Context<ApiEnv>, requestId: string): void {
  const { always, unlessSaid, origins, all } = headersFor(c.req.path)
  const limits = c.get('admission')?.headers
  const { res } = c
  if (res instanceof TextAnswer) {
    res.add(['X-Request-Id', requestId])
    res.add(all)
    if (limits) res.add(Object.entries(limits).flat())
    return
  }
  const { headers } = res
  headers.set('X-Request-Id', requestId)
  for (const [name, value] of always) headers.set(name, value)
  for (const [name, value] of [...unlessSaid, ...Object.entries(limits ?? {})]) {
    if (!headers.has(name)) headers.set(name, value)
  }
  if (c.req.method === 'OPTIONS') return
  for (const [name, value] of origins) headers[name === 'Vary' ? 'append' : 'set'](name, value)
}

/** The id of the operation behind each method and path of the routes. */
function operationsOf({ openAPIRegistry }: OpenAPIHono<ApiEnv>): Map<string, string> {
  const routes = openAPIRegistry.definitions.flatMap((definition) => ('route' in definition ? [definition.route] : []))
  const ofRoutes = routes.map(
    ({ method, path, operationId = 'none' }) =>
      [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`, operationId] as const,
  )
  return new Map([...ofRoutes, ...oauthOperations, ['POST /v1/mpc/:service/:method', 'mpc.call']])
}

const shared = globalThis as { playgroundApi?: ReturnType<typeof createApi> }

/** The API of this process. */
export function api() {
  shared.playgroundApi ??= createApi()
  return shared.playgroundApi
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { toFetchResponse, toReqRes } from 'fetch-to-node'
import type { Context, MiddlewareHandler } from 'hono'
import type Provider from 'oidc-provider'
import { z } from 'zod'
import { env } from '../env.ts'
import { admit, type Limits } from '../limits/limits.ts'
import { provider } from '../oauth/provider.ts'
import { tokenRequestOf } from '../oauth/token-request.ts'
import { Problem } from '../problem.ts'
import { answers } from './answers.ts'
import { clientAddress, visitorNetwork } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { problemAnswer } from './operation.ts'
import { securityHeaders } from './security-headers.ts'

// The provider is a Koa app. Whatever brings a request here, it gets one that says what is so: host and protocol of
// BASE_URL, which its addresses and cookies follow, and the client's true address.

type Callback = (req: IncomingMessage, res: ServerResponse) => Promise<void>

// No request has so many; the provider looks at each as often as there are others.
const mostParameters = 100

const callbacks = new WeakMap<Provider, Callback>()

// Codes are short for people to type: nobody gets to try many.
const codeTries = { requestsPerMinute: 60, concurrent: 10 }

// What anybody may ask for, and what is then written down: no people and no app ask so often.
const openDoors = { requestsPerMinute: 3_000, concurrent: 100 }

/**
 * The provider's answer to a request: straight on the wire, where there is one in sight; else through objects that stand
 * for it.
 */
const provided: MiddlewareHandler<ApiEnv> = async (c) => {
  const [, query = ''] = c.req.url.split('?', 2)
  if (query.split('&', mostParameters + 1).length > mostParameters)
    throw new Problem('invalid_request', `A query has at most ${mostParameters} parameters.`)
  const server = await provider()
  const answer = callbacks.get(server) ?? (server.callback() as Callback)
  callbacks.set(server, answer)
  const { incoming, outgoing } = (c.env ?? {}) as { incoming?: IncomingMessage; outgoing?: ServerResponse }
  if (incoming && outgoing) {
    stateFacts(incoming, c)
    for (const [name, value] of Object.entries(securityHeaders())) outgoing.setHeader(name, value)
    outgoing.setHeader('X-Request-Id', c.get('requestId'))
    await answer(incoming, outgoing)
    c.set('sentStatus', outgoing.statusCode)
    logToken(c, incoming)
    return RESPONSE_ALREADY_SENT
  }
  const { req, res } = toReqRes(c.req.raw)
  stateFacts(req, c)
  void answer(req, res)
  const response = await toFetchResponse(res)
  logToken(c, req)
  // Of a connection that there was none of.
  response.headers.delete('connection')
  return response
}

function logToken(c: Context<ApiEnv>, request: object): void {
  const asked = tokenRequestOf(request)
  if (asked) c.set('logged', asked)
}

let base: URL | undefined
const forwarding = ['forwarded', 'x-forwarded-host', 'x-forwarded-for'] as const

/** Host and protocol of BASE_URL, and the client's true address, in place of whatever the request says of them. */
function stateFacts(req: IncomingMessage, c: Context<ApiEnv>): void {
  base ??= new URL(env().baseUrl)
  const { host, protocol } = base
  const address = clientAddress(c)
  const inMemory = !req.socket
  // What came over a wire is read once, and changed where it stands: nobody before or behind the provider reads it there.
  const headers: IncomingHttpHeaders = inMemory ? { ...req.headers } : req.headers
  for (const name of forwarding) if (headers[name] !== undefined) delete headers[name]
  headers.host = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  if (address) headers['x-forwarded-for'] = address
  // What did not come over a wire does not say how its body ends, and would pass for a request without one.
  if (inMemory && req.method === 'POST' && !headers['content-length']) headers['transfer-encoding'] = 'chunked'
  if (!inMemory) return
  Object.defineProperty(req, 'headers', { value: headers })
  const socket = { encrypted: protocol === 'https:', remoteAddress: address, writable: true }
  Object.defineProperty(req, 'socket', { value: socket })
}

/** Lets so many requests of a visitor in; where the server can tell nobody apart, all. */
function few(what: string, limits: Limits): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const visitor = visitorNetwork(c)
    if (!visitor) return next()
    const { release } = await admit(`${what} ${visitor}`, limits)
    await next().finally(release)
  }
}

const visited = few('oauth', openDoors)
const toDevicePage = (c: Context<ApiEnv>) => c.redirect(`/device${new URL(c.req.url).search}`, 303)

const metadata = z.looseObject({ issuer: z.string(), authorization_endpoint: z.string(), token_endpoint: z.string() })

function metadataRoute(name: string, path: string, specification: string) {
  return createRoute({
    method: 'get',
    path,
    security: [] as Record<string, string[]>[],
    operationId: `metadata.${name}`,
    summary: `What the authorization server can do, and where (${specification})`,
    responses: { ...answers(200, 'Metadata', metadata), ...problemAnswer },
  })
}

/** OAuth 2.0 and OpenID Connect: all that clients and browsers ask of the authorization server. */
export const oauth = new OpenAPIHono<ApiEnv>()
  .openapi(metadataRoute('openid', '/.well-known/openid-configuration', 'OpenID Connect Discovery'), provided as never)
  .openapi(metadataRoute('oauth', '/.well-known/oauth-authorization-server', 'RFC 8414'), provided as never)
  .on('GET', ['/oauth/authorize', '/oauth/authorize/:uid', '/oauth/logout'], visited, provided)
  .on('POST', ['/oauth/par', '/oauth/device'], visited, provided)
  .on('POST', ['/oauth/token', '/oauth/revoke', '/oauth/introspect'], provided)
  .on('OPTIONS', ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/par', '/oauth/device'], provided)
  .on(['GET', 'POST', 'OPTIONS'], '/oauth/userinfo', provided)
  .post('/oauth/logout/confirm', provided)
  .get('/oauth/logout/success', provided)
  // RFC 8628's endpoint for devices; people who come here want the page.
  .get('/oauth/device', toDevicePage)
  .get('/device', visited, provided)
  .post('/device', few('device', codeTries), provided)
  .get('/device/:uid', visited, provided)

/** The names of these operations in the metrics. */
export const oauthOperations: readonly [route: string, operation: string][] = [
  ['GET /oauth/authorize', 'oauth.authorize'],
  ['GET /oauth/authorize/:uid', 'oauth.resume'],
  ['POST /oauth/token', 'oauth.token'],
  ['POST /oauth/revoke', 'oauth.revoke'],
  ['POST /oauth/introspect', 'oauth.introspect'],
  ['GET /oauth/userinfo', 'oauth.userinfo'],
  ['POST /oauth/userinfo', 'oauth.userinfo'],
  ['POST /oauth/par', 'oauth.par'],
  ['POST /oauth/device', 'oauth.device'],
  ['GET /oauth/logout', 'oauth.logout'],
]

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { toFetchResponse, toReqRes } from 'fetch-to-node'
import type { Context, MiddlewareHandler } from 'hono'
import type Provider from 'oidc-provider'
import { z } from 'zod'
import { env } from '../env.ts'
import { admit, networkOf, noteFailure } from '../limits/limits.ts'
import { provider } from '../oauth/provider.ts'
import { answers } from './answers.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { problemAnswer } from './operation.ts'

// The provider is a Koa app. Whatever brings a request here, it gets one that says what is so: host and protocol of
// BASE_URL, which its addresses and cookies follow, and the client's true address.

type Callback = (req: IncomingMessage, res: ServerResponse) => Promise<void>

const callbacks = new WeakMap<Provider, Callback>()

// Codes are short for people to type: nobody gets to try many.
const codeTries = { requestsPerMinute: 60, concurrent: 10 }

/** The provider's answer to a request. Clients that fail to say who they are are throttled by the address that they come from. */
const provided: MiddlewareHandler<ApiEnv> = async (c) => {
  const server = await provider()
  const answer = callbacks.get(server) ?? (server.callback() as Callback)
  callbacks.set(server, answer)
  const { req, res } = toReqRes(c.req.raw)
  const address = clientAddress(c)
  stateFacts(req, address)
  void answer(req, res)
  const response = await toFetchResponse(res)
  // Of the connection, which is not the provider's.
  response.headers.delete('connection')
  if (response.status === 401) await noteFailure(address)
  return response
}

function stateFacts(req: IncomingMessage, address: string | undefined): void {
  const { host, protocol } = new URL(env().baseUrl)
  const headers = Object.entries(req.headers).filter(([name]) => !/^(?:x-)?forwarded/.test(name))
  // A request that did not come over a wire does not say how its body ends, and would pass for one without.
  const unmeasured = req.method === 'POST' && !req.headers['content-length'] && !req.headers['transfer-encoding']
  Object.defineProperty(req, 'headers', {
    value: {
      ...Object.fromEntries(headers),
      host,
      ...(unmeasured ? { 'transfer-encoding': 'chunked' } : {}),
      'x-forwarded-proto': protocol.slice(0, -1),
      ...(address ? { 'x-forwarded-for': address } : {}),
    },
  })
  const socket = { encrypted: protocol === 'https:', remoteAddress: address, writable: true }
  Object.defineProperty(req, 'socket', { value: socket })
}

const fewTries: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const address = clientAddress(c)
  if (c.req.method !== 'POST' || address === undefined) return next()
  const { release } = await admit(`device ${networkOf(address)}`, codeTries)
  await next().finally(release)
}

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
  .on('GET', ['/oauth/authorize', '/oauth/authorize/:uid', '/oauth/logout', '/oauth/logout/success'], provided)
  .on('POST', ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/par', '/oauth/device'], provided)
  .on('OPTIONS', ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/par', '/oauth/device'], provided)
  .on(['GET', 'POST', 'OPTIONS'], '/oauth/userinfo', provided)
  .on('POST', '/oauth/logout/confirm', provided)
  // RFC 8628's endpoint for devices; people who come here want the page.
  .get('/oauth/device', toDevicePage)
  .on(['GET', 'POST'], '/device', fewTries, provided)
  .get('/device/:uid', provided)

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

import { Code } from '@connectrpc/connect'
import { Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type MpcRpc, mpcRpcs } from '#lib/contract/mpc-operations.ts'
import type { Caller } from '../caller.ts'
import { env } from '../env.ts'
import { noteFailure } from '../limits/limits.ts'
import { authenticateMpc } from '../mpc/caller.ts'
import { forward } from '../mpc/forward.ts'
import { refused } from '../mpc/refusal.ts'
import { refusalIn } from '../mpc/refusal-in.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { readBody } from './json-body.ts'
import { isGrpcWeb, mpcRefusal } from './mpc-refusal.ts'
import { limited } from './operation.ts'

/** What a browser may send beside its message, and read beside the answer’s. */
export const mpcRequestHeaders = [
  ...['Connect-Protocol-Version', 'Connect-Timeout-Ms', 'Grpc-Timeout', 'X-Grpc-Web', 'X-User-Agent', 'Mpc-Session'],
  'Mpc-Forget',
]
export const mpcResponseHeaders = ['Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin']

// Only these go on: no API key, no cookie, and no header that somebody in between believes.
const sentOn = [
  ...['accept', 'accept-encoding', 'authorization', 'content-encoding', 'content-type', 'grpc-accept-encoding'],
  ...['grpc-encoding', 'traceparent', 'user-agent', ...mpcRequestHeaders.map((name) => name.toLowerCase())],
]
const sentBack =
  /^(?:content-encoding|content-type|grpc-encoding|grpc-message|grpc-status|grpc-status-details-bin|retry-after|trailer-.+)$/
const connectUnary = /^application\/(?:json(?:; ?charset=utf-?8)?|proto)$/i
const aSession = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The token, checked here before anything is forwarded; who tries tokens that are not valid is throttled by address. */
const withToken: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const rpc = `${c.req.param('service')}/${c.req.param('method')}`
  if (!(rpc in mpcRpcs)) throw refused(Code.Unimplemented, 'not_found', 'The MPC server has no such method.')
  const address = clientAddress(c)
  const from = { address, requestId: c.get('requestId'), noted: (caller: Caller) => c.set('owner', caller) }
  c.set('logged', { operation: mpcRpcs[rpc as MpcRpc].operation })
  const caller = await authenticateMpc(c.req.header('authorization'), rpc as MpcRpc, from).catch(async (error) => {
    if (error.code === Code.Unauthenticated) await noteFailure(address)
    throw error
  })
  c.set('caller', caller)
  await next()
}

/**
 * The way of browsers to the MPC server: Connect and gRPC-Web, one message each way, 64 KiB at most. The caller’s limits are
 * applied here, and the MPC server checks everything again.
 */
export const mpcGateway = new Hono<ApiEnv>()
mpcGateway.onError(mpcRefusal)
mpcGateway.post('/v1/mpc/:service/:method', withToken, limited, async (c) => {
  const type = c.req.header('content-type') ?? ''
  if (!connectUnary.test(type) && !isGrpcWeb(c)) {
    c.header('Accept-Post', 'application/json, application/proto, application/grpc-web+proto')
    return c.body(null, 415)
  }
  const session = c.req.header('mpc-session')
  if (session !== undefined && !aSession.test(session)) {
    throw refused(Code.InvalidArgument, 'invalid_request', 'The metadata mpc-session is no UUID.')
  }
  const headers = Object.fromEntries(
    sentOn.flatMap((name) => {
      const value = c.req.header(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const { service, method } = c.req.param()
  const servers = env().mpcUrls[c.get('caller').environment]
  const body = await readBody(c)
  const answer = await forward(
    { path: `/${service}/${method}`, headers, body, signal: c.req.raw.signal },
    session,
    servers,
  )
  c.set('logged', { ...c.get('logged'), ...refusalIn(answer) })
  const back = Object.entries(answer.headers).filter(([name]) => sentBack.test(name))
  return c.body(answer.body as Uint8Array<ArrayBuffer>, answer.status as ContentfulStatusCode, Object.fromEntries(back))
})

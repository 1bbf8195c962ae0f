import { Code, ConnectError } from '@connectrpc/connect'
import { encodeEnvelope } from '@connectrpc/connect/protocol'
import { codeToHttpStatus, errorToJsonBytes } from '@connectrpc/connect/protocol-connect'
import { setTrailerStatus, trailerFlag, trailerSerialize } from '@connectrpc/connect/protocol-grpc-web'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { log } from '../log.ts'
import { logUnavailable } from '../log-unavailable.ts'
import { refused } from '../mpc/refusal.ts'
import { asLogged } from '../mpc/refusal-in.ts'
import { type Problem, toldOf } from '../problem.ts'
import type { ApiEnv } from './context.ts'

/** Problems of the API in the MPC server's words. */
const reasons: Partial<Record<Problem['code'], [code: Code, reason: string]>> = {
  rate_limited: [Code.ResourceExhausted, 'rate_limited'],
  concurrency_limited: [Code.ResourceExhausted, 'rate_limited'],
  body_too_large: [Code.ResourceExhausted, 'too_large'],
  unavailable: [Code.Unavailable, 'unavailable'],
  token_invalid: [Code.Unauthenticated, 'token_invalid'],
  invalid_request: [Code.InvalidArgument, 'invalid_request'],
}

/** gRPC-Web with its messages as they are, in either form. */
export const isGrpcWeb = (c: Context) =>
  /^application\/grpc-web(?:\+(?:proto|json))?\b/i.test(c.req.header('content-type') ?? '')

/**
 * A refusal in the form of the caller’s protocol: Connect’s error JSON with its HTTP status, or gRPC-Web’s trailers in the
 * body, the status and what goes with it.
 *
 * @see https://connectrpc.com/docs/protocol#error-codes
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md
 */
export function mpcRefusal(error: Error, c: Context<ApiEnv>): Response {
  const refusal = error instanceof ConnectError ? error : translated(error)
  if (refusal.code === Code.Unavailable) logUnavailable(refusal.cause ?? refusal)
  else if (refusal.code === Code.Internal) log().error({ requestId: c.get('requestId'), err: error }, 'request failed')
  c.set('logged', { ...c.get('logged'), ...asLogged(refusal) })
  const headers = Object.fromEntries(refusal.metadata)
  if (!isGrpcWeb(c)) {
    return c.body(bytes(errorToJsonBytes(refusal, undefined)), codeToHttpStatus(refusal.code) as ContentfulStatusCode, {
      ...headers,
      'Content-Type': 'application/json',
    })
  }
  const trailer = setTrailerStatus(new Headers(), refusal)
  // They stand in the head already, and readers join the two.
  for (const name of refusal.metadata.keys()) trailer.delete(name)
  return c.body(bytes(encodeEnvelope(trailerFlag, trailerSerialize(trailer))), 200, {
    ...headers,
    'Content-Type': c.req.header('content-type') ?? '',
  })
}

function translated(error: Error): ConnectError {
  const problem = toldOf(error)
  const known = problem && reasons[problem.code]
  const headers = problem?.code === 'body_too_large' ? { 'Retry-After': '60' } : problem?.details.headers
  if (known) return refused(...known, problem.detail, headers)
  return refused(Code.Internal, 'internal', 'The call failed. If it goes on, tell the operator the request id.')
}

const bytes = (array: Uint8Array) => array as Uint8Array<ArrayBuffer>

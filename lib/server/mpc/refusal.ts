import { create } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import { ErrorInfoSchema } from '../../mpc/proto/google/rpc/error_details_pb.js'
import { env } from '../env.ts'

/**
 * A refusal as the MPC server makes them: a code of gRPC, a sentence, and why in a stable word. `headers` go with the answer
 * in whatever place its protocol has for them.
 */
export function refused(code: Code, reason: string, message: string, headers: Record<string, string> = {}) {
  const info = create(ErrorInfoSchema, { reason, domain: env().baseUrl })
  return new ConnectError(message, code, headers, [{ desc: ErrorInfoSchema, value: info }])
}

/** What cannot be done now: nothing was answered, and another try is worth its while. */
export function away(message: string, cause?: unknown): ConnectError {
  const error = refused(Code.Unavailable, 'unavailable', message, { 'Retry-After': '1' })
  error.cause = cause
  return error
}

import { Code, ConnectError } from '@connectrpc/connect'
import { ErrorInfoSchema } from '../proto/google/rpc/error_details_pb.js'
import { ProtocolError } from '../protocol/protocol-error.ts'
import type { Reason } from '../protocol/reasons.ts'
import { log } from './log.ts'
import { refusal } from './refusal.ts'

/** Errors of the RPC library itself, by their code: an encoding that it does not speak is UNIMPLEMENTED. */
const ownReasons: Partial<Record<Code, Reason>> = {
  [Code.Unimplemented]: 'invalid_request',
  [Code.InvalidArgument]: 'invalid_request',
  [Code.ResourceExhausted]: 'too_large',
  [Code.DeadlineExceeded]: 'deadline_exceeded',
  [Code.Unavailable]: 'unavailable',
}

// What errors of the storage are called, and Prisma's of a transaction that did not get its turn, or did not end in time.
const ofTheStorage: unknown[] = ['unavailable', 'P2028']

/**
 * Whatever was thrown, as the caller is told of it: with a reason, and nothing that is nobody's business. What nobody foresaw
 * is in the log, and INTERNAL.
 */
export function told(error: unknown): ConnectError {
  if (error instanceof ProtocolError) {
    const { reason, party, message } = error
    return refusal(reason, message, { metadata: party ? { party } : {}, cause: error })
  }
  if (error instanceof ConnectError) {
    if (error.findDetails(ErrorInfoSchema).length > 0 || error.details.length > 0) return error
    const reason = ownReasons[error.code]
    if (reason) return Object.assign(refusal(reason, error.rawMessage, { cause: error }), { code: error.code })
    // Nobody is there any more to be told.
    if (error.code === Code.Canceled || error.code === Code.Aborted) return error
  }
  if (ofTheStorage.includes((error as { code?: unknown } | undefined)?.code)) {
    log().error({ err: error }, 'unavailable: calls are refused')
    return refusal('unavailable', 'The database cannot take this now, and nothing was changed. Try again.', {
      retryAfter: 2,
      cause: error,
    })
  }
  log().error({ err: error }, 'call failed')
  return new ConnectError('The call failed. If it goes on, tell the operator when it was.', Code.Internal)
}

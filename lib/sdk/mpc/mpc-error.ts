import { Code, ConnectError } from '@connectrpc/connect'
import { ErrorInfoSchema } from '#lib/mpc/proto/google/rpc/error_details_pb.js'
import { ProtocolError, type Reason, reasons } from '#lib/mpc/protocol/index.ts'

/** What stops this side by itself, before or beside the protocol. */
export type LocalReason =
  /** This device holds no share of the key. */
  | 'share_missing'
  /** The share is there, and what opens it is not: another passkey, another passphrase. */
  | 'share_sealed'
  /** The passkey has no PRF, and there is no passphrase in its place. */
  | 'prf_missing'
  /** The recovery file is not one, or another key's, or older than the last resharing. */
  | 'recovery_file_invalid'

/**
 * An operation of MPC was refused, by the server or by this side's own checks.
 *
 * `reason` is the stable name of why, `party` who is to blame where somebody is, `code` gRPC's status in its own snake case
 * where the server said it.
 */
export class MpcError extends Error {
  override name = 'MpcError'
  readonly reason: Reason | LocalReason
  readonly party: string | undefined
  readonly code: string | undefined
  /** Seconds after which the server takes the call again, where it says so. */
  readonly retryAfter: number | undefined

  constructor(
    reason: Reason | LocalReason,
    detail: string,
    more: {
      party?: string | undefined
      code?: string | undefined
      retryAfter?: number | undefined
      cause?: unknown
    } = {},
  ) {
    super(detail, { cause: more.cause })
    this.reason = reason
    this.party = more.party
    this.code = more.code
    this.retryAfter = more.retryAfter
  }
}

/** What an operation threw, as it is to be thrown: refusals as MpcError, everything else as it is. */
export function mpcErrorOf(error: unknown): unknown {
  if (error instanceof ProtocolError)
    return new MpcError(error.reason, error.message, { party: error.party, cause: error })
  if (!(error instanceof ConnectError)) return error
  const [info] = error.findDetails(ErrorInfoSchema)
  const seconds = error.metadata.get('retry-after') ?? ''
  return new MpcError(reasonOf(error.code, info?.reason), error.rawMessage, {
    party: info?.metadata.party,
    code: codeName(error.code),
    retryAfter: /^\d+$/.test(seconds) ? Number(seconds) : undefined,
    cause: error,
  })
}

/** A server in between answers without a reason of ours. */
function reasonOf(code: Code, said: string | undefined): Reason {
  if (said && Object.hasOwn(reasons, said)) return said as Reason
  switch (code) {
    case Code.Unauthenticated:
      return 'token_invalid'
    case Code.NotFound:
      return 'not_found'
    case Code.Aborted:
      return 'session_lost'
    case Code.ResourceExhausted:
      return 'rate_limited'
    case Code.DeadlineExceeded:
      return 'deadline_exceeded'
    case Code.InvalidArgument:
      return 'invalid_request'
    default:
      return 'unavailable'
  }
}

function codeName(code: Code): string {
  return Code[code].replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}

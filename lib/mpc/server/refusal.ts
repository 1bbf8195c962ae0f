import { Code, ConnectError } from '@connectrpc/connect'
import { ErrorInfoSchema } from '../proto/google/rpc/error_details_pb.js'
import { type Reason, reasons } from '../protocol/reasons.ts'
import { env } from './env.ts'

/** The gRPC code of each reason. */
const codes: Record<Reason, Code> = {
  token_missing: Code.Unauthenticated,
  token_invalid: Code.Unauthenticated,
  token_expired: Code.Unauthenticated,
  audience_wrong: Code.Unauthenticated,
  environment_refused: Code.Unauthenticated,
  scope_missing: Code.PermissionDenied,
  not_found: Code.NotFound,
  session_unknown: Code.NotFound,
  session_lost: Code.Aborted,
  session_conflict: Code.InvalidArgument,
  suite_unsupported: Code.Unimplemented,
  parties_invalid: Code.InvalidArgument,
  commitment_invalid: Code.InvalidArgument,
  identity_invalid: Code.InvalidArgument,
  transcript_mismatch: Code.InvalidArgument,
  share_invalid: Code.InvalidArgument,
  generation_mismatch: Code.InvalidArgument,
  round_used: Code.InvalidArgument,
  approval_required: Code.PermissionDenied,
  approval_invalid: Code.PermissionDenied,
  approval_used: Code.PermissionDenied,
  key_frozen: Code.PermissionDenied,
  frozen_by_tenant: Code.PermissionDenied,
  frozen_by_user: Code.PermissionDenied,
  policy_limit: Code.ResourceExhausted,
  rate_limited: Code.ResourceExhausted,
  too_large: Code.ResourceExhausted,
  deadline_exceeded: Code.DeadlineExceeded,
  unavailable: Code.Unavailable,
  invalid_request: Code.InvalidArgument,
}

/** Seconds that a reason names by itself: the same message stays too large. */
const retryAfters: Partial<Record<Reason, number>> = { too_large: 60 }

interface Details {
  metadata?: Record<string, string>
  /** Seconds after which it is worth another try. */
  retryAfter?: number
  cause?: unknown
}

/**
 * What a call is refused with: a reason of the table, and in words what happened and what to do. On the wire it carries
 * google.rpc.ErrorInfo; never a secret.
 */
export function refusal(reason: Reason, detail?: string, details: Details = {}) {
  const { metadata = {}, retryAfter = retryAfters[reason], cause } = details
  const value = { reason, domain: env().issuer, metadata }
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return new ConnectError(
    detail ?? `${reasons[reason]}.`,
    codes[reason],
    headers,
    [{ desc: ErrorInfoSchema, value }],
    cause,
  )
}

import type { ErrorCode } from '#lib/contract/errors.ts'
import { ApiError, type OfCode, ofCode } from './api-error.ts'

// One class for each code of the table in `lib/contract/errors.ts`: `instanceof` tells refusals apart as `code` does.

export class InvalidRequestError extends ApiError {
  declare readonly code: 'invalid_request'
}
export class CeremonyUnknownError extends ApiError {
  declare readonly code: 'ceremony_unknown'
}
export class VerificationFailedError extends ApiError {
  declare readonly code: 'verification_failed'
}
export class SkillInputInvalidError extends ApiError {
  declare readonly code: 'skill_input_invalid'
}
export class ApiKeyMissingError extends ApiError {
  declare readonly code: 'api_key_missing'
}
export class ApiKeyInvalidError extends ApiError {
  declare readonly code: 'api_key_invalid'
}
export class TokenInvalidError extends ApiError {
  declare readonly code: 'token_invalid'
}
export class SessionRequiredError extends ApiError {
  declare readonly code: 'session_required'
}
export class InsufficientFundsError extends ApiError {
  declare readonly code: 'insufficient_funds'
}
export class IpNotAllowedError extends ApiError {
  declare readonly code: 'ip_not_allowed'
}
export class OriginNotAllowedError extends ApiError {
  declare readonly code: 'origin_not_allowed'
}
export class ConfirmationRequiredError extends ApiError {
  declare readonly code: 'confirmation_required'
}
export class InsufficientScopeError extends ApiError {
  declare readonly code: 'insufficient_scope'
}
export class RoleRequiredError extends ApiError {
  declare readonly code: 'role_required'
}
export class TierNotAvailableError extends ApiError {
  declare readonly code: 'tier_not_available'
}
export class SignUpClosedError extends ApiError {
  declare readonly code: 'sign_up_closed'
}
export class UserRequiredError extends ApiError {
  declare readonly code: 'user_required'
}
export class UserExistsError extends ApiError {
  declare readonly code: 'user_exists'
}
export class NotFoundError extends ApiError {
  declare readonly code: 'not_found'
}
export class ApprovalUnknownError extends ApiError {
  declare readonly code: 'approval_unknown'
}
export class InteractionUnknownError extends ApiError {
  declare readonly code: 'interaction_unknown'
}
export class InvitationInvalidError extends ApiError {
  declare readonly code: 'invitation_invalid'
}
export class SkillUnknownError extends ApiError {
  declare readonly code: 'skill_unknown'
}
export class UserUnknownError extends ApiError {
  declare readonly code: 'user_unknown'
}
export class MethodNotAllowedError extends ApiError {
  declare readonly code: 'method_not_allowed'
}
export class PasskeyExistsError extends ApiError {
  declare readonly code: 'passkey_exists'
}
export class IdempotencyConflictError extends ApiError {
  declare readonly code: 'idempotency_conflict'
}
export class HandOffUsedError extends ApiError {
  declare readonly code: 'hand_off_used'
}
export class BodyTooLargeError extends ApiError {
  declare readonly code: 'body_too_large'
}
export class UnsupportedMediaTypeError extends ApiError {
  declare readonly code: 'unsupported_media_type'
}
export class RateLimitedError extends ApiError {
  declare readonly code: 'rate_limited'
}
export class ConcurrencyLimitedError extends ApiError {
  declare readonly code: 'concurrency_limited'
}
export class InternalError extends ApiError {
  declare readonly code: 'internal'
}
export class SkillFailedError extends ApiError {
  declare readonly code: 'skill_failed'
}
export class UnavailableError extends ApiError {
  declare readonly code: 'unavailable'
}
export class SkillTimeoutError extends ApiError {
  declare readonly code: 'skill_timeout'
}

const classes: { [Code in ErrorCode]: OfCode<Code> } = {
  invalid_request: InvalidRequestError,
  ceremony_unknown: CeremonyUnknownError,
  verification_failed: VerificationFailedError,
  skill_input_invalid: SkillInputInvalidError,
  api_key_missing: ApiKeyMissingError,
  api_key_invalid: ApiKeyInvalidError,
  token_invalid: TokenInvalidError,
  session_required: SessionRequiredError,
  insufficient_funds: InsufficientFundsError,
  ip_not_allowed: IpNotAllowedError,
  origin_not_allowed: OriginNotAllowedError,
  confirmation_required: ConfirmationRequiredError,
  insufficient_scope: InsufficientScopeError,
  role_required: RoleRequiredError,
  tier_not_available: TierNotAvailableError,
  sign_up_closed: SignUpClosedError,
  user_required: UserRequiredError,
  user_exists: UserExistsError,
  not_found: NotFoundError,
  approval_unknown: ApprovalUnknownError,
  interaction_unknown: InteractionUnknownError,
  invitation_invalid: InvitationInvalidError,
  skill_unknown: SkillUnknownError,
  user_unknown: UserUnknownError,
  method_not_allowed: MethodNotAllowedError,
  passkey_exists: PasskeyExistsError,
  idempotency_conflict: IdempotencyConflictError,
  hand_off_used: HandOffUsedError,
  body_too_large: BodyTooLargeError,
  unsupported_media_type: UnsupportedMediaTypeError,
  rate_limited: RateLimitedError,
  concurrency_limited: ConcurrencyLimitedError,
  internal: InternalError,
  skill_failed: SkillFailedError,
  unavailable: UnavailableError,
  skill_timeout: SkillTimeoutError,
}
for (const [code, made] of Object.entries(classes)) ofCode(code, made)

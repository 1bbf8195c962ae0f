"""An exception for each problem code of the API."""

from ._errors import ApiError

__all__ = [
    "ApiKeyInvalidError",
    "ApiKeyMissingError",
    "ApprovalUnknownError",
    "BodyTooLargeError",
    "CeremonyUnknownError",
    "ConcurrencyLimitedError",
    "ConfirmationRequiredError",
    "HandOffUsedError",
    "IdempotencyConflictError",
    "InsufficientFundsError",
    "InsufficientScopeError",
    "InteractionUnknownError",
    "InternalError",
    "InvalidRequestError",
    "InvitationInvalidError",
    "IpNotAllowedError",
    "MethodNotAllowedError",
    "NotFoundError",
    "OriginNotAllowedError",
    "PasskeyExistsError",
    "RateLimitedError",
    "RoleRequiredError",
    "SessionRequiredError",
    "SignUpClosedError",
    "SkillFailedError",
    "SkillInputInvalidError",
    "SkillTimeoutError",
    "SkillUnknownError",
    "TierNotAvailableError",
    "TokenInvalidError",
    "UnavailableError",
    "UnsupportedMediaTypeError",
    "UserExistsError",
    "UserRequiredError",
    "UserUnknownError",
    "VerificationFailedError",
]


class InvalidRequestError(ApiError):
    """400: The request is malformed."""

    code = "invalid_request"


class CeremonyUnknownError(ApiError):
    """400: The ceremony is unknown, used or expired."""

    code = "ceremony_unknown"


class VerificationFailedError(ApiError):
    """400: The credential did not verify."""

    code = "verification_failed"


class SkillInputInvalidError(ApiError):
    """400: The input is not what the skill takes."""

    code = "skill_input_invalid"


class ApiKeyMissingError(ApiError):
    """401: An API key is needed."""

    code = "api_key_missing"


class ApiKeyInvalidError(ApiError):
    """401: The API key is not valid."""

    code = "api_key_invalid"


class TokenInvalidError(ApiError):
    """401: The token is not valid."""

    code = "token_invalid"


class SessionRequiredError(ApiError):
    """401: Sign in first."""

    code = "session_required"


class InsufficientFundsError(ApiError):
    """402: The balance does not cover this."""

    code = "insufficient_funds"


class IpNotAllowedError(ApiError):
    """403: This address may not use the key."""

    code = "ip_not_allowed"


class OriginNotAllowedError(ApiError):
    """403: This origin may not ask for that."""

    code = "origin_not_allowed"


class ConfirmationRequiredError(ApiError):
    """403: Confirm this with a passkey."""

    code = "confirmation_required"


class InsufficientScopeError(ApiError):
    """403: The scope that this needs is not held."""

    code = "insufficient_scope"


class RoleRequiredError(ApiError):
    """403: Your role does not allow this."""

    code = "role_required"


class TierNotAvailableError(ApiError):
    """403: The tenant does not have this tier."""

    code = "tier_not_available"


class SignUpClosedError(ApiError):
    """403: New accounts are not made here."""

    code = "sign_up_closed"


class UserRequiredError(ApiError):
    """403: An access token of a user is needed."""

    code = "user_required"


class UserExistsError(ApiError):
    """403: The user already has a passkey."""

    code = "user_exists"


class NotFoundError(ApiError):
    """404: Not found."""

    code = "not_found"


class ApprovalUnknownError(ApiError):
    """404: The approval is unknown, answered or expired."""

    code = "approval_unknown"


class InteractionUnknownError(ApiError):
    """404: The sign-in is unknown, finished or expired."""

    code = "interaction_unknown"


class InvitationInvalidError(ApiError):
    """404: The invitation is used, expired or unknown."""

    code = "invitation_invalid"


class SkillUnknownError(ApiError):
    """404: There is no such skill here."""

    code = "skill_unknown"


class UserUnknownError(ApiError):
    """404: The user has no passkey here."""

    code = "user_unknown"


class MethodNotAllowedError(ApiError):
    """405: The method is not allowed here."""

    code = "method_not_allowed"


class PasskeyExistsError(ApiError):
    """409: The credential is already registered."""

    code = "passkey_exists"


class IdempotencyConflictError(ApiError):
    """409: The idempotency key was used for another request."""

    code = "idempotency_conflict"


class HandOffUsedError(ApiError):
    """410: The hand-off was taken already."""

    code = "hand_off_used"


class BodyTooLargeError(ApiError):
    """413: The body is too large."""

    code = "body_too_large"


class UnsupportedMediaTypeError(ApiError):
    """415: The body must be JSON."""

    code = "unsupported_media_type"


class RateLimitedError(ApiError):
    """429: Too many requests."""

    code = "rate_limited"


class ConcurrencyLimitedError(ApiError):
    """429: Too many requests at once."""

    code = "concurrency_limited"


class InternalError(ApiError):
    """500: Something went wrong here."""

    code = "internal"


class SkillFailedError(ApiError):
    """502: The skill failed."""

    code = "skill_failed"


class UnavailableError(ApiError):
    """503: The service is not ready."""

    code = "unavailable"


class SkillTimeoutError(ApiError):
    """504: The skill took too long."""

    code = "skill_timeout"

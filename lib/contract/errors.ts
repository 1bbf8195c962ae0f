/**
 * Every error code of the API, with its HTTP status and title: the one table that the server answers from, the SDK
 * types its errors with and the documentation links to.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const errors = {
  invalid_request: { status: 400, title: 'The request is malformed' },
  ceremony_unknown: { status: 400, title: 'The ceremony is unknown, used or expired' },
  /** 400 on registration; authentication answers it with 401. */
  verification_failed: { status: 400, title: 'The credential did not verify' },
  skill_input_invalid: { status: 400, title: 'The input is not what the skill takes' },
  api_key_missing: { status: 401, title: 'An API key is needed' },
  api_key_invalid: { status: 401, title: 'The API key is not valid' },
  token_invalid: { status: 401, title: 'The token is not valid' },
  session_required: { status: 401, title: 'Sign in first' },
  insufficient_funds: { status: 402, title: 'The balance does not cover this' },
  ip_not_allowed: { status: 403, title: 'This address may not use the key' },
  origin_not_allowed: { status: 403, title: 'This origin may not ask for that' },
  confirmation_required: { status: 403, title: 'Confirm this with a passkey' },
  insufficient_scope: { status: 403, title: 'The scope that this needs is not held' },
  role_required: { status: 403, title: 'Your role does not allow this' },
  tier_not_available: { status: 403, title: 'The tenant does not have this tier' },
  sign_up_closed: { status: 403, title: 'New accounts are not made here' },
  user_required: { status: 403, title: 'An access token of a user is needed' },
  user_exists: { status: 403, title: 'The user already has a passkey' },
  not_found: { status: 404, title: 'Not found' },
  approval_unknown: { status: 404, title: 'The approval is unknown, answered or expired' },
  interaction_unknown: { status: 404, title: 'The sign-in is unknown, finished or expired' },
  invitation_invalid: { status: 404, title: 'The invitation is used, expired or unknown' },
  skill_unknown: { status: 404, title: 'There is no such skill here' },
  user_unknown: { status: 404, title: 'The user has no passkey here' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  passkey_exists: { status: 409, title: 'The credential is already registered' },
  idempotency_conflict: { status: 409, title: 'The idempotency key was used for another request' },
  hand_off_used: { status: 410, title: 'The hand-off was taken already' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  rate_limited: { status: 429, title: 'Too many requests' },
  concurrency_limited: { status: 429, title: 'Too many requests at once' },
  internal: { status: 500, title: 'Something went wrong here' },
  skill_failed: { status: 502, title: 'The skill failed' },
  unavailable: { status: 503, title: 'The service is not ready' },
  skill_timeout: { status: 504, title: 'The skill took too long' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errors

/** Where a server explains a code; the `type` member of its problem documents. */
export function errorType(code: ErrorCode, baseUrl: string): string {
  return `${baseUrl}/docs/errors#${code}`
}

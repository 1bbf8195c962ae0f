/**
 * Every reason that an error of the MPC half carries: `reason` of its google.rpc.ErrorInfo, of the SDK's errors and of the
 * protocol's. The names are stable.
 */
export const reasons = {
  token_missing: 'No token came with the call',
  token_invalid: 'The token is not valid',
  token_expired: 'The token has expired',
  audience_wrong: 'The token is for another server',
  environment_refused: 'This server takes no tokens of that environment',
  scope_missing: 'The token lacks the scope that this needs',
  not_found: 'Not found',
  session_unknown: 'The session is unknown, over or another’s',
  session_lost: 'What the session needs was lost; begin afresh',
  session_conflict: 'The session was used with other bytes',
  suite_unsupported: 'The suite is not offered',
  parties_invalid: 'The parties or the threshold cannot be',
  /** A first round that is malformed, of a wrong threshold, or without proof that its sender knows what it commits to. */
  commitment_invalid: 'A commitment is not valid',
  /** A signature of a first round that does not verify, or an identity other than the pinned one. */
  identity_invalid: 'A party is not who it was',
  transcript_mismatch: 'The sides saw different first rounds',
  /** A share that does not open, does not fit its sender's commitment, or does not verify. */
  share_invalid: 'A share is not valid',
  generation_mismatch: 'The share is from before or after a resharing',
  /** Nonces, or the secrets of a round, that have served. */
  round_used: 'The round has been used',
  approval_required: 'An approval is needed',
  approval_invalid: 'The approval is not for this',
  approval_used: 'The approval has been used',
  key_frozen: 'The key is frozen',
  /** Only whoever froze a key unfreezes it. */
  frozen_by_tenant: 'The tenant froze the key',
  frozen_by_user: 'The user froze the key',
  policy_limit: 'The key’s policy allows no more signatures now',
  rate_limited: 'Too many requests',
  too_large: 'The request is too large',
  deadline_exceeded: 'The deadline has passed',
  unavailable: 'The service is not ready',
  invalid_request: 'The request is malformed',
} as const satisfies Record<string, string>

export type Reason = keyof typeof reasons

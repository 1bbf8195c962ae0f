import { expect, test } from 'vitest'
import { type ErrorCode, errors, errorType } from './errors.ts'
import { adminScopes, scopeNames, scopes } from './scopes.ts'

test('every code is snake case, an error status and a title of its own', () => {
  const titles = new Set<string>()
  for (const [code, { status, title }] of Object.entries(errors)) {
    expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    titles.add(title)
  }
  expect(titles.size).toBe(Object.keys(errors).length)
})

test('the statuses that other software relies on', () => {
  const statuses: Record<ErrorCode, number> = {
    invalid_request: 400,
    ceremony_unknown: 400,
    verification_failed: 400,
    skill_input_invalid: 400,
    api_key_missing: 401,
    api_key_invalid: 401,
    token_invalid: 401,
    session_required: 401,
    insufficient_funds: 402,
    ip_not_allowed: 403,
    origin_not_allowed: 403,
    confirmation_required: 403,
    insufficient_scope: 403,
    role_required: 403,
    tier_not_available: 403,
    sign_up_closed: 403,
    user_required: 403,
    user_exists: 403,
    not_found: 404,
    approval_unknown: 404,
    interaction_unknown: 404,
    invitation_invalid: 404,
    skill_unknown: 404,
    user_unknown: 404,
    method_not_allowed: 405,
    passkey_exists: 409,
    idempotency_conflict: 409,
    hand_off_used: 410,
    body_too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    concurrency_limited: 429,
    internal: 500,
    skill_failed: 502,
    unavailable: 503,
    skill_timeout: 504,
  }
  expect(Object.fromEntries(Object.entries(errors).map(([code, { status }]) => [code, status]))).toEqual(statuses)
})

test('a type is the address of the entry of its code, at the server that answers', () => {
  expect(errorType('not_found', 'https://auth.example')).toBe('https://auth.example/docs/errors#not_found')
})

test('scopes are the exact strings that keys are made with', () => {
  expect(scopeNames.join(' ')).toBe(
    'passkeys:register passkeys:authenticate passkeys:manage passkeys:debug keys:manage usage:read oauth:manage ' +
      'mpc:keygen mpc:sign skills:list skills:execute account:read account:write webhooks:manage',
  )
  expect(Object.keys(scopes)).toEqual(scopeNames)
  for (const scope of adminScopes) expect(scopeNames).toContain(scope)
})

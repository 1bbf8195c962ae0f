import type { Failure } from '../run.ts'

const briefs: Readonly<Record<string, string>> = {
  AbortError: 'cancelled',
  NotSupportedError: 'not supported',
  SecurityError: 'wrong address',
  UnsupportedCall: 'no WebAuthn here',
  api_key_invalid: 'not accepted',
  concurrency_limited: 'too many at once',
  insufficient_scope: 'scope missing',
  invalid_request: 'not accepted',
  ip_not_allowed: 'not from here',
  network: 'server not reached',
  rate_limited: 'too many requests',
  user_exists: 'has a passkey already',
  user_unknown: 'no passkey here',
  verification_failed: 'did not verify',
}

/** A failure in few words. */
export function briefOf({ code, what, calm, brief }: Failure): string {
  if (brief) return brief
  if (code === 'NotAllowedError') return calm ? 'nobody answered' : 'refused at once'
  return briefs[code] ?? what
}

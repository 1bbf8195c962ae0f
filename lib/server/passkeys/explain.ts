import { beginningOf } from '#lib/webauthn/beginning.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { type Caller, explainsTo } from '../caller.ts'
import { Problem } from '../problem.ts'

// What a caller is told of a verification. A live environment says only that; a test environment, and a key with
// `passkeys:debug`, get every check.

/** The refusal of a credential: 400 on registration, 401 on authentication. */
export function refusal(caller: Caller, kind: CeremonyKind, checks: Check[]): Problem {
  const status = kind === 'registration' ? 400 : 401
  const failed = checks.filter((check) => check.outcome === 'fail')
  const [first] = failed
  const told = { status, failing: first, checked: { failed: failed.length, checks: checks.length } }
  if (!explainsTo(caller)) return new Problem('verification_failed', 'The credential was not accepted.', told)
  const detail = first
    ? `${first.title}: expected ${first.expected}, got ${first.actual}.`
    : 'The credential was not accepted.'
  return new Problem('verification_failed', beginningOf(detail, 500), { ...told, checks })
}

/** The checks that a caller may see. */
export function visibleChecks(caller: Caller, checks: Check[]): Check[] {
  return explainsTo(caller) ? checks : []
}

/** The refusal of a credential that is registered in the caller's place already. */
export function alreadyRegistered(caller: Caller, checks: Check[]): Problem {
  return new Problem(
    'passkey_exists',
    'This credential is registered here already. Sign in with it, or use another authenticator.',
    explainsTo(caller) ? { checks } : {},
  )
}

import type { ApprovalFinished, AuthenticateFinished } from '#lib/contract/passkeys.ts'
import type { Caller } from '../caller.ts'
import { issueApproval } from '../tokens/approval.ts'
import { issue } from '../tokens/tokens.ts'
import { type Assertion, assertion, type Finish, type Good } from './assertion.ts'
import { forApproval } from './begin-authentication.ts'
import { actionOf } from './commitment.ts'
import { visibleChecks } from './explain.ts'
import { passkeyView, userView } from './view.ts'

/**
 * Ends an authentication ceremony and issues the user's token; of one that was begun with an action, the approval of that,
 * and no token.
 *
 * @throws Problem ceremony_unknown also where the assertion is for something else, verification_failed (401)
 */
export async function finishAuthentication(
  caller: Caller,
  request: Finish,
): Promise<AuthenticateFinished | ApprovalFinished> {
  const { user, passkey, checks, made } = await assertion(
    caller,
    request,
    (purpose) => purpose === null || purpose === forApproval,
    true,
    (good) => issued(caller, good),
  )
  const shown = { user: userView(user), passkey: passkeyView(passkey), checks: visibleChecks(caller, checks) }
  return { ...(made as NonNullable<typeof made>), ...shown }
}

/** The token, or the approval, of an assertion that is good. */
async function issued(caller: Caller, { user, passkey, userVerified, committed }: Good) {
  if (committed) return issueApproval(caller, { userId: user.id, passkeyId: passkey.id, action: actionOf(committed) })
  const { token, expiresIn } = await issue(caller, { user, passkey, userVerified })
  const { id, name } = caller.tenant
  return { token, tokenType: 'Bearer' as const, expiresIn, tenant: { id, name } }
}

/**
 * Ends an authentication ceremony: who signed in.
 *
 * @param audited whether the tenant's audit log tells of it
 * @throws Problem ceremony_unknown also where the assertion is for one thing alone, verification_failed (401)
 */
export function signIn(caller: Caller, request: Finish, audited = true): Promise<Assertion> {
  return assertion(caller, request, (purpose) => purpose === null, audited)
}

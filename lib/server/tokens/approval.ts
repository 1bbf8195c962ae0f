import { randomUUID } from 'node:crypto'
import type { Action } from '#lib/contract/action.ts'
import { type ApprovalClaims, approvalSeconds, approvalType, audienceOf } from '#lib/contract/token.ts'
import { type Caller, partyOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { currentKey } from './signing-keys.ts'

/** Who approved what, with which passkey. */
export interface Approved {
  userId: string
  passkeyId: string
  action: Action
  /** When, which its two minutes count from. */
  at?: Date
}

/** Issues an approval: a JWT that the MPC server takes once, for exactly this action, beside a token of the same user. */
export async function issueApproval(
  caller: Caller,
  { userId, passkeyId, action, at = new Date(clock.now()) }: Approved,
): Promise<{ approval: string; expiresIn: number }> {
  const now = Math.floor(at.getTime() / 1000)
  const { sign } = await currentKey()
  const claims: ApprovalClaims = {
    action,
    providerTenantId: caller.tenant.id,
    providerTenantName: caller.tenant.name,
    environment: caller.environment,
    aud: audienceOf(caller.environment),
    sub: userId,
    passkeyId,
    iat: now,
    exp: now + approvalSeconds,
    jti: randomUUID(),
    azp: partyOf(caller),
    iss: env().baseUrl,
  }
  return { approval: sign(claims, approvalType), expiresIn: approvalSeconds }
}

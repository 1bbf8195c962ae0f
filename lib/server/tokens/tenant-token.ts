import { randomUUID } from 'node:crypto'
import { audienceOf, type TenantTokenClaims, tenantTokenSeconds, tenantTokenType } from '#lib/contract/token.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { currentKey } from './signing-keys.ts'

/**
 * Issues a token with which this server asks the MPC server for a tenant's keys, for a member, or whoever deletes a user. It is for this server's own
 * calls: nobody is ever given one.
 */
export async function issueTenantToken({ tenant, environment, actor }: Caller): Promise<string> {
  const now = Math.floor(clock.now() / 1000)
  const { sign } = await currentKey()
  const { type, id, name, address, requestId } = actor
  const asker = type === 'operator' || type === 'system' ? 'member' : type
  const claims: TenantTokenClaims = {
    providerTenantId: tenant.id,
    providerTenantName: tenant.name,
    environment,
    aud: audienceOf(environment),
    sub: id,
    member: { type: asker, name, address, requestId },
    iat: now,
    exp: now + tenantTokenSeconds,
    jti: randomUUID(),
    iss: env().baseUrl,
  }
  return sign(claims, tenantTokenType)
}

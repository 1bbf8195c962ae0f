import { tenantTokenSeconds, tenantTokenType } from '#lib/contract/token.ts'
import { refusal } from '../refusal.ts'
import { bearerOf, type Owner } from './caller.ts'

/** A member of a tenant, who asks for the keys of one of its environments. */
export interface TenantCaller extends Pick<Owner, 'tenantId' | 'environment'> {
  tenantName: string
  member: Member
}

/** Who it is, and from where they ask, as the audit log says it: a member, or what of the tenant's deletes a user. */
export interface Member {
  type: 'member' | 'key' | 'client' | 'user'
  id: string
  name: string
  address: string | null
  requestId: string | null
}

const askers = ['member', 'key', 'client', 'user'] as const

/**
 * Verifies a tenant's token: of a kind of its own, for one call, and with a member in it.
 *
 * @param authorization the metadata of that name
 * @throws ConnectError UNAUTHENTICATED with the reason; UNAVAILABLE while nobody can know
 */
export async function tenantCallerOf(authorization: string | null): Promise<TenantCaller> {
  const { payload, claims } = await bearerOf(authorization, [tenantTokenType])
  const { tenantId, tenantName, environment, sub: id } = claims
  const { iat = 0, exp = 0 } = payload
  const { type, name, address, requestId } = (payload.member ?? {}) as Record<string, unknown>
  if (exp - iat > tenantTokenSeconds || !isText(name)) {
    throw refusal('token_invalid', 'The token is good for too long, or does not say which member asks.')
  }
  const member: Member = {
    type: askers.find((asker) => asker === type) ?? 'member',
    id,
    name,
    address: isText(address) ? address : null,
    requestId: isText(requestId) ? requestId : null,
  }
  return { tenantId, tenantName, environment, member }
}

function isText(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '' && claim.length <= 256
}

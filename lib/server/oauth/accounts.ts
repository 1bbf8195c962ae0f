import type { Account, KoaContextWithOIDC } from 'oidc-provider'
import { findUserOf } from '../passkeys/user.ts'
import { userPresented } from './presented/presented.ts'
import { placeOfClient } from './resources.ts'
import { tell } from './unavailable.ts'

/** A user as a client's account; undefined for one of another tenant or environment, as for one that never existed. */
export async function findAccount(ctx: KoaContextWithOIDC, id: string): Promise<Account | undefined> {
  const { client } = ctx.oidc
  if (!client) return undefined
  const { tenantId, tenantName, environment } = placeOfClient(client)
  const place = { tenantId, environment }
  const user = userPresented(ctx.req, place, id) ?? (await findUserOf(place, id).catch(tell))
  if (!user) return undefined
  return {
    accountId: id,
    // The provider gives out only what the scopes and the kind of answer allow.
    claims: async () => ({
      sub: id,
      preferred_username: user.username,
      name: user.displayName,
      providerTenantId: tenantId,
      providerTenantName: tenantName,
      environment,
    }),
  }
}

/** Which claims each scope opens. Null: only where the token itself brings them. */
export const claims = {
  sid: null,
  iss: null,
  openid: ['sub', 'acr', 'amr', 'auth_time', 'providerTenantId', 'providerTenantName', 'environment'],
  profile: ['preferred_username', 'name'],
}

/**
 * What every access token says besides what OAuth does: the tenant and the client that usage is counted for, how the user
 * signed in, and the grant, so that an access token ends with it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068#section-2.2
 */
export async function tokenClaims(ctx: KoaContextWithOIDC, token: object): Promise<Record<string, unknown>> {
  const { client, entities } = ctx.oidc
  if (!client) return {}
  const { tenantId, tenantName, environment } = placeOfClient(client)
  const { grantId } = token as { grantId?: string }
  const { AuthorizationCode, DeviceCode, RefreshToken } = entities
  const source = AuthorizationCode ?? DeviceCode ?? RefreshToken
  const signIn = grantId && source ? { auth_time: source.authTime, acr: source.acr, amr: source.amr } : {}
  const all = {
    providerTenantId: tenantId,
    providerTenantName: tenantName,
    environment,
    azp: client.clientId,
    ...signIn,
    grant_id: grantId,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

import { Code } from '@connectrpc/connect'
import { errors as joseErrors } from 'jose'
import { type MpcRpc, mpcRpcs } from '#lib/contract/mpc-operations.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { noBoundTokens } from '#lib/contract/token.ts'
import type { Caller } from '../caller.ts'
import { findClient } from '../clients/find-client.ts'
import type { From } from '../keys/authenticate.ts'
import { keyOfIssuer } from '../keys/issuer.ts'
import { callerOfClaims } from '../oauth/access-token.ts'
import { hasPasskey } from '../passkeys/own.ts'
import { actFor } from '../tenants/tenants.ts'
import { type MpcClaims, verifyMpcToken } from '../tokens/mpc-token.ts'
import { refused } from './refusal.ts'

const mpcScopes = new Set<Scope>(scopeNames.filter((scope) => scope.startsWith('mpc:')))

/**
 * Turns a token for the MPC server into its caller: a user's own, by the passkey that it came from and with limits as
 * the key has that issued it, or an OAuth access token with the scope that the rpc needs.
 *
 * @throws ConnectError UNAUTHENTICATED (`token_missing`, `token_expired`, `audience_wrong`, `token_invalid`),
 *   PERMISSION_DENIED (`scope_missing`)
 */
export async function authenticateMpc(authorization: string | undefined, rpc: MpcRpc, from: From): Promise<Caller> {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (/^DPoP /i.test(authorization ?? '')) throw refused(Code.Unauthenticated, 'token_missing', noBoundTokens)
  if (!token)
    throw refused(Code.Unauthenticated, 'token_missing', 'Send the user’s token as “Authorization: Bearer …”.')
  const claims = await verifyMpcToken(token).catch(explain)
  if (claims.client_id !== undefined) return withScope(await ofClient(claims, claims.client_id, from), rpc)
  if (await hasPasskey(claims.passkeyId ?? '')) return ofUser(claims, from)
  throw invalid('The passkey that the token came from was deleted. Authenticate again, with another one.')
}

async function ofUser(
  claims: MpcClaims,
  { address = null, requestId = null }: Partial<Record<'address' | 'requestId', string | null>>,
) {
  const { sub, azp = '', providerTenantId, environment, passkeyId = '', preferred_username: username = '' } = claims
  const issuer = await keyOfIssuer(azp)
  const client = issuer ? null : await findClient(azp)
  const tenant = issuer?.tenant ?? client?.tenant ?? (await actFor(providerTenantId, environment)).tenant
  const id = azp || sub
  const name = issuer?.key.name ?? client?.name ?? id
  const caller: Caller = {
    ...{ tenant, environment, key: issuer?.key ?? null, client: issuer ? null : { id, name } },
    user: { id: sub, username, passkeyId },
    scopes: mpcScopes,
    actor: { type: issuer ? 'key' : 'client', id, name, address, requestId },
  }
  return caller
}

async function ofClient(claims: MpcClaims, clientId: string, from: From): Promise<Caller> {
  return callerOfClaims({ ...claims, client_id: clientId }, from).catch((error) => {
    if (error?.code === 'token_invalid') throw invalid(error.detail)
    throw error
  })
}

function withScope(caller: Caller, rpc: MpcRpc): Caller {
  const { scope } = mpcRpcs[rpc]
  if (caller.scopes.has(scope)) return caller
  throw refused(Code.PermissionDenied, 'scope_missing', `This needs the scope ${scope}, which the token does not hold.`)
}

function explain(error: unknown): never {
  if (!(error instanceof joseErrors.JOSEError)) throw error
  if (error instanceof joseErrors.JWTExpired) {
    throw refused(Code.Unauthenticated, 'token_expired', 'The token has expired. Authenticate again.')
  }
  if (error instanceof joseErrors.JWTClaimValidationFailed && error.claim === 'aud') {
    throw refused(Code.Unauthenticated, 'audience_wrong', 'The token is for another server.')
  }
  if (error instanceof joseErrors.JWTClaimValidationFailed && error.claim === 'cnf') throw invalid(noBoundTokens)
  throw invalid('The token is not one of this server for the MPC server.')
}

function invalid(message: string) {
  return refused(Code.Unauthenticated, 'token_invalid', message)
}

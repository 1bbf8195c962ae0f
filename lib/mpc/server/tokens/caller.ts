import type { JWTPayload } from 'jose'
import type { Environment } from '#lib/contract/environment.ts'
import { type Audience, noBoundTokens } from '#lib/contract/token.ts'
import { env } from '../env.ts'
import { refusal } from '../refusal.ts'
import { verified } from './verified.ts'

/** Whose a key is. */
export interface Owner {
  tenantId: string
  environment: Environment
  sub: string
}

/** Who calls, as a verified token says it. */
export interface Caller extends Owner {
  tenantName: string
  audience: Audience
  /** The API key or OAuth client that the token came from. */
  azp: string | undefined
  /** What an OAuth client may do; undefined for a user's own token, which may do everything. */
  scopes: ReadonlySet<string> | undefined
}

const environments: Record<Audience, Environment> = { 'mpc-server': 'live', 'mpc-server:test': 'test' }
/** A user's token, and an OAuth access token (RFC 9068). No other kind is one: no ID token, no approval. */
const types = ['JWT', 'at+jwt', 'application/at+jwt']

/**
 * Verifies the token of a user's call: their own, or an app's that acts for them.
 *
 * @param authorization the metadata of that name
 * @throws ConnectError UNAUTHENTICATED with the reason; UNAVAILABLE while nobody can know
 */
export async function callerOf(authorization: string | null): Promise<Caller> {
  const { type, payload, claims } = await bearerOf(authorization, types)
  return {
    ...claims,
    azp: [payload.azp, payload.client_id].find(isId),
    scopes: type === 'JWT' ? undefined : new Set(String(payload.scope ?? '').split(' ')),
  }
}

/**
 * Verifies the token of a call by itself, with the issuer's public keys: that it is of one of these kinds, and of an environment
 * that this server takes.
 *
 * @throws ConnectError UNAUTHENTICATED with the reason; UNAVAILABLE while nobody can know
 */
export async function bearerOf(authorization: string | null, kinds: readonly string[]) {
  const [, token] = /^Bearer +([^ ]+)$/i.exec(authorization ?? '') ?? []
  if (/^DPoP /i.test(authorization ?? '')) throw refusal('token_missing', noBoundTokens)
  if (token === undefined) {
    throw refusal('token_missing', 'Send the token of a sign-in in the metadata “authorization: Bearer <token>”.')
  }
  if (token.split('.').length !== 3) {
    throw refusal('token_invalid', 'The token is no JWT: sign in for one, or ask for one with resource=urn:mpc-server.')
  }
  const { type, payload } = await verified(token, Object.keys(environments))
  if (!kinds.includes(type)) {
    throw refusal('token_invalid', 'The token is of another kind: send the token of a sign-in, or an access token.')
  }
  if (payload.cnf !== undefined) {
    throw refusal('token_invalid', noBoundTokens)
  }
  const claims = claimsOf(payload)
  if (!env().environments.has(claims.environment)) {
    throw refusal('environment_refused', `This server takes no tokens of the ${claims.environment} environment.`)
  }
  return { type, payload, claims }
}

/**
 * The tenant, the environment and the user that a token of this issuer speaks for.
 *
 * @throws ConnectError UNAUTHENTICATED where it does not say one of them, or contradicts itself
 */
export function claimsOf({ aud, sub, providerTenantId, providerTenantName, environment }: JWTPayload) {
  const [tenantId, tenantName, user] = [providerTenantId, providerTenantName, sub].map(text)
  const audience = aud as Audience
  if (!tenantId || !tenantName || !user || !Object.hasOwn(environments, audience)) throw incomplete()
  if (environments[audience] !== environment) throw incomplete()
  return { tenantId, tenantName, sub: user, audience, environment: environments[audience] }
}

function isId(claim: unknown): claim is string {
  return typeof claim === 'string' && /^[\w-]{1,64}$/.test(claim)
}

function incomplete() {
  return refusal('token_invalid', 'The token does not say for which tenant, environment and user it is.')
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' && claim.length <= 256 ? claim : undefined
}

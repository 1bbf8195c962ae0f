import { timingSafeEqual } from 'node:crypto'
import type { Environment } from '#lib/contract/environment.ts'
import { type GrantType, playgroundClientId, playgroundGrants, playgroundScopes } from '#lib/contract/oauth-scopes.ts'
import type { CallerTenant } from '../caller.ts'
import { env } from '../env.ts'
import { hashToken } from '../secret-token.ts'
import { consoleTenantId } from '../tenants/tenants.ts'
import { find, findTenant } from './presented/store.ts'
import { listed } from './registration.ts'
import { maxSecrets } from './store.ts'

/** A client as the provider needs it; its tenant with it. */
export interface RegisteredClient {
  id: string
  name: string
  type: 'public' | 'confidential'
  environment: Environment
  tenant: CallerTenant & { signUp: boolean }
  redirectUris: string[]
  postLogoutRedirectUris: string[]
  scopes: string[]
  /** Those of them that a user may leave out. */
  optionalScopes: string[]
  grants: GrantType[]
  dpopRequired: boolean
  logoUrl: string | null
  /** Null: it is part of this server. */
  createdAt: string | null
  /** Of the secrets that work, at most two. */
  secretHashes: string[]
}

const playgroundPrefix = playgroundClientId('')

/**
 * The client of an id: one that was made, or a tenant's built-in one for the Playground's demonstrations. Null where there
 * is none.
 */
export async function findClient(clientId: string): Promise<RegisteredClient | null> {
  if (clientId.startsWith(playgroundPrefix)) return playgroundClient(clientId)
  const found = await find(clientId)
  if (!found) return null
  const { type, environment, redirectUris, postLogoutRedirectUris, scopes, optionalScopes, grants, hashes, ...rest } =
    found
  return {
    ...rest,
    type: type as RegisteredClient['type'],
    environment: environment as Environment,
    redirectUris: JSON.parse(redirectUris),
    postLogoutRedirectUris: JSON.parse(postLogoutRedirectUris ?? redirectUris),
    scopes: scopes.split(' '),
    optionalScopes: listed(optionalScopes),
    grants: grants.split(' ') as GrantType[],
    secretHashes: hashes?.split(' ') ?? [],
  }
}

/** While DEMO is on, in the test environment of every tenant but the Console's own, without being made. */
async function playgroundClient(clientId: string): Promise<RegisteredClient | null> {
  if (!env().demo) return null
  const tenantId = clientId.slice(playgroundPrefix.length)
  const tenant = tenantId === consoleTenantId ? null : await findTenant(tenantId)
  if (!tenant) return null
  const redirectUris = [`${env().baseUrl}/playground/callback`]
  return {
    id: clientId,
    name: 'WebAuthn Playground',
    type: 'public',
    environment: 'test',
    tenant,
    redirectUris,
    postLogoutRedirectUris: redirectUris,
    scopes: [...playgroundScopes],
    optionalScopes: [],
    grants: [...playgroundGrants],
    dpopRequired: false,
    logoUrl: null,
    createdAt: null,
    secretHashes: [],
  }
}

/** Whether a secret has one of these hashes, in constant time; where there are none, false after the same work. */
export function matchesSecret(kept: readonly string[], secret: string): boolean {
  const presented = Buffer.from(hashToken(secret, 'client-secret'))
  // Always as many comparisons: how many secrets there are takes no time to tell.
  const hashes = Array.from({ length: maxSecrets }, (_, at) => kept[at] ?? nobodys)
  return hashes.map((hash) => timingSafeEqual(presented, Buffer.from(hash))).includes(true)
}

// The length of a hash, and no secret has it.
const nobodys = '-'.repeat(43)

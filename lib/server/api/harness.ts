import { inject } from 'vitest'
import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { ErrorCode } from '#lib/contract/errors.ts'
import type { Problem } from '#lib/contract/problem.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { ApiError, Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../db.ts'
import { createKey } from '../keys/keys.ts'
import { createTenant } from '../tenants/tenants.ts'
import { api } from './app.ts'

// What the API's suite stands on: a tenant of its own for each test, real storage, and requests to whichever mount the
// project serves. The suite makes tenants and keys as the operator would, in the database that the server reads.

const served = inject('served')

/** The origin that responses are signed for; also the issuer of tokens. */
export const baseUrl = served?.baseUrl ?? 'http://localhost:3000'

/** fetch, wired to the mount under test: in memory, or over HTTP. */
export const request: typeof fetch = served
  ? (input, init) => fetch(input, init)
  : async (input, init) => api().request(input as string, init)

export const passkeyScopes: Scope[] = ['passkeys:register', 'passkeys:authenticate']

interface TenantSettings {
  scopes?: Scope[]
  type?: Environment
  rpId?: string
  origins?: string[]
}

/** A new tenant with one key, its client, and an authenticator on its origin. */
export async function newTenant({ scopes = passkeyScopes, type = 'test', rpId, origins }: TenantSettings = {}) {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  const tenant = await createTenant({ name: `Tenant ${slug}`, slug, rpId, origins })
  const addKey = async (type: Environment, scopes: Scope[], more: { tier?: Tier; expiresAt?: Date } = {}) => {
    const key = await createKey({ tenantId: tenant.id, type, name: 'test', scopes, ...more })
    return { ...key, client: clientOf(key.secret) }
  }
  const key = await addKey(type, scopes)
  return {
    tenant,
    key,
    client: key.client,
    addKey,
    authenticator: new SoftwareAuthenticator({ origin: origins?.[0] ?? baseUrl }),
    stored: () => stored(tenant.id),
  }
}

export function clientOf(apiKey: string): Client {
  return new Client({ apiKey, baseUrl, fetch: request })
}

/** Everything that is kept of a tenant, to show that a refusal changed nothing. */
export async function stored(tenantId: string) {
  const db = await database()
  const where = { tenantId }
  const [users, passkeys] = await Promise.all([
    db.user.findMany({ where, orderBy: { id: 'asc' } }),
    db.passkey.findMany({ where, orderBy: { id: 'asc' } }),
  ])
  return { users, passkeys }
}

/** Lets a ceremony's five minutes pass. */
export async function expire(ceremonyId: string): Promise<void> {
  const db = await database()
  await db.ceremony.update({ where: { id: ceremonyId }, data: { expiresAt: new Date(Date.now() - 1) } })
}

/** The problem that a call is refused with; fails when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<Problem> {
  const answer = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (answer instanceof ApiError) return answer.problem
  throw answer ?? new Error('The call was expected to be refused, and was not.')
}

/** A refusal's status and code, for a short assertion. */
export async function refusedWith(call: Promise<unknown>): Promise<[number, ErrorCode]> {
  const { status, code } = await refusal(call)
  return [status, code]
}

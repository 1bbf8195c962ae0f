import type { Environment, Tier } from '#lib/contract/environment.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import { hashApiKey, hintOf, readApiKey, writeApiKey } from './api-key.ts'
import * as store from './store.ts'

export interface KeyRequest {
  tenantId: string
  type: Environment
  name: string
  scopes: readonly string[]
  tier?: Tier | undefined
  expiresAt?: Date | undefined
  /** The key's whole text, where it must be a certain one; by default a random one. */
  secret?: string
}

/** A key's metadata. */
export interface KeyView {
  id: string
  name: string
  type: Environment
  hint: string
  scopes: string[]
  tier: Tier
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

/**
 * Makes an API key. The secret is in the answer and nowhere else.
 *
 * @throws Problem invalid_request for an unknown or missing scope, a bad name, an expiry in the past
 */
export async function createKey(request: KeyRequest): Promise<KeyView & { secret: string }> {
  const issues = [
    ...request.scopes
      .filter((scope) => !scopeNames.includes(scope as Scope))
      .map((scope) => ({ path: 'scopes', message: `“${scope.slice(0, 64)}” is not a scope` })),
    ...(request.scopes.length === 0 ? [{ path: 'scopes', message: 'name at least one' }] : []),
    ...(request.name.trim() === '' || request.name.length > 64
      ? [{ path: 'name', message: 'needs 1–64 characters' }]
      : []),
    ...(request.expiresAt && request.expiresAt.getTime() <= clock.now()
      ? [{ path: 'expiresAt', message: 'is in the past' }]
      : []),
  ]
  if (issues.length > 0) throw new Problem('invalid_request', 'The key cannot be made like this.', { issues })
  const secret = request.secret ?? writeApiKey(request.type)
  const saved = await store.save({
    id: readApiKey(secret)?.id ?? '',
    tenantId: request.tenantId,
    environment: request.type,
    name: request.name.trim(),
    hash: hashApiKey(secret),
    hint: hintOf(secret),
    scopes: scopeNames.filter((scope) => request.scopes.includes(scope)).join(' '),
    tier: request.tier ?? 'standard',
    expiresAt: request.expiresAt ?? null,
  })
  return { ...viewOf(saved), secret }
}

/** A tenant's keys of both environments, oldest first. */
export async function listKeys(tenantId: string): Promise<KeyView[]> {
  return (await store.list(tenantId)).map(viewOf)
}

/**
 * Revokes a key: the next request with it is refused, in every process.
 *
 * @throws Problem not_found when there is no such key that still works
 */
export async function revokeKey(id: string): Promise<void> {
  if (!(await store.revoke(id))) throw new Problem('not_found', 'No such API key, or it was revoked before.')
}

function viewOf(key: Awaited<ReturnType<typeof store.save>>): KeyView {
  return {
    id: key.id,
    name: key.name,
    type: key.environment as Environment,
    hint: key.hint,
    scopes: key.scopes.split(' '),
    tier: key.tier as Tier,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}

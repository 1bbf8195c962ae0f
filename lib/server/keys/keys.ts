import type { Environment, Tier } from '#lib/contract/environment.ts'
import { type KeyCreate, type KeyView, keyCreate } from '#lib/contract/keys.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { Problem, parse } from '../problem.ts'
import { hashApiKey, hintOf, readApiKey, writeApiKey } from './api-key.ts'
import * as store from './store.ts'

/** A key that was just made: the secret is here and nowhere else. */
export type NewKeyView = KeyView & { secret: string }

/**
 * Makes an API key of a tenant, in the environment that its type names.
 *
 * @param fixed the key's whole text, where it must be a certain one: such a key is a demo key, good only while DEMO is on
 * @throws Problem invalid_request for an unknown or missing scope, a bad name, an expiry in the past
 */
export async function createKey(tenantId: string, request: KeyCreate, fixed?: string): Promise<NewKeyView> {
  const { name, type, scopes, tier, expiresAt } = parse(keyCreate, request)
  const expiry = expiresAt ? new Date(expiresAt) : null
  if (expiry && expiry.getTime() <= clock.now()) {
    throw new Problem('invalid_request', 'expiresAt: is in the past', {
      issues: [{ path: 'expiresAt', message: 'is in the past' }],
    })
  }
  const secret = fixed ?? writeApiKey(type)
  const saved = await store.save({
    id: readApiKey(secret)?.id ?? '',
    tenantId,
    environment: type,
    name,
    hash: hashApiKey(secret),
    hint: hintOf(secret),
    scopes: scopeNames.filter((scope) => scopes.includes(scope)).join(' '),
    tier,
    demo: fixed !== undefined,
    expiresAt: expiry,
  })
  return { ...viewOf(saved), secret }
}

/** The keys of one environment, oldest first. */
export async function listKeys(place: Place): Promise<KeyView[]> {
  return (await store.list(place)).map(viewOf)
}

/**
 * Revokes a key of one environment: the next request with it is refused, in every process.
 *
 * @throws Problem not_found when no such key of that place still works
 */
export async function revokeKey(place: Place, id: string): Promise<void> {
  if (!(await store.revoke(place, id))) throw notFound()
}

/**
 * Where a key belongs, for the operator, who may name a key by its id alone.
 *
 * @throws Problem not_found
 */
export async function placeOfKey(id: string): Promise<Place> {
  const found = await store.find(id)
  if (!found) throw notFound()
  return { tenantId: found.tenantId, environment: found.environment as Environment }
}

function notFound(): Problem {
  return new Problem('not_found', 'No such API key, or it was revoked before.')
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

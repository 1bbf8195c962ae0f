import {
  type KeyCreate,
  type KeyCreated,
  type KeyRotate,
  type KeyView,
  keyCreate,
  keyRotate,
} from '#lib/contract/keys.ts'
import { type Caller, placeOf } from '../caller.ts'
import { later } from '../clock.ts'
import { onceOf } from '../once/once.ts'
import { Problem, parse } from '../problem.ts'
import { hashApiKey, hintOf, readApiKey, writeApiKey } from './api-key.ts'
import { heldTo, mustBeWithin } from './ceiling.ts'
import { canonicalAddresses, inFuture, scopesInOrder } from './fields.ts'
import { mayChange, mayGrant, mayGrantFor, mayGrantRights } from './grant.ts'
import * as store from './store.ts'
import { notFound, recorded, tooManyKeys, viewOf } from './view.ts'

/** A key that was just made: the secret is here and nowhere else. */
export type NewKey = KeyView & { secret: string }

interface Making {
  /** An Idempotency-Key: the same one again makes nothing, and answers without the secret. */
  idempotencyKey?: string | undefined
  /** The key's whole text, where it must be a certain one: such a key is a demo key, good only while DEMO is on. */
  fixed?: string
}

/**
 * Makes an API key in the caller's environment. The secret is in this answer and nowhere else. One that a key makes without
 * an expiry or addresses has that key's.
 *
 * @throws Problem invalid_request, idempotency_conflict; insufficient_scope for another environment, and for a scope, tier,
 *   expiry or address that the caller does not have; tier_not_available
 */
export async function createKey(caller: Caller, request: KeyCreate, making?: { fixed?: string }): Promise<NewKey>
export async function createKey(caller: Caller, request: KeyCreate, making: Making): Promise<KeyCreated>
export async function createKey(caller: Caller, request: KeyCreate, making: Making = {}): Promise<KeyCreated> {
  const wanted = parse(keyCreate, request)
  const { name, type = caller.environment, scopes, tier, expiresAt, allowedIps } = wanted
  if (type !== caller.environment) {
    throw new Problem(
      'insufficient_scope',
      `A ${caller.environment} key makes and manages ${caller.environment} keys only.`,
    )
  }
  const given = {
    scopes: scopesInOrder(scopes),
    tier,
    expiresAt: expiresAt ? inFuture(expiresAt) : (caller.key?.expiresAt ?? null),
    allowedIps: allowedIps ? canonicalAddresses(allowedIps) : (caller.key?.allowedIps ?? ''),
  }
  mustBeWithin(caller.tenant, tier)
  mayGrant(caller, given)
  const { fixed, idempotencyKey } = making
  const secret = fixed ?? writeApiKey(type)
  const id = readApiKey(secret)?.id ?? ''
  const key = {
    ...placeOf(caller),
    ...given,
    id,
    name,
    hash: hashApiKey(secret),
    hint: hintOf(secret),
    demo: fixed !== undefined,
    familyId: id,
    predecessorId: null,
    handedOff: false,
    plannedExpiresAt: given.expiresAt,
  }
  const once = onceOf(idempotencyKey, 'keys.create', { ...wanted, allowedIps: allowedIps ?? [], type })
  return made(await store.save(key, once, recorded(caller, 'key.created')), secret)
}

/**
 * Makes a successor with the same scopes, addresses and expiry, and the same tier within the tenant's ceiling. The key itself works on for `overlapSeconds`, or
 * until its own expiry where that is earlier.
 *
 * @throws Problem invalid_request, not_found (a key that does not work any more, too), insufficient_scope when the key has
 *   a scope, tier, expiry or address that the caller does not have, idempotency_conflict
 */
export async function rotateKey(caller: Caller, id: string, request?: KeyRotate): Promise<NewKey>
export async function rotateKey(caller: Caller, id: string, request: KeyRotate, making: Making): Promise<KeyCreated>
export async function rotateKey(
  caller: Caller,
  id: string,
  request: KeyRotate = {},
  making: Making = {},
): Promise<KeyCreated> {
  const wanted = parse(keyRotate, request)
  const secret = writeApiKey(caller.environment)
  const allowed = (key: store.StoredKey) => {
    mayChange(caller, key)
    mayGrantRights(caller, { ...key, tier: heldTo(key.tier, caller.tenant) })
  }
  const successorOf = (key: store.StoredKey): store.NewKey => {
    // Of the plan and not of the end that a rotation set: whoever holds a key that was replaced renews it no more.
    const bounds = { expiresAt: key.plannedExpiresAt, allowedIps: key.allowedIps }
    mayGrantFor(caller, bounds)
    return {
      ...bounds,
      ...placeOf(caller),
      id: readApiKey(secret)?.id ?? '',
      name: key.name,
      hash: hashApiKey(secret),
      hint: hintOf(secret),
      scopes: key.scopes,
      tier: heldTo(key.tier, caller.tenant),
      demo: key.demo && key.handedOff,
      familyId: key.familyId,
      predecessorId: key.id,
      handedOff: key.handedOff,
      plannedExpiresAt: key.plannedExpiresAt,
    }
  }
  const until = later(wanted.overlapSeconds * 1000)
  const once = onceOf(making.idempotencyKey, `keys.rotate ${id}`, wanted)
  const kept = await store.rotate(
    placeOf(caller),
    id,
    until,
    { allowed, successorOf },
    once,
    recorded(caller, 'key.rotated', { predecessorId: id, ...wanted }),
  )
  if (!kept) throw notFound()
  return made(kept, secret)
}

type Kept = Awaited<ReturnType<typeof store.save>>

async function made(kept: Kept, secret: string): Promise<KeyCreated> {
  if (kept === 'full') throw tooManyKeys()
  const view = await viewOf(kept.key)
  return kept.replayed ? view : { ...view, secret }
}

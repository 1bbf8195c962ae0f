import type { AuditAction } from '#lib/contract/audit.ts'
import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { KeyView, RotationState } from '#lib/contract/keys.ts'
import { record } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import { lastUses } from '../usage/sightings.ts'
import { tell } from '../webhooks/tell.ts'
import { ceilingOf, maxWorking, type Recorded, type StoredKey, successorsOf } from './store.ts'

/** How long a key must be silent before its rotation counts as verified. */
const silenceMilliseconds = 10 * 60_000

/** Keys as they are shown, with what traffic says of them. */
export async function viewsOf(keys: StoredKey[]): Promise<KeyView[]> {
  const successors = (await successorsOf(keys.map(({ id }) => id))).filter(({ revokedAt }) => !revokedAt)
  const above = keys.find((key) => key.tier === 'enterprise')
  const ceiling = above && (await ceilingOf(above.tenantId))
  const uses = await lastUses([...keys, ...successors].map(({ id }) => id))
  return keys.map((key) => {
    const successor = successors.findLast(({ predecessorId }) => predecessorId === key.id)
    return {
      ...facts(key),
      ...(ceiling === 'standard' && key.tier !== ceiling ? { heldTo: ceiling } : {}),
      lastUsedAt: uses.get(key.id)?.toISOString() ?? null,
      status: statusOf(key),
      predecessorId: key.predecessorId,
      rotation: successor
        ? { successorId: successor.id, state: rotationOf(key, successor, uses.get(key.id), uses.get(successor.id)) }
        : null,
    }
  })
}

function auditedKey(key: StoredKey): object {
  const { id: _, ...rest } = facts(key)
  return rest
}

/**
 * One key as it is shown.
 *
 * @throws Problem not_found where there is none
 */
export async function viewOf(key: StoredKey | null): Promise<KeyView> {
  const [view] = key ? await viewsOf([key]) : []
  if (!view) throw notFound()
  return view
}

/** Writes a change of a key down and tells webhooks of it, in the transaction that makes it. */
export function recorded(caller: Caller, action: AuditAction, more: object = {}): Recorded {
  return async (tx, after, before) => {
    const place = placeOf(caller)
    await record(tx, caller.actor, {
      ...place,
      action,
      target: { id: after.id, name: after.name },
      before: before && auditedKey(before),
      after: { ...auditedKey(after), ...more },
    })
    const data = { keyId: after.id, name: after.name }
    if (action === 'key.created' || action === 'key.revoked') await tell(tx, place, action, data)
    if (action === 'key.rotated') await tell(tx, place, action, { ...data, predecessorId: before?.id ?? '' })
  }
}

/** No key of that id, or none of the caller's: the same answer. */
export function notFound(): Problem {
  return new Problem(
    'not_found',
    'No such API key works here: there is none of this id, or it was revoked or has expired.',
  )
}

/** More keys that work at once a place does not have. */
export function tooManyKeys(): Problem {
  return new Problem('invalid_request', `${maxWorking} keys work here already: revoke those that nobody uses.`)
}

/** How far a rotation has come, by when both keys were last used. */
export function rotationOf(
  key: StoredKey,
  successor: { createdAt: Date },
  lastUse: Date | undefined,
  successorUse: Date | undefined,
): RotationState {
  if (statusOf(key) !== 'active') return 'ended'
  if (!successorUse) return 'created'
  // Silence before there was a successor says nothing.
  const since = Math.max(lastUse?.getTime() ?? 0, successor.createdAt.getTime())
  return clock.now() - since >= silenceMilliseconds ? 'verified' : 'deployed'
}

function statusOf(key: StoredKey): KeyView['status'] {
  if (key.revokedAt) return 'revoked'
  return key.expiresAt && key.expiresAt.getTime() <= clock.now() ? 'expired' : 'active'
}

function facts(key: StoredKey) {
  return {
    id: key.id,
    name: key.name,
    type: key.environment as Environment,
    hint: key.hint,
    scopes: key.scopes.split(' '),
    tier: key.tier as Tier,
    allowedIps: key.allowedIps.split(' ').filter(Boolean),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}

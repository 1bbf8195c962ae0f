import { clock } from '../clock.ts'
import { database, transaction } from '../db/database.ts'
import { lockName } from '../db/lock-name.ts'

const ring = 'signing-keys'

export interface NewSigningKey {
  id: string
  publicJwk: string
  privateJwk: string
}

/** Every key that is not gone: the next, the current, and those retired after `since`. Oldest first. */
export async function list(since: Date) {
  return (await database()).signingKey.findMany({
    where: { OR: [{ retiredAt: null }, { retiredAt: { gt: since } }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** Keeps the first two keys, one current and one next, in one transaction; nothing when there are keys already. */
export async function begin(current: NewSigningKey, next: NewSigningKey): Promise<void> {
  const now = new Date(clock.now())
  await transaction(async (tx) => {
    await lockName(tx, ring)
    if ((await tx.signingKey.count({ where: { activatedAt: { not: null }, retiredAt: null } })) > 0) return
    await tx.signingKey.create({ data: { ...current, createdAt: now, activatedAt: now } })
    await tx.signingKey.create({ data: { ...next, createdAt: now } })
  })
}

/**
 * Turns the ring by one, in one transaction: the current key retires, the next becomes current, and `next` is published.
 * No key retires before it was made, whatever became of the clock meanwhile: tokens of its last hour still need it.
 */
export async function turn(next: NewSigningKey): Promise<void> {
  await transaction(async (tx) => {
    await lockName(tx, ring)
    const { _max } = await tx.signingKey.aggregate({ _max: { createdAt: true, activatedAt: true, retiredAt: true } })
    const before = [_max.createdAt, _max.activatedAt, _max.retiredAt].map((at) => at?.getTime() ?? 0)
    const now = new Date(Math.max(clock.now(), ...before))
    await tx.signingKey.updateMany({ where: { activatedAt: { not: null }, retiredAt: null }, data: { retiredAt: now } })
    await tx.signingKey.updateMany({ where: { activatedAt: null }, data: { activatedAt: now } })
    await tx.signingKey.create({ data: { ...next, createdAt: now } })
  })
}

/** Deletes keys that retired before `since`: no token of theirs is still valid. */
export async function removeRetired(since: Date): Promise<void> {
  await (await database()).signingKey.deleteMany({ where: { retiredAt: { lt: since } } })
}

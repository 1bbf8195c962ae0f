import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database, type Transaction, transaction } from '../../db/database.ts'
import { lockPlace } from '../../db/lock-place.ts'
import { newId } from '../../ids.ts'
import { doneBefore, noteOnce, type Once } from '../../once/once.ts'

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, method: StoredMethod) => Promise<void>

/** More ways to pay than anybody looks after. */
export const maxMethods = 20

export type StoredMethod = Awaited<ReturnType<typeof list>>[number]

/** Keeps a method, once for each Idempotency-Key; `full` where the place has `maxMethods`, null where what was made is gone. */
export async function save(
  { tenantId, environment }: Place,
  label: string,
  once: Once | undefined,
  recorded: Recorded,
): Promise<StoredMethod | 'full' | null> {
  const place = { tenantId, environment }
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const earlier = await doneBefore(tx, place, once)
    if (earlier !== undefined) return find(place, earlier, tx)
    if ((await tx.paymentMethod.count({ where: place })) >= maxMethods) return 'full' as const
    const id = newId('pm')
    await noteOnce(tx, place, once, id)
    const made = await tx.paymentMethod.create({ data: { ...place, id, label, createdAt: new Date(clock.now()) } })
    await recorded(tx, made)
    return made
  })
}

/** A place's methods, oldest first. */
export async function list({ tenantId, environment }: Place) {
  return (await database()).paymentMethod.findMany({
    where: { tenantId, environment },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** A method of a place, read in a transaction where one is open. */
export async function find(
  { tenantId, environment }: Place,
  id: string,
  tx?: Transaction,
): Promise<StoredMethod | null> {
  return (tx ?? (await database())).paymentMethod.findFirst({ where: { id, tenantId, environment } })
}

/** Removes a method; false where the place has none of that id. */
export async function remove(place: Place, id: string, recorded: Recorded): Promise<boolean> {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const found = await find(place, id, tx)
    if (!found) return false
    await tx.paymentMethod.delete({ where: { tenantId_id: { tenantId: place.tenantId, id } } })
    await recorded(tx, found)
    return true
  })
}

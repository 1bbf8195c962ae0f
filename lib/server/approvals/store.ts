import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, type Transaction, transaction } from '../db/database.ts'
import { deleteInLots } from '../db/delete-in-lots.ts'
import { lockPlace } from '../db/lock-place.ts'
import { doneBefore, noteOnce, type Once } from '../once/once.ts'

export type { Transaction }

export interface NewApproval extends Place {
  id: string
  clientId: string
  userId: string
  /** Canonical JSON. */
  action: string
  createdAt: Date
  expiresAt: Date
}

export interface StoredApproval extends NewApproval {
  answer: 'approved' | 'declined' | null
  answeredAt: Date | null
  passkeyId: string | null
  takenAt: Date | null
}

/**
 * Keeps what an app asks, unless the same request did before.
 *
 * @returns the id of what is kept
 * @throws Problem idempotency_conflict
 */
export async function save(approval: NewApproval, once: Once | undefined): Promise<string> {
  return transaction(async (tx) => {
    if (once) await lockPlace(tx, approval)
    const earlier = await doneBefore(tx, approval, once)
    if (earlier) return earlier
    await noteOnce(tx, approval, once, approval.id)
    await tx.approval.create({ data: approval })
    return approval.id
  })
}

/** What was asked under an id. */
export async function find(id: string): Promise<StoredApproval | null> {
  return (await (await database()).approval.findUnique({ where: { id } })) as StoredApproval | null
}

/** Keeps the user's answer; false where another was faster, or it came too late. Of several at once, one is kept. */
export async function answer(
  id: string,
  given: Pick<StoredApproval, 'answer' | 'passkeyId'>,
  within: (tx: Transaction) => Promise<void>,
): Promise<boolean> {
  const now = new Date(clock.now())
  return transaction(async (tx) => {
    const { count } = await tx.approval.updateMany({
      where: { id, answer: null, expiresAt: { gt: now } },
      data: { ...given, answeredAt: now },
    })
    if (count > 0) await within(tx)
    return count > 0
  })
}

/** Notes that the app is given the approval; false where it was before. Of several at once, one is given it. */
export async function take(id: string): Promise<boolean> {
  const where = { id, answer: 'approved', takenAt: null }
  const { count } = await (await database()).approval.updateMany({ where, data: { takenAt: new Date(clock.now()) } })
  return count > 0
}

/** Deletes what had to be answered before a moment. */
export async function removeExpired(before: Date): Promise<void> {
  await deleteInLots({ table: 'Approval', key: ['id'], column: 'expiresAt' }, before)
}

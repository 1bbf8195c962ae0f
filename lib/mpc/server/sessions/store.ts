import { later, longOver } from '../clock.ts'
import { database, type Transaction } from '../db/database.ts'
import type { Owner } from '../tokens/caller.ts'

export { type Transaction, transaction } from '../db/database.ts'

export type Purpose = 'keygen' | 'sign' | 'reshare'

/** A session as it is stored: what was asked, by its hash, and what was answered, sealed. */
export interface StoredSession {
  purpose: Purpose
  beginHash: string
  beginAnswer: string
  finishHash: string | null
  finishAnswer: string | null
  expiresAt: Date
}

export async function find(owner: Owner, id: string): Promise<StoredSession | undefined> {
  const { tenantId, environment, sub } = owner
  const row = await (await database()).session.findUnique({
    where: { tenantId_environment_sub_id: { tenantId, environment, sub, id } },
  })
  return row ? { ...row, purpose: row.purpose as Purpose } : undefined
}

/** How many sessions of an owner are there that end by then: what ends later began before the clock was set back. */
export async function count({ tenantId, environment, sub }: Owner, until: Date): Promise<number> {
  const where = { tenantId, environment, sub, finishHash: null, expiresAt: { gt: later(), lte: until } }
  return (await database()).session.count({ where })
}

/** Notes that a session has begun; false where it had, at another process even in this moment. */
export async function begin(
  { tenantId, environment, sub }: Owner,
  id: string,
  begun: Pick<StoredSession, 'purpose' | 'beginHash' | 'beginAnswer' | 'expiresAt'>,
  tx: Transaction,
): Promise<boolean> {
  const key = { tenantId, environment, sub, id }
  if (await tx.session.findUnique({ where: { tenantId_environment_sub_id: key }, select: { id: true } })) return false
  await tx.session.create({ data: { ...key, ...begun } })
  return true
}

/** Notes what a session ended with; false where it had ended before, or is there no more. */
export async function finish(
  { tenantId, environment, sub }: Owner,
  id: string,
  finished: { finishHash: string; finishAnswer: string; keyId?: string; expiresAt?: Date },
  tx: Transaction,
): Promise<boolean> {
  const where = { tenantId, environment, sub, id, finishHash: null, expiresAt: { gt: later() } }
  return (await tx.session.updateMany({ where, data: finished })).count === 1
}

/** Forgets the sessions whose answers are kept as long as a key. */
export async function removeOf({ tenantId, environment, sub }: Owner, keyId: string, tx: Transaction): Promise<void> {
  await tx.session.deleteMany({ where: { tenantId, environment, sub, keyId } })
}

/** Forgets sessions that are over. */
export async function removeExpired(): Promise<void> {
  await (await database()).session.deleteMany({ where: { expiresAt: { lt: longOver() } } })
}

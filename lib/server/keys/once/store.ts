import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import type { Transaction } from '../../db/database.ts'
import type { Once } from './once.ts'

const keptMilliseconds = 24 * 3_600_000

/** What an earlier request with the same key made: its id, or `conflict` where it asked for something else. */
export async function doneBefore(
  tx: Transaction,
  { tenantId, environment }: Place,
  once: Once | undefined,
): Promise<string | undefined> {
  if (!once) return undefined
  await tx.idempotentRequest.deleteMany({ where: { createdAt: { lte: new Date(clock.now() - keptMilliseconds) } } })
  const name = { tenantId, environment, key: once.key }
  const kept = await tx.idempotentRequest.findUnique({ where: { tenantId_environment_key: name } })
  if (!kept) return undefined
  return kept.fingerprint === once.fingerprint ? kept.resultId : 'conflict'
}

/** Notes what a request makes, in the transaction that makes it. */
export async function noteOnce(
  tx: Transaction,
  { tenantId, environment }: Place,
  once: Once | undefined,
  resultId: string,
): Promise<void> {
  const createdAt = new Date(clock.now())
  if (once) await tx.idempotentRequest.create({ data: { tenantId, environment, ...once, resultId, createdAt } })
}

import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import type { Transaction } from '../db/database.ts'

export type { Transaction }

/** A request that is carried out once: the key it came with, and what it asked for. */
export interface Once {
  key: string
  fingerprint: string
}

const keptMilliseconds = 24 * 3_600_000

// So many go with each look: all of a busy day at once would hold up everybody.
const atOnce = 100

/** What is kept of an earlier request with the same key: what it asked for, and the id of what it made. */
export async function find(
  tx: Transaction,
  { tenantId, environment }: Place,
  { key }: Once,
): Promise<{ fingerprint: string; resultId: string } | null> {
  const before = new Date(clock.now() - keptMilliseconds)
  await tx.$executeRaw`DELETE FROM "IdempotentRequest" WHERE ("tenantId", "environment", "key") IN
    (SELECT "tenantId", "environment", "key" FROM "IdempotentRequest" WHERE "createdAt" <= ${before} LIMIT ${atOnce})`
  await tx.idempotentRequest.deleteMany({ where: { tenantId, environment, key, createdAt: { lte: before } } })
  return tx.idempotentRequest.findUnique({
    where: { tenantId_environment_key: { tenantId, environment, key } },
    select: { fingerprint: true, resultId: true },
  })
}

/** Keeps a request with the id of what it makes. */
export async function save(
  tx: Transaction,
  { tenantId, environment }: Place,
  once: Once,
  resultId: string,
): Promise<void> {
  const createdAt = new Date(clock.now())
  await tx.idempotentRequest.create({ data: { tenantId, environment, ...once, resultId, createdAt } })
}

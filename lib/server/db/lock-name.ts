import type { Transaction } from './database.ts'

/**
 * Has every other transaction that locks the same name wait until this one ends, for what is of no place: what it looks for
 * and does not find is still so when it commits. To be asked for first.
 */
export async function lockName(tx: Transaction, name: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Setting" ("name", "value") VALUES (${`lock:${name}`}, '')
    ON CONFLICT ("name") DO UPDATE SET "value" = "Setting"."value"`
}

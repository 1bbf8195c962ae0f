import type { Place } from '../caller.ts'
import type { Transaction } from './database.ts'

/**
 * Has every other transaction that locks the same place wait until this one ends: what it counts, or looks for and does not
 * find, is still so when it commits. To be asked for first.
 */
export async function lockPlace(tx: Transaction, { tenantId }: Pick<Place, 'tenantId'>): Promise<void> {
  await tx.$executeRaw`UPDATE "Tenant" SET "name" = "name" WHERE "id" = ${tenantId}`
}

import type { Transaction } from './database.ts'

/**
 * Has every other transaction that locks the same user wait until this one ends: the passkeys that they have are still theirs,
 * and all of theirs, when it commits. Where there is no such user nothing is locked: who makes them is met by their unique name.
 */
export async function lockUser(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`UPDATE "User" SET "displayName" = "displayName" WHERE "id" = ${id}`
}

import type { Transaction } from './database.ts'

/**
 * Has whoever deletes an app wait until this transaction ends; false where there is none of that id, or it was deleted first.
 */
export async function lockClient(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.$executeRaw`UPDATE "OAuthClient" SET "name" = "name" WHERE "id" = ${id}`) > 0
}

import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import type { Transaction } from './database.ts'

const builtInPrefix = playgroundClientId('')

/**
 * Has whoever deletes an app wait until this transaction ends; false where there is none of that id, or it was deleted first.
 * The Playground's own, which has no row, nobody deletes.
 */
export async function lockClient(tx: Transaction, id: string): Promise<boolean> {
  if (id.startsWith(builtInPrefix)) return true
  return (await tx.$executeRaw`UPDATE "OAuthClient" SET "name" = "name" WHERE "id" = ${id}`) > 0
}

import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, direct } from '../../db/database.ts'

/** How many passkeys a place has of each model, and of each kind; from an index alone. */
export async function countsByModel({ tenantId, environment }: Place) {
  const sql = `
    SELECT "aaguid", "backupEligible" AS "synced", count(*) AS "passkeys" FROM "Passkey"
    WHERE "tenantId" = ? AND "environment" = ? GROUP BY "aaguid", "backupEligible"`
  return (await direct()).all<{ aaguid: string; synced: number; passkeys: number }>(sql, tenantId, environment)
}

/** The models of some passkeys of a place; those that are gone have none. */
export async function modelsOf({ tenantId, environment }: Place, ids: string[]) {
  const { passkey } = await database()
  return inChunks(ids, (some) =>
    passkey.findMany({ where: { id: { in: some }, tenantId, environment }, select: { id: true, aaguid: true } }),
  )
}

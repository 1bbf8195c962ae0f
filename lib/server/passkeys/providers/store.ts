import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, direct, stampOf } from '../../db/database.ts'

// So many are counted in a turn.
const inATurn = 10_000

/**
 * How many passkeys a place has of each model, and of each kind; from an index alone, some at a time, so that what else waits
 * comes between.
 */
export async function countsByModel(place: Place) {
  const found: { aaguid: string; synced: boolean; passkeys: number }[] = []
  for (let model = await modelBehind(place, ''); model !== undefined; model = await modelBehind(place, model)) {
    for (const synced of [false, true]) {
      const passkeys = await countOf(place, model, synced)
      if (passkeys > 0) found.push({ aaguid: model, synced, passkeys })
    }
  }
  return found
}

/** The first model of a place behind another, in the order of their ids. */
async function modelBehind({ tenantId, environment }: Place, aaguid: string): Promise<string | undefined> {
  const sql = `
    SELECT "aaguid" FROM "Passkey" WHERE "tenantId" = ? AND "environment" = ? AND "aaguid" > ? ORDER BY "aaguid" LIMIT 1`
  return (await (await direct()).first<{ aaguid: string }>(sql, tenantId, environment, aaguid))?.aaguid
}

async function countOf({ tenantId, environment }: Place, aaguid: string, synced: boolean): Promise<number> {
  const db = await direct()
  const ofKind = `"Passkey" WHERE "tenantId" = ? AND "environment" = ? AND "aaguid" = ? AND "backupEligible" = ${synced}`
  const count = async (until: string, ...moments: string[]) => {
    const sql = `SELECT count(*) AS "passkeys" FROM ${ofKind} AND "createdAt" > ?${until}`
    return (await db.first<{ passkeys: number }>(sql, tenantId, environment, aaguid, ...moments))?.passkeys ?? 0
  }
  const nth = `SELECT "createdAt" FROM ${ofKind} AND "createdAt" > ? ORDER BY "createdAt" LIMIT 1 OFFSET ${inATurn - 1}`
  let behind = stampOf(new Date(0))
  for (let passkeys = 0; ; await endOfTurn()) {
    const last = await db.first<{ createdAt: string }>(nth, tenantId, environment, aaguid, behind)
    if (!last) return passkeys + (await count('', behind))
    // Those of the same moment stay together.
    passkeys += await count(' AND "createdAt" <= ?', behind, last.createdAt)
    behind = last.createdAt
  }
}

/** The models of some passkeys of a place; those that are gone have none. */
export async function modelsOf({ tenantId, environment }: Place, ids: string[]) {
  const { passkey } = await database()
  const select = { id: true, aaguid: true, tenantId: true, environment: true }
  // By the ids alone: with the place, too, SQLite may go through all of its passkeys.
  const found = await inChunks(ids, (some) => passkey.findMany({ where: { id: { in: some } }, select }))
  return found.filter((one) => one.tenantId === tenantId && one.environment === environment)
}

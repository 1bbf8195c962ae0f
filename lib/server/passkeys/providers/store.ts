import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, direct, stampOf } from '../../db/database.ts'

/**
 * How many passkeys a place has of each model, and of each kind; from an index alone, some at a time, so that what else waits
 * comes between.
 *
 * @param inATurn so many at least, where there are as many
 */
export async function countsByModel(place: Place, inATurn = 10_000) {
  const found: { aaguid: string; synced: boolean; passkeys: number }[] = []
  for (let model = await modelBehind(place, ''); model !== undefined; model = await modelBehind(place, model)) {
    for (const synced of [false, true]) {
      const passkeys = await countOf(place, model, synced, inATurn)
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

async function countOf(
  { tenantId, environment }: Place,
  aaguid: string,
  synced: boolean,
  inATurn: number,
): Promise<number> {
  const db = await direct()
  const ofKind = `"Passkey" WHERE "tenantId" = ? AND "environment" = ? AND "aaguid" = ? AND "backupEligible" = ${synced}`
  // Those of the last moment stay together, whichever of them the limit left out.
  const sql = `
    WITH "some" AS (
      SELECT "createdAt" FROM ${ofKind} AND "createdAt" > ? ORDER BY "createdAt" LIMIT ${inATurn}
    ), "end" AS (SELECT max("createdAt") AS "last" FROM "some")
    SELECT "last", (SELECT count(*) FROM "some") AS "looked", (SELECT count(*) FROM "some" WHERE "createdAt" < "last") AS "before",
      (SELECT count(*) FROM ${ofKind} AND "createdAt" = "last") AS "with"
    FROM "end"`
  let behind = stampOf(new Date(0))
  for (let passkeys = 0; ; await endOfTurn()) {
    const found = await db.first<Some>(sql, tenantId, environment, aaguid, behind, tenantId, environment, aaguid)
    if (!found?.last) return passkeys
    passkeys += found.before + found.with
    if (found.looked < inATurn) return passkeys
    behind = found.last
  }
}

interface Some {
  last: string | null
  looked: number
  before: number
  with: number
}

/** The models of some passkeys of a place; those that are gone have none. */
export async function modelsOf({ tenantId, environment }: Place, ids: string[]) {
  const { passkey } = await database()
  const select = { id: true, aaguid: true, tenantId: true, environment: true }
  // By the ids alone: with the place, too, SQLite may go through all of its passkeys.
  const found = await inChunks(ids, (some) => passkey.findMany({ where: { id: { in: some } }, select }))
  return found.filter((one) => one.tenantId === tenantId && one.environment === environment)
}

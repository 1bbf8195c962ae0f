import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { dateOf, direct, stampOf } from '../../db/database.ts'

// Keys that work, from the index that has only those which were not revoked: by when they end, however many there were.

export interface WorkingKey {
  id: string
  name: string
  createdAt: Date
  expiresAt: Date | null
  /** The latest that replaces it and was not revoked. */
  successorId: string | null
}

/** Which keys: those that never end, or those that end after a moment, up to and with another. */
export type Ends = 'never' | { after: Date; until?: Date }

const ofPlace = `FROM "ApiKey" WHERE "tenantId" = ? AND "environment" = ? AND "revokedAt" IS NULL`

/** How many keys of a place work; no more of those that end, and of those that never do, than `most` are counted. */
export async function countWorking({ tenantId, environment }: Place, most: number): Promise<number> {
  const db = await direct()
  const count = async (ends: string, ...values: string[]) =>
    (await db.first<{ keys: number }>(
      `SELECT count(*) AS "keys" FROM (SELECT 1 ${ofPlace} AND "expiresAt" ${ends} LIMIT ${most}) AS "some"`,
      ...[tenantId, environment, ...values],
    )) ?? { keys: 0 }
  const [lasting, ending] = [await count('IS NULL'), await count('> ?', stampOf(new Date(clock.now())))]
  return Math.min(lasting.keys + ending.keys, most)
}

/** Whether a key of a place works. */
export async function anyWorks({ tenantId, environment }: Place): Promise<boolean> {
  const db = await direct()
  const one = (ends: string, ...values: string[]) =>
    db.first(`SELECT 1 ${ofPlace} AND "expiresAt" ${ends} LIMIT 1`, tenantId, environment, ...values)
  return Boolean((await one('IS NULL')) ?? (await one('> ?', stampOf(new Date(clock.now())))))
}

/** Keys of a place that work, `take` of them from behind one: those that end first, of those that never do the oldest. */
export async function workingKeys(
  { tenantId, environment }: Place,
  ends: Ends,
  take: number,
  behind: WorkingKey | undefined,
): Promise<WorkingKey[]> {
  const conditions: string[] = []
  const values: string[] = []
  const add = (condition: string, ...of: string[]) => {
    conditions.push(condition)
    values.push(...of)
  }
  if (ends === 'never') {
    add('"expiresAt" IS NULL')
    if (behind) add('("createdAt", "id") > (?, ?)', stampOf(behind.createdAt), behind.id)
  } else {
    if (behind?.expiresAt) {
      add(
        '("expiresAt", "createdAt", "id") > (?, ?, ?)',
        stampOf(behind.expiresAt),
        stampOf(behind.createdAt),
        behind.id,
      )
    } else add('"expiresAt" > ?', stampOf(ends.after))
    if (ends.until) add('"expiresAt" <= ?', stampOf(ends.until))
  }
  const sql = `
    SELECT "id", "name", "createdAt", "expiresAt", (
      SELECT "id" FROM "ApiKey" AS "other" WHERE "other"."predecessorId" = "ApiKey"."id" AND "other"."revokedAt" IS NULL
      ORDER BY "createdAt" DESC, "id" DESC LIMIT 1) AS "successorId"
    ${ofPlace} AND ${conditions.join(' AND ')}
    ORDER BY ${ends === 'never' ? '' : '"expiresAt", '}"createdAt", "id" LIMIT ?`
  const found = await (await direct()).all<Row>(sql, tenantId, environment, ...values, take)
  return found.map((row) => ({ ...row, createdAt: dateOf(row.createdAt), expiresAt: dateOf(row.expiresAt) }))
}

/** Keys of a place that work, were made before a moment and are replaced by none; the oldest, so many at most. */
export async function oldestUnreplaced({ tenantId, environment }: Place, before: Date, most: number) {
  const db = await direct()
  const find = (ends: string, ...values: string[]) =>
    db.all<{ id: string; name: string; createdAt: string }>(
      `SELECT "id", "name", "createdAt" ${ofPlace} AND "expiresAt" ${ends} AND "createdAt" <= ? AND NOT EXISTS (
         SELECT 1 FROM "ApiKey" AS "other" WHERE "other"."predecessorId" = "ApiKey"."id" AND "other"."revokedAt" IS NULL)
       ORDER BY "createdAt", "id" LIMIT ?`,
      ...[tenantId, environment, ...values, stampOf(before), most],
    )
  const found = [...(await find('IS NULL')), ...(await find('> ?', stampOf(new Date(clock.now()))))]
  return found
    .map(({ id, name, createdAt }) => ({ id, name, createdAt: dateOf(createdAt) }))
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .slice(0, most)
}

type Row = Omit<WorkingKey, 'createdAt' | 'expiresAt'> & { createdAt: string; expiresAt: string | null }

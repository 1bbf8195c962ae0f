import { expect } from 'vitest'
import { database, direct } from '../../server/db/database.ts'
import { counted as allCounted } from '../../server/usage/shards/counted.ts'
import type { Journal } from './journal.ts'

/**
 * Asserts what was promised: what clients heard of since the last time is there, and every answer was counted.
 *
 * @param askedAgain operations that a proxy may have asked for once more
 */
export async function compare(journal: Journal, tenantId: string, askedAgain: readonly string[] = []): Promise<void> {
  const news = journal.news()
  for (let tries = 1; ; tries++) {
    try {
      return await compareWith(news, journal, tenantId, askedAgain)
    } catch (error) {
      // A machine that has no time for PostgreSQL: then it is asked again.
      if ((error as { code?: string }).code !== 'unavailable' || tries === 20) throw error
    }
  }
}

async function compareWith(
  news: ReturnType<Journal['news']>,
  journal: Journal,
  tenantId: string,
  askedAgain: readonly string[],
): Promise<void> {
  const db = await database()
  const answered = [...journal.tallies.values()].map((tally) => ({ ...tally }))
  const sql = `
    SELECT "keyId", "operation", SUM("requests") AS "requests" FROM ${allCounted} WHERE "tenantId" = ? GROUP BY 1, 2`
  const rows = await (await direct()).all<{ keyId: string; operation: string; requests: number }>(sql, tenantId)
  const counted = new Map(rows.map(({ keyId, operation, requests }) => [`${keyId} ${operation}`, requests]))
  for (const { keyId, operation, answered: least } of answered) {
    const count = counted.get(`${keyId} ${operation}`) ?? 0
    const most = askedAgain.includes(operation) ? Number.POSITIVE_INFINITY : journal.tally(keyId, operation).asked
    if (count < least || count > most) journal.wrong.push(`${operation} counts ${count}, of ${least} to ${most}`)
  }
  const select = { id: true }
  const within = (ids: string[]) => ({ where: { id: { in: ids } }, select })
  const there: Record<keyof typeof news, { id: string }[]> = {
    user: await db.user.findMany(within(news.user)),
    passkey: await db.passkey.findMany(within(news.passkey)),
    apiKey: await db.apiKey.findMany(within(news.apiKey)),
    topUp: await db.topUp.findMany(within(news.topUp)),
    revoked: await db.apiKey.findMany({ where: { id: { in: news.revoked }, revokedAt: { not: null } }, select }),
  }
  for (const [what, ids] of Object.entries(news)) {
    const found = new Set(there[what as keyof typeof news].map(({ id }) => id))
    for (const id of ids) if (!found.has(id)) journal.wrong.push(`${what} ${id} is gone`)
  }
  expect(journal.wrong).toEqual([])
}

import { clock } from '../../clock.ts'
import { database, dateOf, direct, stampOf, transaction } from '../../db/database.ts'
import type { FoundRecord, Transaction } from '../store.ts'

/** A session of a user's that is good still, and the passkey that began it. */
export interface StoredSession extends FoundRecord {
  passkeyName: string
  expiresAt: Date
}

const atMost = 100
// By the passkeys: an index holds the records of each.
const sessionsOf = `
  FROM "OAuthRecord" r JOIN "Passkey" p ON p."id" = r."passkeyId"
  WHERE p."userId" = CAST(? AS TEXT) AND r."kind" = 'Session' AND r."expiresAt" > ?`

/** The sessions of a user that are good still, those that last longest first. */
export async function listSessions(userId: string): Promise<StoredSession[]> {
  const sql = `
    SELECT r."id", r."payload", r."grantId", r."passkeyId", r."consumedAt", r."expiresAt", p."name" AS "passkeyName"
    ${sessionsOf} ORDER BY r."expiresAt" DESC, r."id" DESC LIMIT ${atMost}`
  const rows = await (await direct()).all<Omit<StoredSession, 'expiresAt'> & { expiresAt: string }>(sql, userId, now())
  return rows.map((row) => ({ ...row, expiresAt: dateOf(row.expiresAt) }))
}

/**
 * Deletes the sessions of a user, or the one of an id: how many were good until then.
 *
 * @param noted what goes with it into its transaction, where there was one
 */
export async function removeSessions(
  userId: string,
  id: string | undefined,
  noted: (tx: Transaction, ended: number) => Promise<void>,
): Promise<number> {
  return transaction(async (tx) => {
    const found = await tx.$queryRawUnsafe<{ id: string }[]>(`SELECT r."id" ${sessionsOf}`, userId, now())
    const ids = found.map((row) => row.id).filter((one) => id === undefined || one === id)
    if (ids.length === 0) return 0
    // Of two that end the same one, one does.
    let ended = 0
    for (const one of ids) ended += (await tx.oAuthRecord.deleteMany({ where: { id: one } })).count
    if (ended > 0) await noted(tx, ended)
    return ended
  })
}

/** How many apps each of some users let in; who let in none is not among them. */
export async function countApps(userIds: string[]): Promise<Map<string, number>> {
  const rows = await (await database()).oAuthConsent.findMany({
    where: { userId: { in: userIds } },
    select: { userId: true, clientId: true },
    distinct: ['userId', 'clientId'],
  })
  const apps = new Map<string, number>()
  for (const { userId } of rows) apps.set(userId, (apps.get(userId) ?? 0) + 1)
  return apps
}

function now(): string {
  return stampOf(new Date(clock.now()))
}

import { clock, later } from '../../clock.ts'
import { dateOf, direct, stampOf } from '../../db/database.ts'
import type { KeptSecrets } from '../secrets.ts'

/** A delivery that is under way here, with all that it takes to send it. */
export interface Claimed extends Omit<KeptSecrets, 'id'> {
  id: string
  eventId: string
  endpointId: string
  tenantId: string
  environment: string
  lease: string
  scheduledAt: Date
  scheduled: number
  payload: string
  /** Somebody asked for it, and nothing of the kind happened. */
  test: boolean
  url: string
}

/** An attempt that was made, and what comes after it. */
export interface Settled {
  at: Date
  milliseconds: number
  status: number | null
  failure: string | null
  words: string | null
  requestHeaders: string
  answer: string
  answerTruncated: boolean
  scheduledAt: Date
  scheduled: number
  /** `pending`, `delivered` or `failed`. */
  outcome: string
  /** Null: there is none. */
  nextAt: Date | null
}

const now = () => stampOf(new Date(clock.now()))

const someDue = `SELECT "id" FROM "WebhookDelivery" WHERE "endpointId" = ? AND "dueAt" <= ? ORDER BY "dueAt" LIMIT ?`
// Of two processes that found the same one, the second finds it taken.
const take = `UPDATE "WebhookDelivery" SET "lease" = ?, "dueAt" = ? WHERE "id" IN (${someDue}) AND "dueAt" <= ?`
const drop = `
  UPDATE "WebhookDelivery" SET "status" = 'failed', "lease" = NULL, "dueAt" = NULL
  WHERE "id" IN (${someDue}) AND "dueAt" <= ?`
const taken = `
  SELECT d."id", d."eventId", d."endpointId", d."tenantId", d."environment", d."lease", d."scheduledAt", d."scheduled",
         e."payload", e."test", p."url", p."secret", p."previousSecret", p."previousUntil", p."privateKey"
  FROM "WebhookDelivery" d JOIN "WebhookEvent" e ON e."id" = d."eventId"
    JOIN "WebhookEndpoint" p ON p."id" = d."endpointId"
  WHERE d."lease" = CAST(? AS TEXT)`

/**
 * Takes what is due at some endpoints, for as long as a lease lasts: no other process has it under way meanwhile.
 *
 * @param wanted how many at most of each
 */
export async function claim(
  lease: string,
  until: Date,
  wanted: { endpointId: string; most: number }[],
): Promise<Claimed[]> {
  const db = await direct()
  const moment = now()
  const count = await db.write(() =>
    wanted.map(({ endpointId, most }) => [take, lease, stampOf(until), endpointId, moment, most, moment]),
  )
  if (count === 0) return []
  type Stored = { scheduledAt: string; previousUntil: string | null; test: number }
  const rows = await db.all<Omit<Claimed, keyof Stored> & Stored>(taken, lease)
  return rows.map((row) => ({
    ...row,
    test: Boolean(row.test),
    scheduledAt: dateOf(row.scheduledAt),
    previousUntil: dateOf(row.previousUntil),
  }))
}

/** Gives up what is due at endpoints that are off or gone, so many at each; how many it was. */
export async function giveUp(endpointIds: string[], most: number): Promise<number> {
  const moment = now()
  return (await direct()).write(() => endpointIds.map((id) => [drop, id, moment, most, moment]))
}

/** Gives leases back before their time: what had them is due now. */
export async function giveBack(leases: string[]): Promise<void> {
  const sql = `UPDATE "WebhookDelivery" SET "lease" = NULL, "dueAt" = ? WHERE "lease" = ?`
  const moment = now()
  await (await direct()).write(() => leases.map((lease) => [sql, moment, lease]))
}

/**
 * After the clock was set back: due now is what would be due within that time, what was to be sent at once, and what was tried
 * at a moment that is to come; a lease that lies further ahead than one can ends as one that was taken now.
 */
export async function bringForward(milliseconds: number, leaseMilliseconds: number): Promise<void> {
  const moment = now()
  const within = stampOf(later(milliseconds))
  const leaseEnd = stampOf(later(leaseMilliseconds))
  const due = `
    UPDATE "WebhookDelivery" SET "dueAt" = ?
    WHERE "dueAt" > ? AND "lease" IS NULL AND ("scheduled" = 0 OR "dueAt" <= ? OR "lastAttemptAt" > ?)`
  const leased = `UPDATE "WebhookDelivery" SET "dueAt" = ? WHERE "dueAt" > ? AND "lease" IS NOT NULL`
  await (await direct()).write(() => [
    [due, moment, moment, within, moment],
    [leased, leaseEnd, leaseEnd],
  ])
}

const keepAttempt = `
  INSERT INTO "WebhookAttempt"
    ("deliveryId", "number", "at", "milliseconds", "status", "failure", "words", "requestHeaders", "answer", "answerTruncated")
  SELECT "id", "attempts" + 1, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS TEXT),
         CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS INTEGER) = 1 FROM "WebhookDelivery"
  WHERE "id" = ? AND "lease" = ?`
const settleDelivery = `
  UPDATE "WebhookDelivery" SET "status" = ?, "scheduledAt" = ?, "scheduled" = ?, "dueAt" = ?, "lease" = NULL,
    "attempts" = "attempts" + 1, "lastAttemptAt" = ?, "lastStatus" = ?, "lastFailure" = ?, "lastMilliseconds" = ?
  WHERE "id" = ? AND "lease" = ?`
const arrived = `UPDATE "WebhookEndpoint" SET "failingSince" = NULL WHERE "id" = ? AND "failingSince" IS NOT NULL`
const failed = `UPDATE "WebhookEndpoint" SET "failingSince" = ? WHERE "id" = ? AND "failingSince" IS NULL`

/** Keeps an attempt and what comes after it, all in one commit; nothing of a delivery that another process has by now. */
export async function settle({ id, lease, endpointId }: Claimed, settled: Settled): Promise<void> {
  const { at, milliseconds, status, failure, words, requestHeaders, answer, answerTruncated } = settled
  const { outcome, scheduledAt, scheduled, nextAt } = settled
  const stamp = stampOf(at)
  const kept = [stamp, milliseconds, status, failure, words, requestHeaders, answer, Number(answerTruncated), id, lease]
  const last = [stamp, status, failure, milliseconds, id, lease]
  await (await direct()).write(() => [
    [keepAttempt, ...kept],
    [settleDelivery, outcome, stampOf(scheduledAt), scheduled, nextAt && stampOf(nextAt), ...last],
    failure === null ? [arrived, endpointId] : [failed, stamp, endpointId],
  ])
}

/** Deletes events that were told before a moment with all that came of them, so many at most; how many it was. */
export async function sweep(before: Date, most: number): Promise<number> {
  const old = `SELECT "id" FROM "WebhookEvent" WHERE "createdAt" < ? ORDER BY "createdAt" LIMIT ?`
  const sql = `DELETE FROM "WebhookEvent" WHERE "id" IN (${old})`
  return (await direct()).write(() => [[sql, stampOf(before), most]])
}

/** Forgets secrets that sign no more. */
export async function forgetPrevious(): Promise<void> {
  const sql = `
    UPDATE "WebhookEndpoint" SET "previousSecret" = NULL, "previousUntil" = NULL WHERE "previousUntil" <= ?`
  const moment = now()
  await (await direct()).write(() => [[sql, moment]])
}

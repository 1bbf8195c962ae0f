import { dateOf, direct, stampOf } from '../../db/database.ts'

// As many rows as are told at most, or the entries of an index alone: an endpoint may have a million deliveries.

const between = `
  SELECT COUNT(*) AS "deliveries", COALESCE(SUM(CASE WHEN "status" = 'delivered' THEN 1 ELSE 0 END), 0) AS "delivered"
  FROM "WebhookDelivery" WHERE "endpointId" = ? AND "createdAt" >= ? AND "createdAt" < ?`

/** What became of the deliveries to an endpoint that were told from a moment on, up to another. */
export async function countsBetween(endpointId: string, from: Date, to: Date) {
  const row = await (await direct()).first<{ deliveries: number; delivered: number }>(
    between,
    ...[endpointId, stampOf(from), stampOf(to)],
  )
  return row ?? { deliveries: 0, delivered: 0 }
}

const failedAndWaiting = `
  SELECT COUNT(*) AS "count", MIN("createdAt") AS "since" FROM (
    SELECT "createdAt" FROM "WebhookDelivery" WHERE "endpointId" = ? AND "dueAt" IS NOT NULL AND "attempts" > 0
    ORDER BY "createdAt" LIMIT ?) "some"`

/** How many deliveries failed at least once and wait for another attempt, `most` at most, and when the oldest was told. */
export async function waiting(endpointId: string, most: number): Promise<{ count: number; since: Date | null }> {
  const row = await (await direct()).first<{ count: number; since: string | null }>(failedAndWaiting, endpointId, most)
  return { count: row?.count ?? 0, since: dateOf(row?.since ?? null) }
}

const oldest = (status: string) => `
  SELECT MIN("createdAt") AS "at" FROM "WebhookDelivery" WHERE "endpointId" = ? AND "status" = '${status}'`
const oldestUndelivered = `SELECT MIN("at") AS "at" FROM (${oldest('pending')} UNION ALL ${oldest('failed')}) "each"`

/** When the oldest delivery to an endpoint was told that did not arrive, or not yet. */
export async function undeliveredSince(endpointId: string): Promise<Date | null> {
  const row = await (await direct()).first<{ at: string | null }>(oldestUndelivered, endpointId, endpointId)
  return dateOf(row?.at ?? null)
}

const answered = `
  SELECT "lastMilliseconds" AS "milliseconds" FROM (
    SELECT "lastStatus", "lastMilliseconds" FROM "WebhookDelivery" WHERE "endpointId" = ?
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ?) "latest"
  WHERE "lastStatus" IS NOT NULL`

/** How long the last answers to the latest deliveries took, of so many at most, in milliseconds. */
export async function latencies(endpointId: string, most: number): Promise<number[]> {
  const rows = await (await direct()).all<{ milliseconds: number }>(answered, endpointId, most)
  return rows.map(({ milliseconds }) => milliseconds)
}

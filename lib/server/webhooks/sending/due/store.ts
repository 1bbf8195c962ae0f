import { clock } from '../../../clock.ts'
import { dateOf, direct, stampOf } from '../../../db/database.ts'

/** An endpoint to which something is due. */
export interface DueEndpoint {
  endpointId: string
  /** Null: it was deleted. */
  tenantId: string | null
  enabled: boolean
  failing: boolean
}

/** An endpoint to which something is to be sent some time. */
export interface Waiting extends DueEndpoint {
  /** Whether something is due now. */
  due: boolean
}

const now = () => stampOf(new Date(clock.now()))

/** When the next delivery is due; null where nothing waits. A look at the first entry of an index. */
export async function firstDue(): Promise<Date | null> {
  const sql = `SELECT MIN("dueAt") AS "at" FROM "WebhookDelivery" WHERE "dueAt" IS NOT NULL`
  const row = await (await direct()).first<{ at: string | null }>(sql)
  return dateOf(row?.at ?? null)
}

interface Endpoint {
  endpointId: string
  tenantId: string | null
  enabled: number | null
  failingSince: string | null
}

const dueOf = ({ endpointId, tenantId, enabled, failingSince }: Endpoint): DueEndpoint => ({
  endpointId,
  tenantId,
  enabled: Boolean(enabled),
  failing: failingSince !== null,
})

const longest = `
  SELECT "longest"."endpointId", COUNT(*) AS "count", p."tenantId", p."enabled", p."failingSince"
  FROM (SELECT "endpointId", "dueAt" FROM "WebhookDelivery" WHERE "dueAt" <= ? ORDER BY "dueAt" LIMIT ?) "longest"
    LEFT JOIN "WebhookEndpoint" p ON p."id" = "longest"."endpointId"
  GROUP BY "longest"."endpointId", p."id" ORDER BY MIN("longest"."dueAt")`

/** The endpoints of the `most` deliveries that are due longest, in that order; `all` where no more are due. */
export async function longestDue(most: number): Promise<{ endpoints: DueEndpoint[]; all: boolean }> {
  const rows = await (await direct()).all<Endpoint & { count: number }>(longest, now(), most)
  return { endpoints: rows.map(dueOf), all: rows.reduce((sum, { count }) => sum + count, 0) < most }
}

// From each endpoint to the next by a look at the index: however much waits for one, it is passed over at once.
const endpoints = `
  WITH RECURSIVE "next"("id", "n") AS (
    SELECT (SELECT MIN("endpointId") FROM "WebhookDelivery" WHERE "dueAt" IS NOT NULL AND "endpointId" > ?), 1
    UNION ALL
    SELECT (SELECT MIN("endpointId") FROM "WebhookDelivery" WHERE "dueAt" IS NOT NULL AND "endpointId" > "next"."id"),
           "n" + 1
    FROM "next" WHERE "next"."id" IS NOT NULL AND "n" < ?
  )
  SELECT "next"."id" AS "endpointId", p."tenantId", p."enabled", p."failingSince",
         (SELECT MIN(d."dueAt") FROM "WebhookDelivery" d WHERE d."endpointId" = "next"."id" AND d."dueAt" IS NOT NULL)
         AS "dueAt"
  FROM "next" LEFT JOIN "WebhookEndpoint" p ON p."id" = "next"."id" WHERE "next"."id" IS NOT NULL`

/** Endpoints to which something is to be sent some time, by their ids, `most` of them, from behind one. */
export async function waiting(after: string, most: number): Promise<Waiting[]> {
  const rows = await (await direct()).all<Endpoint & { dueAt: string }>(endpoints, after, most)
  const moment = now()
  return rows.map((row) => ({ ...dueOf(row), due: row.dueAt <= moment }))
}

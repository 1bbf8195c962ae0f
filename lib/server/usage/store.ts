import type { UsageGroup } from '#lib/contract/usage.ts'
import { database, Prisma } from '../db/database.ts'

export interface Count {
  tenantId: string
  environment: string
  keyId: string
  operation: string
  outcome: string
  /** Hours since the epoch. */
  hour: number
  requests: number
}

/** Adds counts to those that are kept, all or none. */
export async function add(counts: Count[]): Promise<void> {
  const rows = counts.map(
    (count) =>
      Prisma.sql`(${count.tenantId}, ${count.environment}, ${count.keyId}, ${count.operation}, ${count.outcome}, ${count.hour}, ${count.requests})`,
  )
  await (await database()).$executeRaw`
    INSERT INTO "UsageCount" ("tenantId", "environment", "keyId", "operation", "outcome", "hour", "requests")
    VALUES ${Prisma.join(rows)}
    ON CONFLICT DO UPDATE SET "requests" = "requests" + excluded."requests"`
}

const columns: Record<UsageGroup, Prisma.Sql> = {
  day: Prisma.sql`"hour" / 24`,
  hour: Prisma.sql`"hour"`,
  key: Prisma.sql`"keyId"`,
  operation: Prisma.sql`"operation"`,
}

export interface Sum {
  /** A key's id, an operation, or hours or days since the epoch. */
  group: string | bigint
  requests: bigint
  errors: bigint
}

/** Sums of one tenant's environment from hour `from` up to but without hour `to`, by group, in the group's order. */
export async function sum(
  tenantId: string,
  environment: string,
  from: number,
  to: number,
  by: UsageGroup,
): Promise<Sum[]> {
  return (await database()).$queryRaw<Sum[]>`
    SELECT ${columns[by]} AS "group", SUM("requests") AS "requests",
           SUM(CASE WHEN "outcome" = 'ok' THEN 0 ELSE "requests" END) AS "errors"
    FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1 ORDER BY 1`
}

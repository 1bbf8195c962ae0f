import type { Place } from '../../caller.ts'
import { stampOf, type Transaction } from '../../db/database.ts'

export type { Transaction }

/** Something that happened, as it is sent. */
export interface NewEvent extends Place {
  id: string
  type: string
  /** JSON, to the byte. */
  payload: string
  at: Date
}

type Statement = readonly [sql: string, ...values: string[]]

// A type stands in `events` with a space on either side.
const keepEvent = `
  INSERT INTO "WebhookEvent" ("id", "tenantId", "environment", "type", "payload", "test", "createdAt")
  SELECT ?, ?, ?, ?, ?, false, ? WHERE EXISTS (
    SELECT 1 FROM "WebhookEndpoint"
    WHERE "tenantId" = ? AND "environment" = ? AND "enabled" AND "events" LIKE ?)`

const keepDeliveries = `
  INSERT INTO "WebhookDelivery"
    ("id", "eventId", "endpointId", "tenantId", "environment", "status", "scheduledAt", "dueAt", "createdAt")
  SELECT 'dlv_' || substr(e."id", 5) || substr(p."id", 4), e."id", p."id", e."tenantId", e."environment", 'pending',
         e."createdAt", e."createdAt", e."createdAt"
  FROM "WebhookEvent" e JOIN "WebhookEndpoint" p ON p."tenantId" = e."tenantId" AND p."environment" = e."environment"
    AND p."enabled" AND p."events" LIKE '% ' || e."type" || ' %'
  WHERE e."id" = ?`

/**
 * What keeps an event, with a delivery for each endpoint that listens in its place; where none does, they write nothing.
 * Both belong into one commit.
 */
export function statementsOf({ id, tenantId, environment, type, payload, at }: NewEvent): [Statement, Statement] {
  const listening = [tenantId, environment, `% ${type} %`]
  return [
    [keepEvent, id, tenantId, environment, type, payload, stampOf(at), ...listening],
    [keepDeliveries, id],
  ]
}

/** Keeps an event in a transaction that is open; false where nobody listens. */
export async function keep(tx: Transaction, event: NewEvent): Promise<boolean> {
  const [[first, ...values], [second, ...ids]] = statementsOf(event)
  if ((await tx.$executeRawUnsafe(first, ...values)) === 0) return false
  await tx.$executeRawUnsafe(second, ...ids)
  return true
}

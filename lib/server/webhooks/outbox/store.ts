import type { Place } from '../../caller.ts'
import { stampOf, type Transaction } from '../../db/database.ts'
import { type Write, writeIn } from '../../db/write-in.ts'

export type { Transaction, Write }

/** Something that happened, as it is sent. */
export interface NewEvent extends Place {
  id: string
  type: string
  /** JSON, to the byte. */
  payload: string
  at: Date
}

// A type stands in `events` with a space on either side. Its pattern in a CAST: SQLite compiles a LIKE anew for every value
// that it can see, which costs more than the statement.
const keepEvent = `
  INSERT INTO "WebhookEvent" ("id", "tenantId", "environment", "type", "payload", "test", "createdAt")
  SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), false, ?
  WHERE EXISTS (
    SELECT 1 FROM "WebhookEndpoint"
    WHERE "tenantId" = ? AND "environment" = ? AND "events" LIKE CAST(? AS TEXT))`

// For an endpoint that is off it is kept as given up, for whoever turns it on again and recovers.
const keepDeliveries = `
  INSERT INTO "WebhookDelivery"
    ("id", "eventId", "endpointId", "tenantId", "environment", "status", "scheduledAt", "dueAt", "createdAt")
  SELECT 'dlv_' || substr(e."id", 5) || substr(p."id", 4), e."id", p."id", e."tenantId", e."environment",
         CASE WHEN p."enabled" THEN 'pending' ELSE 'failed' END, e."createdAt",
         CASE WHEN p."enabled" THEN e."createdAt" END, e."createdAt"
  FROM "WebhookEvent" e JOIN "WebhookEndpoint" p ON p."tenantId" = e."tenantId" AND p."environment" = e."environment"
    AND p."events" LIKE '% ' || e."type" || ' %'
  WHERE e."id" = ?`

/** What keeps an event, with a delivery for each endpoint that listens in its place; where none does, it writes nothing. */
export function writeOf({ id, tenantId, environment, type, payload, at }: NewEvent): Write {
  const listening = [tenantId, environment, `% ${type} %`]
  return {
    first: [keepEvent, id, tenantId, environment, type, payload, stampOf(at), ...listening],
    next: () => [[keepDeliveries, id]],
  }
}

/** Keeps an event in a transaction that is open; false where nobody listens. */
export async function keep(tx: Transaction, event: NewEvent): Promise<boolean> {
  return (await writeIn(tx, [writeOf(event)])) > 0
}

import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { database } from '../../db/database.ts'
import { newTenant, send } from './harness.ts'

// Tenants whose keys are managed. Live enterprise keys do the managing: a test that is not about limits meets none.

const every: Scope[] = [...scopeNames]

/** A tenant with a key that may do everything in its live environment. */
export async function managedTenant() {
  const tenant = await newTenant({ type: 'live' })
  const manager = await tenant.addKey('live', every, { tier: 'enterprise' })
  return { ...tenant, manager, keys: manager.client.keys, kept: () => keptOf(tenant.tenant.id) }
}

/** A tenant's keys, OAuth clients, webhooks, money and audit log as they are stored, to show that a refusal changed nothing. */
export async function keptOf(tenantId: string) {
  const db = await database()
  const where = { tenantId }
  const [keys, clients, webhooks, deliveries, events] = await Promise.all([
    db.apiKey.findMany({ where, orderBy: { id: 'asc' } }),
    db.oAuthClient.findMany({ where, include: { secrets: { orderBy: { id: 'asc' } } }, orderBy: { id: 'asc' } }),
    db.webhookEndpoint.findMany({ where, orderBy: { id: 'asc' } }),
    // Their attempts go on by themselves, where the server sends.
    db.webhookDelivery.findMany({
      where,
      select: { id: true, endpointId: true, scheduledAt: true },
      orderBy: { id: 'asc' },
    }),
    db.auditEvent.findMany({ where, orderBy: { id: 'asc' } }),
  ])
  return { keys, clients, webhooks, deliveries, events, money: await moneyOf(tenantId) }
}

/** A tenant's money as it is stored. */
export async function moneyOf(tenantId: string) {
  const db = await database()
  const where = { tenantId }
  const [accounts, transactions, reservations, methods, topUps] = await Promise.all([
    db.account.findMany({ where, orderBy: { environment: 'asc' } }),
    db.ledgerTransaction.findMany({ where, include: { entries: true }, orderBy: { id: 'asc' } }),
    db.reservation.findMany({ where, orderBy: { runId: 'asc' } }),
    db.paymentMethod.findMany({ where, orderBy: { id: 'asc' } }),
    db.topUp.findMany({ where, orderBy: { id: 'asc' } }),
  ])
  return { accounts, transactions, reservations, methods, topUps }
}

/** Sends a request with a key and, where there is one, a JSON body; the answer as it came. */
export function sendAs(
  key: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const json: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return send(method, path, {
    headers: { Authorization: `Bearer ${key}`, ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** What is left of a bucket's minute and of its slots, by the headers of an answer. */
export function leftOf({ headers }: { headers: Headers }): { requests: number; concurrent: number } {
  const text = headers.get('ratelimit') ?? ''
  const [requests, concurrent] = ['requests', 'concurrent'].map((policy) =>
    Number(new RegExp(`"${policy}";r=(\\d+)`).exec(text)?.[1] ?? Number.NaN),
  )
  return { requests: requests as number, concurrent: concurrent as number }
}

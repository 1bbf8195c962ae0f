import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import type { Place } from '../../caller.ts'
import { database } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import { newTenant } from './harness.ts'
import { moneyOf } from './keys-harness.ts'

// Tenants that have money, and are told of it.

/** A tenant with a key that may do everything in one environment, where an endpoint listens to every event. */
export async function moneyedTenant(type: 'test' | 'live' = 'test', scopes: Scope[] = [...scopeNames]) {
  const home = await newTenant({ type, scopes })
  const place: Place = { tenantId: home.tenant.id, environment: type }
  await listen(place)
  return {
    ...home,
    place,
    account: home.client.account,
    money: () => moneyOf(place.tenantId),
    told: () => toldIn(place),
  }
}

/** Has an endpoint listen to every event of a place. */
async function listen(place: Place): Promise<void> {
  const sealed = { secret: '', secretHint: '', publicKey: '', privateKey: '' }
  const url = 'https://hooks.example'
  const events = ` ${webhookEventTypeNames.join(' ')} `
  const data = { id: newId('we'), ...place, ...sealed, url, events, description: '', createdBy: 'x', enabled: true }
  await (await database()).webhookEndpoint.create({ data: { ...data, createdAt: new Date() } })
}

/** The account's events of a place, oldest first: type and data. */
async function toldIn(place: Place): Promise<[type: string, data: object][]> {
  const events = await (await database()).webhookEvent.findMany({
    where: { ...place, type: { startsWith: 'account.' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return events.map(({ type, payload }) => [type, JSON.parse(payload).data])
}

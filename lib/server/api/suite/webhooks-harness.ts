import { database } from '../../db/database.ts'
import { newId } from '../../ids.ts'

// Endpoints and deliveries that stay as they are, also where a server sends: of an event that does not happen here, to a name
// at which nothing answers.

export const quietHook = { url: 'https://hooks.example/in', events: ['oauth.grant_revoked' as const] }

/** Keeps a delivery to an endpoint as it became: nobody sends it. */
export async function keepDelivery(endpointId: string, status: 'delivered' | 'failed'): Promise<{ id: string }> {
  const db = await database()
  const { tenantId, environment } = await db.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } })
  const [at, type, place] = [new Date(), 'key.created', { tenantId, environment }]
  const id = `dlv_${newId('msg').slice(4)}${endpointId.slice(3)}`
  const delivery = { id, endpointId, ...place, status, scheduledAt: at, createdAt: at }
  const payload = JSON.stringify({ type, timestamp: at.toISOString(), data: { keyId: 'k', name: 'backend' } })
  const event = { id: newId('msg'), ...place, type, payload, createdAt: at }
  await db.webhookEvent.create({ data: { ...event, deliveries: { create: [delivery] } } })
  return { id }
}

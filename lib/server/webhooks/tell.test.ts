import { beforeAll, expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { exampleOf } from '#lib/contract/webhook-events.ts'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import type { Place } from '../caller.ts'
import { database } from '../db/database.ts'
import { newId } from '../ids.ts'
import { writeApiKey } from '../keys/api-key.ts'
import { createTenant } from '../tenants/tenants.ts'
import { tell } from './tell.ts'

let place: Place
beforeAll(async () => {
  place = { tenantId: (await createTenant({ name: 'Shop', slug: 'shop' })).id, environment: 'test' }
})

async function listen(of: Place, events: readonly string[], enabled = true): Promise<string> {
  const id = newId('we')
  const sealed = { secret: '', secretHint: '', publicKey: '', privateKey: '' }
  const data = { id, ...of, ...sealed, url: 'https://hooks.example', description: '', createdBy: 'x', enabled }
  const db = await database()
  await db.webhookEndpoint.create({ data: { ...data, events: ` ${events.join(' ')} `, createdAt: new Date() } })
  return id
}

const deliveriesOf = async (endpointId: string) =>
  (await database()).webhookDelivery.findMany({ where: { endpointId }, include: { event: true } })
const all = async () => {
  const db = await database()
  return [await db.webhookEvent.count(), await db.webhookDelivery.count()]
}
const telling = async (name: string) =>
  (await database()).$transaction((tx) => tell(tx, place, 'key.created', { keyId: 'k', name }))

test('where nobody listens nothing is written', async () => {
  await listen(place, ['key.revoked'])
  await listen({ ...place, environment: 'live' }, webhookEventTypeNames)
  const before = await all()
  await telling('one')
  expect(await all()).toEqual(before)
})

test('each endpoint that listens in the place gets the same event, due at once', async () => {
  const [one, other, deaf] = [
    await listen(place, ['key.created', 'key.rotated']),
    await listen(place, webhookEventTypeNames),
    await listen(place, ['key.rotated']),
  ]
  await telling('backend')
  const [first] = await deliveriesOf(one)
  const [second] = await deliveriesOf(other)
  expect(first?.eventId).toBe(second?.eventId)
  expect(first?.id).not.toBe(second?.id)
  expect(first).toMatchObject({ ...place, status: 'pending', attempts: 0, dueAt: first?.createdAt })
  expect(JSON.parse(first?.event.payload ?? '')).toEqual({
    type: 'key.created',
    timestamp: first?.createdAt.toISOString(),
    data: { keyId: 'k', name: 'backend' },
  })
  expect(await deliveriesOf(deaf)).toEqual([])
})

test('what an endpoint that is off would have got is kept for it, and not sent', async () => {
  const off = await listen(place, ['key.created'], false)
  await telling('meanwhile')
  expect(await deliveriesOf(off)).toMatchObject([{ status: 'failed', attempts: 0, dueAt: null }])
})

test('every event of the catalogue reaches an endpoint that listens to it alone', async () => {
  for (const type of webhookEventTypeNames) {
    const endpoint = await listen(place, [type])
    await (await database()).$transaction((tx) => tell(tx, place, type, exampleOf(type)))
    expect((await deliveriesOf(endpoint)).map(({ event }) => event.type)).toEqual([type])
  }
})

test('an event goes with its transaction: what was undone is told to nobody', async () => {
  const endpoint = await listen(place, ['key.created'])
  const undone = (await database()).$transaction(async (tx) => {
    await tell(tx, place, 'key.created', { keyId: 'k', name: 'never' })
    throw new Error('The change failed.')
  })
  await expect(undone).rejects.toThrow('The change failed.')
  expect(await deliveriesOf(endpoint)).toEqual([])
  await telling('there')
  expect(await deliveriesOf(endpoint)).toHaveLength(1)
})

test('a secret that got into a name is not told, and neither is anything large', async () => {
  const endpoint = await listen(place, ['key.created'])
  const secret = writeApiKey('live')
  await telling(secret)
  expect(JSON.stringify(await deliveriesOf(endpoint))).not.toContain(secret.slice(21, 50))
  await expect(telling('x'.repeat(20_000))).rejects.toThrow(RangeError)
})

test('the database changes no attempt, and deletes none without its delivery', async () => {
  const db = await database()
  const endpoint = await listen(place, ['key.created'])
  await telling('attempted')
  const [delivery] = await deliveriesOf(endpoint)
  const deliveryId = delivery?.id ?? ''
  const attempt = { deliveryId, number: 1, at: new Date(), milliseconds: 3, requestHeaders: '{}', answer: '' }
  await db.webhookAttempt.create({ data: { ...attempt, answerTruncated: false } })
  const refused = /An attempt never changes/
  await expect(db.$executeRaw`UPDATE "WebhookAttempt" SET "answer" = 'other'`).rejects.toThrow(refused)
  await expect(db.$executeRaw`DELETE FROM "WebhookAttempt"`).rejects.toThrow(refused)
  // Another way to change a row, which SQLite alone has.
  if (!isOnPostgresql) {
    const replaced = db.$executeRaw`INSERT OR REPLACE INTO "WebhookAttempt" SELECT * FROM "WebhookAttempt"`
    await expect(replaced).rejects.toThrow(refused)
  }
  expect(await db.webhookAttempt.count({ where: { deliveryId } })).toBe(1)
  await db.webhookEvent.delete({ where: { id: delivery?.eventId ?? '' } })
  expect(await db.webhookAttempt.count({ where: { deliveryId } })).toBe(0)
})

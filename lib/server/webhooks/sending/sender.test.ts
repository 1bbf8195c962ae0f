import { verify } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { attempted, caller, deliveriesTo, happens, hour, listen, receiving } from '../../../setup/webhook-sending.ts'
import { placeOf } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { readDelivery } from '../deliveries/deliveries.ts'
import { deleteWebhook, updateWebhook } from '../endpoints.ts'
import { longestDue } from './due/store.ts'
import { beginSending, endSending, sendDue } from './sender.ts'
import { sweepNowAndThen } from './sweep.ts'

test('what happened is sent once to each endpoint that listens, and the stock library verifies it', async () => {
  const receiver = await receiving()
  const made = await listen(`${receiver.url}in`)
  const deaf = await listen(`${receiver.url}deaf`, ['key.revoked'])
  await happens('bäckend')
  await sendDue()
  await sendDue()
  const [one, ...more] = receiver.received
  expect([one?.path, more]).toEqual(['/in', []])
  const { body = '', headers = {} } = one ?? {}
  const payload = { type: 'key.created', timestamp: expect.stringMatching(/Z$/), data: { keyId: 'k', name: 'bäckend' } }
  expect(new Webhook(made.secret ?? '').verify(body, headers as Record<string, string>)).toEqual(payload)
  expect(() => new Webhook(made.secret ?? '').verify(`${body} `, headers as Record<string, string>)).toThrow()
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': expect.stringMatching(/webhooks/) })

  // The asymmetric signature, by the public key that the endpoint shows.
  const signature =
    String(headers['webhook-signature'])
      .split(' ')
      .find((part) => part.startsWith('v1a,')) ?? ''
  const x = Buffer.from(made.publicKey.slice('whpk_'.length), 'base64').toString('base64url')
  const key = { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' as const }
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
  expect(verify(null, content, key, Buffer.from(signature.slice(4), 'base64'))).toBe(true)
  await deleteWebhook(caller, made.id)
  await deleteWebhook(caller, deaf.id)
})

test('what waits for an endpoint that was deleted is given up', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  await happens('too late')
  await deleteWebhook(caller, id)
  await sendDue()
  expect(await deliveriesTo(id)).toEqual([expect.objectContaining({ status: 'failed', dueAt: null, attempts: 0 })])
  expect(receiver.received).toEqual([])
})

test('an endpoint that is slow holds up neither another nor another tenant’s', async () => {
  const open: (() => void)[] = []
  const slow = await receiving((_, outgoing) => open.push(() => outgoing.end()))
  const quick = await receiving()
  const other = await actFor((await createTenant({ name: 'Bank', slug: 'bank' })).id, 'live')
  const hooks = [await listen(slow.url), await listen(quick.url)]
  const elsewhere = await listen(quick.url, ['key.created'], other)
  for (let at = 0; at < 30; at++) await happens(`many ${at}`)
  await happens('elsewhere', other)
  const sending = sendDue()
  // The slow one has as many under way as it may, and no more.
  await expect.poll(() => open.length).toBe(8)
  await expect.poll(() => quick.received.length).toBe(8 + 1)
  slow.answer = 200
  for (const end of open) end()
  await sending
  await expect.poll(() => [slow.received.length, quick.received.length]).toEqual([30, 31])
  for (const { id } of hooks) await deleteWebhook(caller, id)
  await deleteWebhook(other, elsewhere.id)
})

test('hundreds that are due before to an endpoint that is slow hold up no other, and what waits for tomorrow is not looked at', async () => {
  const open: (() => void)[] = []
  const slow = await receiving((_, outgoing) => open.push(() => outgoing.end()))
  const quick = await receiving()
  const tomorrow = await listen(quick.url)
  await happens('tomorrow')
  const db = await database()
  const data = { dueAt: new Date(clock.now() + 24 * hour) }
  await db.webhookDelivery.updateMany({ where: { endpointId: tomorrow.id }, data })
  await updateWebhook(caller, tomorrow.id, { events: ['key.revoked'] })
  const { id } = await listen(slow.url)
  await happens('many')
  expect(await longestDue(10)).toMatchObject({ endpoints: [{ endpointId: id }], all: true })

  await db.$executeRaw`
    WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < 600)
    INSERT INTO "WebhookDelivery"
      ("id", "eventId", "endpointId", "tenantId", "environment", "status", "scheduledAt", "dueAt", "createdAt")
    SELECT 'dlv_many' || "i", "eventId", "endpointId", "tenantId", "environment", "status", "scheduledAt", "dueAt",
           "createdAt"
    FROM "WebhookDelivery", "n" WHERE "endpointId" = ${id}`
  await updateWebhook(caller, id, { events: ['key.revoked'] })
  const other = await listen(quick.url)
  await happens('behind them')
  const sending = sendDue()
  await expect.poll(() => [open.length, quick.received.length]).toEqual([8, 1])
  for (const one of [tomorrow, other, { id }]) await deleteWebhook(caller, one.id)
  for (const end of open) end()
  await sending
  await db.webhookDelivery.deleteMany({ where: { endpointId: id } })
})

test('an attempt whose request cannot be made has failed: members see it, and the schedule goes on', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  await happens('sealed elsewhere')
  await (await database()).webhookEndpoint.update({ where: { id }, data: { privateKey: 'sealed by another server' } })
  await sendDue()
  const [{ id: deliveryId = '', lease } = {}] = await deliveriesTo(id)
  const { tries, ...delivery } = await readDelivery(caller, deliveryId)
  expect(delivery).toMatchObject({ status: 'pending', attempts: 1, lastFailure: 'internal', lastStatus: null })
  expect([lease, delivery.nextAttemptAt]).toEqual([null, expect.stringMatching(/Z$/)])
  expect(tries).toEqual([expect.objectContaining({ failure: 'internal', words: expect.stringMatching(/signed here/) })])
  expect(receiver.received).toEqual([])
  await deleteWebhook(caller, id)
})

test('another process takes over what one had under way when it died, after its lease, and not before', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  const began = clock.now()
  clock.now = () => began
  await happens('orphan')
  const dead = { lease: 'of a process that died', dueAt: new Date(began + 60_000) }
  await (await database()).webhookDelivery.updateMany({ where: { endpointId: id }, data: dead })
  await sendDue()
  expect(receiver.received).toEqual([])
  clock.now = () => began + 60_000
  await sendDue()
  expect(receiver.received).toHaveLength(1)
  await deleteWebhook(caller, id)
})

test('after thirty days an event is gone with all that came of it, and not a moment before', async () => {
  const receiver = await receiving()
  const { id, eventId } = await attempted(receiver.url)
  const db = await database()
  const kept = async () => [
    await db.webhookEvent.count({ where: { id: eventId } }),
    await db.webhookDelivery.count({ where: { id } }),
    await db.webhookAttempt.count({ where: { deliveryId: id } }),
  ]
  const began = clock.now()
  clock.now = () => began + 30 * 24 * hour - 60_000
  await sweepNowAndThen()
  expect(await kept()).toEqual([1, 1, 1])
  clock.now = () => began + 31 * 24 * hour
  await sweepNowAndThen()
  expect(await kept()).toEqual([0, 0, 0])
})

test('old events go beside the sending, a thousand in a second, and hold up neither a delivery nor the end', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  const { tenantId, environment } = placeOf(caller)
  const db = await database()
  await db.$executeRaw`
    WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < 1200)
    INSERT INTO "WebhookEvent" ("id", "tenantId", "environment", "type", "payload", "createdAt")
    SELECT 'msg_old' || "i", ${tenantId}, ${environment}, 'key.created', '{}', ${new Date()} FROM "n"`
  const old = () => db.webhookEvent.count({ where: { id: { startsWith: 'msg_old' } } })
  const began = clock.now() + 100 * 24 * hour
  clock.now = () => began
  await sweepNowAndThen(() => false)
  expect(await old()).toBe(1_200)

  clock.now = () => began + 1_000
  await happens('now')
  beginSending()
  await expect.poll(() => receiver.received.length).toBe(1)
  await expect.poll(old).toBe(200)
  await endSending()
  expect(await old()).toBe(200)
  clock.now = () => began + 2_000
  await sweepNowAndThen()
  expect(await old()).toBe(0)
  await deleteWebhook(caller, id)
})

test('a clock that is set back an hour puts off neither what was to be sent nor what a dead process had under way', async () => {
  const receiver = await receiving(500)
  const { id } = await listen(receiver.url)
  const db = await database()
  const { now } = clock
  beginSending()
  try {
    await happens('failed once')
    await expect.poll(async () => (await deliveriesTo(id)).map(({ lastStatus }) => lastStatus)).toEqual([500])
    // Its second attempt is due when the first has failed for a while; that of the dead, when its lease has ended.
    await db.webhookDelivery.updateMany({ where: { endpointId: id }, data: { dueAt: new Date(now() + hour / 2) } })
    receiver.answer = 200
    clock.now = () => now() - hour
    await expect.poll(async () => (await deliveriesTo(id)).map(({ status }) => status)).toEqual(['delivered'])
    await happens('under way')
    await expect
      .poll(async () => (await deliveriesTo(id)).map(({ status }) => status))
      .toEqual(Array(2).fill('delivered'))
  } finally {
    await endSending()
  }
  const ofTheDead = { status: 'pending', lease: 'of a dead process', dueAt: new Date(now() + 60_000) }
  await db.webhookDelivery.updateMany({ where: { endpointId: id }, data: ofTheDead })
  beginSending()
  try {
    const ends = async () => (await deliveriesTo(id)).map(({ dueAt }) => Number(dueAt) <= clock.now() + 60_000)
    await expect.poll(ends).toEqual([true, true])
  } finally {
    await endSending()
    clock.now = now
    await deleteWebhook(caller, id)
    await db.webhookDelivery.deleteMany({ where: { endpointId: id } })
  }
})

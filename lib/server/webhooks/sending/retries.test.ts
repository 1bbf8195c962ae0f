import { expect, test } from 'vitest'
import {
  attempted,
  caller,
  deliveriesTo,
  happens,
  hour,
  listen,
  receiving,
  turnTo,
} from '../../../setup/webhook-sending.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { listDeliveries, readDelivery, recover, resend } from '../deliveries/deliveries.ts'
import { deleteWebhook, readWebhook, updateWebhook } from '../endpoints.ts'
import { webhookFigures } from '../figures/figures.ts'
import { schedule } from './schedule.ts'
import { sendDue } from './sender.ts'

test('the whole schedule is kept to, and then the delivery is given up', async () => {
  const receiver = await receiving(503)
  const began = clock.now()
  clock.now = () => began
  const { id } = await listen(receiver.url)
  await happens('ever again')
  await sendDue()
  const [{ id: deliveryId = '' } = {}] = await deliveriesTo(id)
  for (let made = 1; made < schedule.length; made++) {
    expect(await readDelivery(caller, deliveryId)).toMatchObject({ status: 'pending', attempts: made })
    await turnTo(deliveryId)
  }
  const { status, nextAttemptAt, tries } = await readDelivery(caller, deliveryId)
  expect([status, nextAttemptAt, tries.length, receiver.received.length]).toEqual(['failed', null, 10, 10])
  const late = tries.map(({ at }, index) => Date.parse(at) - began - (schedule[index] ?? 0))
  const steps = schedule.map((at, index) => at - (schedule[index - 1] ?? 0))
  expect(late.filter((milliseconds, index) => milliseconds < 0 || milliseconds > (steps[index] ?? 0) / 10 + 1)).toEqual(
    [],
  )
  // Every attempt has the same id and body, and a signature of its own time.
  expect(new Set(receiver.ids()).size).toBe(1)
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)

  // What was given up is sent again when somebody asks, and its schedule begins again.
  receiver.answer = 200
  expect(await recover(caller, id, { since: new Date(began - hour).toISOString() })).toEqual({
    recovered: 1,
    more: false,
  })
  await sendDue()
  expect(await readDelivery(caller, deliveryId)).toMatchObject({ status: 'delivered', attempts: 11 })
  await resend(caller, deliveryId)
  await sendDue()
  expect(await readDelivery(caller, deliveryId)).toMatchObject({ status: 'delivered', attempts: 12 })
  expect(new Set(receiver.ids()).size).toBe(1)
  await deleteWebhook(caller, id)
})

test('Retry-After puts the next attempt off; while the endpoint is off none is planned', async () => {
  const receiver = await receiving((_, outgoing) => outgoing.writeHead(429, { 'Retry-After': '3600' }).end())
  const began = clock.now()
  clock.now = () => began
  const { id, nextAttemptAt, webhookId } = await attempted(receiver.url)
  expect(Date.parse(nextAttemptAt ?? '') - began).toBeGreaterThanOrEqual(hour)
  for (const enabled of [false, true]) {
    await updateWebhook(caller, webhookId, { enabled })
    const planned = enabled ? nextAttemptAt : null
    expect(await readDelivery(caller, id)).toMatchObject({ status: 'pending', nextAttemptAt: planned })
    expect((await listDeliveries(caller, webhookId)).data).toMatchObject([{ id, nextAttemptAt: planned }])
  }
  await deleteWebhook(caller, webhookId)
})

test('an endpoint that is gone is turned off at once, and nothing more is sent to it', async () => {
  const receiver = await receiving(410)
  const { webhookId, id, tries } = await attempted(receiver.url)
  expect(tries[0]?.words).toContain('gone for good')
  expect(await readWebhook(caller, webhookId)).toMatchObject({ enabled: false, disabledReason: 'gone' })
  expect(await readDelivery(caller, id)).toMatchObject({ status: 'failed', nextAttemptAt: null })
  const db = await database()
  const [event] = await db.auditEvent.findMany({ where: { targetId: webhookId, action: 'webhook.disabled' } })
  expect(event).toMatchObject({ actorType: 'system' })
  expect(JSON.parse(event?.after ?? '')).toMatchObject({ enabled: false, disabledReason: 'gone' })
  expect(await updateWebhook(caller, webhookId, { enabled: true })).toMatchObject({
    enabled: true,
    disabledReason: null,
  })
  await deleteWebhook(caller, webhookId)
})

test('an endpoint is turned off when a schedule is used up and nothing arrived for five days, and by nothing less', async () => {
  const [dead, alive] = [await receiving(500), await receiving(500)]
  const began = clock.now()
  clock.now = () => began
  const ids = [(await listen(dead.url)).id, (await listen(alive.url)).id]
  const states = async () => Promise.all(ids.map(async (id) => (await readWebhook(caller, id)).disabledReason))
  for (const day of [0, 3, 6]) {
    clock.now = () => began + day * 24 * hour
    alive.answer = day === 3 ? 200 : 500
    await happens(`day ${day}`)
    await sendDue()
    expect(await states()).toEqual([null, null])
  }
  await usedUp(ids)
  expect(await states()).toEqual(['failing', null])
  const { failingSince, disabledAt } = await readWebhook(caller, ids[0] ?? '')
  expect(Date.parse(disabledAt ?? '') - Date.parse(failingSince ?? '')).toBeGreaterThanOrEqual(5 * 24 * hour)

  // What comes due while it is off is given up without an attempt.
  const before = dead.received.length
  clock.now = () => began + 8 * 24 * hour
  await sendDue()
  const endpointId = ids[0] ?? ''
  const left = await deliveriesTo(endpointId)
  expect(new Set(left.map(({ status, dueAt }) => `${status} ${dueAt}`))).toEqual(new Set(['failed null']))
  expect(dead.received.length).toBe(before)

  // What happens meanwhile is kept for its recovery, whoever has turned it off.
  const meanwhile = new Date(clock.now() - 1).toISOString()
  const givenUp = await webhookFigures(caller, endpointId)
  expect(givenUp).toMatchObject({ waitingSince: null, undeliveredSince: new Date(began).toISOString() })
  await happens('meanwhile')
  await sendDue()
  expect(dead.received.length).toBe(before)
  dead.answer = 200
  await updateWebhook(caller, endpointId, { enabled: true })
  expect(await recover(caller, endpointId, { since: meanwhile })).toEqual({ recovered: 1, more: false })
  await sendDue()
  expect(JSON.parse(dead.received.at(-1)?.body ?? '')).toMatchObject({ data: { name: 'meanwhile' } })
  expect(dead.received.length).toBe(before + 1)
  await updateWebhook(caller, endpointId, { enabled: false })
  await happens('paused')
  await updateWebhook(caller, endpointId, { enabled: true })
  expect(await recover(caller, endpointId, { since: meanwhile })).toEqual({ recovered: 1, more: false })
  await sendDue()
  expect(JSON.parse(dead.received.at(-1)?.body ?? '')).toMatchObject({ data: { name: 'paused' } })
  for (const id of ids) await deleteWebhook(caller, id)
})

test('an endpoint with a new URL begins afresh: what failed at the one before does not count', async () => {
  const [before, after] = [await receiving(500), await receiving(500)]
  const began = clock.now()
  clock.now = () => began
  const { id } = await listen(before.url)
  await happens('to the one before')
  await sendDue()
  clock.now = () => began + 6 * 24 * hour
  expect((await updateWebhook(caller, id, { url: before.url, description: 'Mended' })).failingSince).not.toBeNull()
  expect((await updateWebhook(caller, id, { url: after.url })).failingSince).toBeNull()
  await usedUp([id])
  expect(await readWebhook(caller, id)).toMatchObject({
    enabled: true,
    failingSince: new Date(clock.now()).toISOString(),
  })
  await deleteWebhook(caller, id)
})

/** Makes the last attempt of all that waits at some endpoints. */
async function usedUp(endpointIds: string[]): Promise<void> {
  const where = { endpointId: { in: endpointIds }, status: 'pending' }
  const data = { scheduled: schedule.length - 1, dueAt: new Date(clock.now()) }
  await (await database()).webhookDelivery.updateMany({ where, data })
  await sendDue()
}

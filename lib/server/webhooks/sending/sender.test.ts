import { verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { newDataDir } from '../../../setup/isolated.ts'
import { selfSigned } from '../../../setup/self-signed.ts'
import { webhookReceiver } from '../../../setup/webhook-receiver.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { resolver } from '../../outbound/resolver.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { readDelivery, recover, resend, sendTest } from '../deliveries/deliveries.ts'
import { createWebhook, deleteWebhook, readWebhook, rotateSecret, updateWebhook } from '../endpoints.ts'
import { webhookFigures } from '../figures.ts'
import { tell } from '../tell.ts'
import { patience } from './attempt.ts'
import { schedule } from './schedule.ts'
import { sendDue } from './sender.ts'
import { sweepNowAndThen } from './sweep.ts'

const { now } = clock
const { addressesOf } = resolver
const { milliseconds: wholePatience } = patience
const hour = 3_600_000
const stops: (() => unknown)[] = []

let caller: Caller
beforeAll(async () => {
  env().webhookAllowPrivate = true
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
})
afterEach(() => {
  clock.now = now
  resolver.addressesOf = addressesOf
  patience.milliseconds = wholePatience
  env().webhookAllowPrivate = true
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

async function receiving(...answer: Parameters<typeof webhookReceiver>) {
  const receiver = await webhookReceiver(...answer)
  stops.push(receiver.stop)
  return receiver
}

const listen = (url: string, events: WebhookEventType[] = ['key.created'], by = caller) =>
  createWebhook(by, { url, events })
const happens = async (name: string, by = caller) =>
  (await database()).$transaction((tx) => tell(tx, placeOf(by), 'key.created', { keyId: 'k', name }))

/** Sends a test event to an endpoint of a URL, and what became of it. */
async function attempted(url: string) {
  const { id } = await listen(url, ['user.created'])
  const { id: deliveryId } = await sendTest(caller, id)
  await sendDue()
  return readDelivery(caller, deliveryId)
}

/** Turns the clock to when a delivery is due, and sends. */
async function turnTo(deliveryId: string): Promise<void> {
  const { nextAttemptAt } = await readDelivery(caller, deliveryId)
  const at = Date.parse(nextAttemptAt ?? '')
  clock.now = () => at
  await sendDue()
}

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

test('for a day after a rotation both secrets verify what is sent, and then the new one alone', async () => {
  const receiver = await receiving()
  const { id, secret: old = '' } = await listen(receiver.url)
  const { secret } = await rotateSecret(caller, id)
  const verified = async (name: string) => {
    await happens(name)
    await sendDue()
    const { body = '', headers } = receiver.received.at(-1) ?? {}
    return [old, secret].map((one) => {
      try {
        // Whatever the clock says.
        const stamped = { ...(headers as Record<string, string>) }
        new Webhook(one).verify(body, stamped)
        return true
      } catch (error) {
        if ((error as Error).message.includes('timestamp')) return 'timestamp'
        return false
      }
    })
  }
  expect(await verified('both')).toEqual([true, true])
  clock.now = () => now() + 24 * hour
  await happens('new alone')
  await sendDue()
  const signatures = String(receiver.received.at(-1)?.headers['webhook-signature']).split(' ')
  expect(signatures.map((part) => part.split(',')[0])).toEqual(['v1', 'v1a'])
  await sweepNowAndThen()
  const kept = await (await database()).webhookEndpoint.findUnique({ where: { id } })
  expect([kept?.previousSecret, kept?.previousUntil]).toEqual([null, null])
  await deleteWebhook(caller, id)
})

test('an attempt is kept as it was: headers, time, status and the beginning of the answer', async () => {
  const receiver = await receiving((_, outgoing) => outgoing.writeHead(201).end(`${'x'.repeat(3_000_000)}`))
  const { tries, ...delivery } = await attempted(receiver.url)
  expect(delivery).toMatchObject({
    status: 'delivered',
    attempts: 1,
    lastStatus: 201,
    lastFailure: null,
    nextAttemptAt: null,
  })
  expect(tries).toEqual([
    {
      number: 1,
      at: expect.stringMatching(/Z$/),
      milliseconds: expect.any(Number),
      status: 201,
      failure: null,
      words: null,
      requestHeaders: expect.objectContaining({ 'webhook-id': delivery.eventId }),
      answer: 'x'.repeat(4096),
      answerTruncated: true,
    },
  ])
  const sent = receiver.received[0]?.headers
  expect(sent).toMatchObject(tries[0]?.requestHeaders ?? { none: '' })
  expect(JSON.stringify(tries)).not.toContain('whsec_')
})

const listening = async (server: Server) => {
  stops.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return (server.address() as AddressInfo).port
}

const failing: [failure: string, words: RegExp, url: () => Promise<string>][] = [
  ['status', /answered 500/, async () => (await receiving(500)).url],
  ['redirect', /answered 302.*change the URL/, async () => (await receiving(302)).url],
  [
    'refused',
    /No connection/,
    async () => {
      const receiver = await webhookReceiver()
      await receiver.stop()
      return receiver.url
    },
  ],
  [
    'refused',
    /ended before/,
    async () => {
      const half = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'
      const server = createRawServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.end(half)),
      )
      return `http://localhost:${await listening(server)}/`
    },
  ],
  [
    'tls',
    /certificate/,
    async () => {
      const { certificate, key } = selfSigned(newDataDir('webhooks'))
      const server = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) })
      return `https://localhost:${await listening(server)}/`
    },
  ],
  [
    'timeout',
    /within 0.3 s/,
    async () => {
      patience.milliseconds = 300
      return (await receiving((_, outgoing) => void outgoing.write('{'))).url
    },
  ],
  ['dns', /no address/, async () => 'https://nothing.invalid/'],
  [
    'blocked_address',
    /not public/,
    async () => {
      env().webhookAllowPrivate = false
      resolver.addressesOf = async () => ['10.0.0.1']
      return 'https://inside.example/'
    },
  ],
]
test.each(failing)('an endpoint that fails is tried again, and members see why: %s', async (failure, words, url) => {
  const { tries, webhookId, ...delivery } = await attempted(await url())
  expect(delivery).toMatchObject({ status: 'pending', attempts: 1, lastFailure: failure })
  expect(delivery.nextAttemptAt).not.toBeNull()
  expect(tries).toEqual([expect.objectContaining({ number: 1, failure, words: expect.stringMatching(words) })])
  expect((await readWebhook(caller, webhookId)).failingSince).not.toBeNull()
  await deleteWebhook(caller, webhookId)
})

test('an endpoint has fifteen seconds', () => {
  expect(wholePatience).toBe(15_000)
})

test('the whole schedule is kept to, and then the delivery is given up', async () => {
  const receiver = await receiving(503)
  const began = now()
  clock.now = () => began
  const { id } = await listen(receiver.url)
  await happens('ever again')
  await sendDue()
  const [{ id: deliveryId = '' } = {}] = await (await database()).webhookDelivery.findMany({
    where: { endpointId: id },
  })
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

test('Retry-After puts the next attempt off', async () => {
  const receiver = await receiving((_, outgoing) => outgoing.writeHead(429, { 'Retry-After': '3600' }).end())
  const began = now()
  clock.now = () => began
  const { nextAttemptAt, webhookId } = await attempted(receiver.url)
  expect(Date.parse(nextAttemptAt ?? '') - began).toBeGreaterThanOrEqual(hour)
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

test('an endpoint at which nothing arrives for five days is turned off, and one at which anything does is not', async () => {
  const [dead, alive] = [await receiving(500), await receiving(500)]
  const began = now()
  clock.now = () => began
  const ids = [(await listen(dead.url)).id, (await listen(alive.url)).id]
  const states = async () => Promise.all(ids.map(async (id) => (await readWebhook(caller, id)).disabledReason))
  for (let day = 0; day <= 5; day++) {
    clock.now = () => began + day * 24 * hour
    alive.answer = day === 3 ? 200 : 500
    expect(await states()).toEqual([null, null])
    await happens(`day ${day}`)
    await sendDue()
  }
  expect(await states()).toEqual(['failing', null])
  const { failingSince, disabledAt } = await readWebhook(caller, ids[0] ?? '')
  expect(Date.parse(disabledAt ?? '') - Date.parse(failingSince ?? '')).toBeGreaterThanOrEqual(5 * 24 * hour)

  // What comes due while it is off is given up without an attempt.
  const before = dead.received.length
  clock.now = () => began + 8 * 24 * hour
  await sendDue()
  const where = { endpointId: ids[0] ?? '' }
  const left = await (await database()).webhookDelivery.findMany({ where })
  expect(new Set(left.map(({ status, dueAt }) => `${status} ${dueAt}`))).toEqual(new Set(['failed null']))
  expect(dead.received.length).toBe(before)

  // What happens meanwhile is kept for its recovery, whoever has turned it off.
  const meanwhile = new Date(clock.now() - 1).toISOString()
  const givenUp = await webhookFigures(caller, where.endpointId)
  expect(givenUp).toMatchObject({ waitingSince: null, undeliveredSince: new Date(began).toISOString() })
  await happens('meanwhile')
  await sendDue()
  expect(dead.received.length).toBe(before)
  dead.answer = 200
  await updateWebhook(caller, where.endpointId, { enabled: true })
  expect(await recover(caller, where.endpointId, { since: meanwhile })).toEqual({ recovered: 1, more: false })
  await sendDue()
  expect(JSON.parse(dead.received.at(-1)?.body ?? '')).toMatchObject({ data: { name: 'meanwhile' } })
  expect(dead.received.length).toBe(before + 1)
  await updateWebhook(caller, where.endpointId, { enabled: false })
  await happens('paused')
  await updateWebhook(caller, where.endpointId, { enabled: true })
  expect(await recover(caller, where.endpointId, { since: meanwhile })).toEqual({ recovered: 1, more: false })
  await sendDue()
  expect(JSON.parse(dead.received.at(-1)?.body ?? '')).toMatchObject({ data: { name: 'paused' } })
  for (const id of ids) await deleteWebhook(caller, id)
})

test('what waits for an endpoint that was deleted is given up', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  await happens('too late')
  await deleteWebhook(caller, id)
  await sendDue()
  const left = await (await database()).webhookDelivery.findMany({ where: { endpointId: id } })
  expect(left).toEqual([expect.objectContaining({ status: 'failed', dueAt: null, attempts: 0 })])
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

test('another process takes over what one had under way when it died, after its lease, and not before', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  const began = now()
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

test('figures say what arrived in each hour, what waits, and how long answers take', async () => {
  const receiver = await receiving()
  const { id } = await listen(receiver.url)
  for (const name of ['one', 'two']) await happens(name)
  await sendDue()
  receiver.answer = 500
  await happens('three')
  await sendDue()
  const { hours, waiting, waitingSince, medianMilliseconds } = await webhookFigures(caller, id)
  const sum = (of: 'deliveries' | 'delivered') => hours.reduce((all, one) => all + one[of], 0)
  expect([hours.length, sum('deliveries'), sum('delivered'), waiting]).toEqual([24, 3, 2, 1])
  expect([waitingSince, medianMilliseconds]).toEqual([expect.stringMatching(/Z$/), expect.any(Number)])
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
  const began = now()
  clock.now = () => began + 30 * 24 * hour - 60_000
  await sweepNowAndThen()
  expect(await kept()).toEqual([1, 1, 1])
  clock.now = () => began + 31 * 24 * hour
  await sweepNowAndThen()
  expect(await kept()).toEqual([0, 0, 0])
})

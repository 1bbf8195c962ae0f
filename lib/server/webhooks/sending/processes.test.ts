import type { ServerResponse } from 'node:http'
import { setTimeout as elapse } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { Client } from '#lib/sdk/client.ts'
import { serveApi } from '../../../setup/serve-api.ts'
import { type Received, webhookReceiver } from '../../../setup/webhook-receiver.ts'
import { SoftwareAuthenticator } from '../../../testing/authenticator.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { createKey } from '../../keys/make-key.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { createWebhook, deleteWebhook } from '../endpoints.ts'
import { tell } from '../tell.ts'

// Several real processes on one database: they share the sending, end it well, and are killed. This one only tells, and looks.

vi.setConfig({ testTimeout: 120_000 })

/** How often the server is killed; more where a longer proof is asked for. */
const kills = Number(process.env.WEBHOOK_KILLS || 2)
const settings = { WEBHOOK_ALLOW_PRIVATE: 'on' }

let caller: Caller
beforeAll(async () => {
  env().webhookAllowPrivate = true
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
})

const stops: (() => unknown)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})
async function receiving(...answer: Parameters<typeof webhookReceiver>) {
  const receiver = await webhookReceiver(...answer)
  stops.push(receiver.stop)
  return receiver
}

/** A server on this database, which ends with this file whatever becomes of a test. */
async function serving(more: Record<string, string> = {}) {
  const server = await serveApi(env().dataDir, { ...settings, ...more })
  stops.push(() => server.stop('SIGKILL'))
  return server
}

/** What one process has under way at most of one tenant (`slots.ts`). */
const most = 24

const happens = async (name: string) =>
  (await database()).$transaction((tx) => tell(tx, placeOf(caller), 'key.created', { keyId: 'k', name }))

async function deliveredBy(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^webhook_attempts_total\{outcome="delivered"\} (\d+)/m.exec(text)?.[1] ?? 0)
}

test('two processes share what is to be sent, and none makes an attempt that the other makes', async () => {
  // Nothing is answered until more is under way than one process may have: by then both send.
  const held: ServerResponse[] = []
  const receiver = await receiving((_, outgoing) => {
    held.push(outgoing)
    if (receiver.received.length < 2 * most) return
    for (const one of held.splice(0)) one.end()
  })
  const processes = await Promise.all([serving(), serving()])
  const endpoints = []
  for (let at = 0; at < 4; at++) {
    endpoints.push(await createWebhook(caller, { url: `${receiver.url}${at}`, events: ['key.created'] }))
  }
  const events = 40
  for (let at = 0; at < events; at++) await happens(`event ${at}`)
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(events * 4)
  const db = await database()
  await expect.poll(() => db.webhookDelivery.count({ where: { status: 'pending' } })).toBe(0)
  // What is told while they run is sent, too, by whoever looks first.
  for (let at = 0; at < 10; at++) await happens(`later ${at}`)
  const all = (events + 10) * 4
  await expect.poll(() => db.webhookDelivery.count({ where: { status: 'delivered' } }), { timeout: 60_000 }).toBe(all)

  const attempts = new Set(receiver.received.map(({ path, headers }) => `${path} ${headers['webhook-id']}`))
  expect([receiver.received.length, attempts.size, await db.webhookAttempt.count()]).toEqual([all, all, all])
  const shares = await Promise.all(processes.map(({ url }) => deliveredBy(url)))
  expect(shares.reduce((one, other) => one + other)).toBe(all)
  expect(Math.min(...shares)).toBeGreaterThan(0)
  expect(await Promise.all(processes.map(({ stop }) => stop('SIGTERM')))).toEqual([0, 0])
  for (const { id } of endpoints) await deleteWebhook(caller, id)
})

test('a process that is told to stop lets what is under way end, and takes nothing more', async () => {
  const held: (() => void)[] = []
  const receiver = await receiving((_, outgoing) => held.push(() => outgoing.end()))
  const { id: endpointId } = await createWebhook(caller, { url: receiver.url, events: ['key.created'] })
  const { stop, url } = await serving()
  await happens('under way')
  await expect.poll(() => held.length).toBe(1)
  const stopped = stop('SIGTERM')
  const up = () =>
    fetch(url).then(
      () => true,
      () => false,
    )
  await expect.poll(up).toBe(false)
  await happens('too late for it')
  for (const end of held) end()
  expect(await stopped).toBe(0)
  const left = await (await database()).webhookDelivery.findMany({
    where: { endpointId },
    orderBy: { createdAt: 'asc' },
  })
  expect(left.map(({ status, attempts, lease }) => [status, attempts, lease])).toEqual([
    ['delivered', 1, null],
    ['pending', 0, null],
  ])
  await deleteWebhook(caller, endpointId)
})

/** What was asked of one passkey's sign-ins, or told of them. */
interface Tally {
  asked: number
  answered: number
}

test('killed at random moments, the server tells all that it answered, and nothing that did not happen', async () => {
  const receiver = await receiving()
  const { id: webhookId } = await createWebhook(caller, { url: receiver.url, events: [...webhookEventTypeNames] })
  const scopes = ['passkeys:register', 'passkeys:authenticate', 'keys:manage'] as const
  const { secret } = await createKey(caller, { name: 'load', tier: 'enterprise', scopes: [...scopes] })
  const origin = 'http://localhost:3000'
  const signIns = new Map<string, Tally>()
  const keys = new Set<string>()
  let server: Awaited<ReturnType<typeof serveApi>> | undefined
  let ending = false

  /** Registers somebody, who signs in again and again, and makes a key now and then, until the server is gone. */
  async function live(baseUrl: string): Promise<void> {
    const client = new Client({ apiKey: secret, baseUrl })
    const authenticator = new SoftwareAuthenticator({ origin })
    const username = crypto.randomUUID()
    const begun = await client.passkeys.register.begin({ username })
    const credential = authenticator.create(begun.publicKey)
    const { passkey } = await client.passkeys.register.finish({ ceremonyId: begun.ceremonyId, credential })
    const tally: Tally = { asked: 0, answered: 0 }
    signIns.set(passkey.id, tally)
    for (let turn = 0; !ending && server?.url === baseUrl; turn++) {
      const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({ username })
      tally.asked++
      await client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
      tally.answered++
      if (turn % 4 === 0)
        keys.add((await client.keys.create({ name: `key ${turn}`, scopes: ['passkeys:register'] })).id)
    }
  }

  const load: Promise<unknown>[] = []
  for (let round = 0; round <= kills; round++) {
    server = await serving({ BASE_URL: origin })
    const { url, stop } = server
    const before = [...signIns.values()].reduce((all, { answered }) => all + answered, 0)
    const lives = Array.from({ length: 4 }, () => live(url))
    // Whoever is asking when the server is killed has no answer.
    load.push(...lives.map((one) => one.catch(() => undefined)))
    await expect
      .poll(() => [...signIns.values()].reduce((all, { answered }) => all + answered, 0), {
        interval: 5,
        timeout: 60_000,
      })
      .toBeGreaterThan(before)
    await elapse(Math.random() * 500)
    if (round === kills) {
      ending = true
      await Promise.all(load)
      continue
    }
    await stop('SIGKILL')
    server = undefined
    // What the dead process had under way: its minute is over.
    const db = await database()
    await db.webhookDelivery.updateMany({ where: { lease: { not: null } }, data: { dueAt: new Date(0) } })
  }

  const db = await database()
  const where = { endpointId: webhookId }
  await expect
    .poll(() => db.webhookDelivery.count({ where: { ...where, status: 'pending' } }), { timeout: 60_000 })
    .toBe(0)
  expect(await server?.stop('SIGTERM')).toBe(0)
  expect(await db.webhookDelivery.count({ where: { ...where, status: { not: 'delivered' } } })).toBe(0)

  // An event may come twice, with the same id: whoever receives it goes by that.
  const events = new Map(receiver.received.map((one: Received) => [one.headers['webhook-id'], JSON.parse(one.body)]))
  const told = (type: string) => [...events.values()].filter((event) => event.type === type).map(({ data }) => data)
  const ofPasskey = Object.groupBy(told('passkey.authenticated'), ({ passkeyId }) => passkeyId)
  const wrong = [...signIns].filter(([id, { asked, answered }]) => {
    const count = ofPasskey[id]?.length ?? 0
    return count < answered || count > asked
  })
  expect(wrong).toEqual([])

  const kept = {
    keys: (await db.apiKey.findMany({ select: { id: true } })).map(({ id }) => id),
    passkeys: (await db.passkey.findMany({ select: { id: true } })).map(({ id }) => id),
    users: (await db.user.findMany({ select: { id: true } })).map(({ id }) => id),
  }
  const ids = (type: string, member: string) => told(type).map((data) => data[member])
  expect(new Set(ids('passkey.registered', 'passkeyId'))).toEqual(new Set(kept.passkeys))
  expect(new Set(ids('user.created', 'userId'))).toEqual(new Set(kept.users))
  const made = ids('key.created', 'keyId')
  expect([...keys].filter((id) => !made.includes(id))).toEqual([])
  expect(made.filter((id) => !kept.keys.includes(id))).toEqual([])
  expect(new Set(made).size).toBe(made.length)
  expect(keys.size).toBeGreaterThan(0)
})

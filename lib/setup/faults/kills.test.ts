import { setTimeout as elapse } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { decideTopUp } from '../../server/account/top-ups.ts'
import { clientOf } from '../../server/api/suite/harness.ts'
import { moneyOf } from '../../server/api/suite/keys-harness.ts'
import { OAuthBrowser } from '../../server/api/suite/oauth-harness.ts'
import { apiUrl, newApp, newCode, newService } from '../../server/api/suite/oauth-test-clients.ts'
import { closeDatabase, database } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { createKey } from '../../server/keys/make-key.ts'
import { actFor, createTenant } from '../../server/tenants/tenants.ts'
import { createWebhook } from '../../server/webhooks/endpoints.ts'
import { serveApi } from '../serve-api.ts'
import { webhookReceiver } from '../webhook-receiver.ts'
import { acts, type Stage } from './acts.ts'
import { compare } from './compare.ts'
import { Journal } from './journal.ts'
import { Mortal } from './mortal.ts'
import { expectBalanced, expectSound } from './sound.ts'
import { of } from './whole.ts'

// The proof that whoever has an answer can stand on it: two servers on one database are killed at random moments of a mixed
// load, and after each kill what clients were told is compared with what is there.

vi.setConfig({ testTimeout: of(3_600_000, 14_400_000), hookTimeout: 120_000 })

const { database: place } = env()
const kills = Number(process.env.KILLS || of(place.engine === 'sqlite' ? 6 : 3, 500))
/** How long a server lives after its first answer, in milliseconds. */
const life = () => 100 + Math.random() * of(500, 1_700)

const stops: (() => unknown)[] = [closeDatabase]
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
})

const journal = new Journal()
const receiver = await webhookReceiver()
stops.push(receiver.stop)
env().webhookAllowPrivate = true

const { id: tenantId } = await createTenant({ name: 'Shop', slug: 'shop' })
const caller = await actFor(tenantId, 'live')
const key = await createKey(caller, { name: 'load', tier: 'enterprise', scopes: [...scopeNames] })
const webhook = await createWebhook(caller, { url: receiver.url, events: [...webhookEventTypeNames] })
const { id: paymentMethodId } = await clientOf(key.secret).account.paymentMethods.create({ label: 'Invoice' })
const [app, service] = [await newApp({ tenantId }), await newService({ tenantId })]

/** The acts of one server's clients. */
function load(server: Mortal, ended: () => boolean): Promise<unknown> {
  const stage: Stage = {
    ...{ server, journal, key, origin: 'http://localhost:3000', paymentMethodId, ended },
    newCode: async () => {
      const person = { username: crypto.randomUUID() }
      const code = await newCode(app, new OAuthBrowser(), { resource: apiUrl }, person)
      return { client_id: app.clientId, resource: apiUrl, ...code }
    },
    service: {
      client_id: service.clientId,
      client_secret: service.clientSecret ?? '',
      resource: apiUrl,
      scope: 'usage:read',
    },
  }
  const { people, keepers, payers, apps, services } = acts
  return Promise.all([people, people, people, keepers, payers, apps, services].map((act) => act(stage)))
}

test(`nothing that was acknowledged is lost or done twice across ${kills} kills of ${place.engine} servers`, async () => {
  let [killed, ending] = [0, false]
  const settings = { BASE_URL: 'http://localhost:3000', WEBHOOK_ALLOW_PRIVATE: 'on', DEMO: 'off' }
  // One that ends well leaves what it compiled to those that are killed.
  await (await serveApi(env().dataDir, settings)).stop('SIGTERM')
  const servers = [0, 1].map(() => new Mortal(env().dataDir, settings, journal))
  stops.push(() => Promise.all(servers.map((server) => server.end('SIGKILL'))))
  const loads = Promise.all(servers.map((server) => load(server, () => ending)))
  loads.catch(() => undefined)
  await Promise.all(
    servers.map(async (server) => {
      await server.begin()
      while (killed < kills) {
        const nth = ++killed
        await server.answered()
        await elapse(life())
        await server.kill()
        await server.begin()
        await compare(journal, tenantId)
        if (nth % 25 > 0) continue
        expectSound('quick_check')
        console.info(`${nth} kills`)
      }
    }),
  )
  // Each kind of act was done to its end, however slow the machine is.
  const kinds = ['registration', 'sign-in', 'rotation', 'revocation', 'top-up', 'refresh', 'token']
  await expect.poll(() => kinds.filter((kind) => !journal.done.get(kind)), { timeout: 120_000 }).toEqual([])
  ending = true
  await loads
  await compare(journal, tenantId)

  const db = await database()
  // What the dead had under way: its minute is over.
  await db.webhookDelivery.updateMany({ where: { lease: { not: null } }, data: { dueAt: new Date(0) } })
  const pending = () => db.webhookDelivery.count({ where: { endpointId: webhook.id, status: 'pending' } })
  await expect.poll(pending, { timeout: 120_000 }).toBe(0)
  expect(await Promise.all(servers.map((server) => server.end('SIGTERM')))).toEqual([
    [0, 0],
    [0, 0],
  ])
  // A successor is told of as a rotation.
  const told = new Set(
    receiver.received
      .map(({ body }) => JSON.parse(body))
      .map(
        ({ type, data }) =>
          `${type === 'key.rotated' ? 'key.created' : type} ${data.keyId ?? data.passkeyId ?? data.userId}`,
      ),
  )
  const untold = [
    ...journal.all('apiKey').map((id) => `key.created ${id}`),
    ...journal.all('revoked').map((id) => `key.revoked ${id}`),
    ...journal.all('passkey').map((id) => `passkey.registered ${id}`),
    ...journal.all('user').map((id) => `user.created ${id}`),
  ].filter((event) => !told.has(event))
  expect(untold).toEqual([])

  // One name was asked for with one Idempotency-Key; so was each top-up, and a credential is registered once.
  const keys = await db.apiKey.findMany({ where: { tenantId }, select: { name: true, predecessorId: true } })
  const twice = (names: (string | null)[]) => names.length - new Set(names).size
  expect(twice(keys.filter(({ predecessorId }) => !predecessorId).map(({ name }) => name))).toBe(0)
  expect(twice(keys.filter(({ predecessorId }) => predecessorId).map(({ predecessorId }) => predecessorId))).toBe(0)
  const passkeys = await db.passkey.findMany({ where: { tenantId }, select: { credentialId: true } })
  expect(twice(passkeys.map(({ credentialId }) => credentialId))).toBe(0)
  for (const { id, status } of (await moneyOf(tenantId)).topUps)
    if (status === 'pending') await decideTopUp(id, 'succeeded')
  const { accounts, topUps } = await moneyOf(tenantId)
  expect(accounts.reduce((all, { available }) => all + available, 0n)).toBe(BigInt(topUps.length * 100))
  await expectBalanced()
  expectSound('integrity_check')
  console.info(`${killed} kills: ${[...journal.done].map(([act, times]) => `${times} × ${act}`).join(', ')}`)
})

import { beforeAll, expect, test } from 'vitest'
import type { Environment } from '#lib/contract/environment.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { type WebhookEventType, webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { type WebhookPayload, webhookData } from '#lib/contract/webhook-events.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { createKey } from '../../keys/make-key.ts'
import { createServiceToken } from '../../service-tokens/service-tokens.ts'
import { actFor, setQuota } from '../../tenants/tenants.ts'
import { listDeliveries, readDelivery } from '../../webhooks/deliveries/deliveries.ts'
import { createWebhook } from '../../webhooks/endpoints.ts'
import { attemptRegistration, attemptSignIn, flipped } from './ceremonies-harness.ts'
import { baseUrl, clientOf, newTenant, refusedWith, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { askToken, newApp, newCode } from './oauth-test-clients.ts'

// What happens is told where it happens: here by an endpoint that listens to everything, whose deliveries are read.

type Home = Awaited<ReturnType<typeof watched>>

/** What an endpoint of a place was told since it was asked last, oldest first: type and data. */
async function ear(tenantId: string, environment: Environment) {
  const caller = await actFor(tenantId, environment)
  const { id } = await createWebhook(caller, { url: 'https://hooks.example/', events: webhookEventTypeNames })
  const heard = new Set<string>()
  return async () => {
    const { data } = await listDeliveries(caller, id, { limit: 100 })
    const fresh = data.filter(({ eventId }) => !heard.has(eventId))
    for (const { eventId } of fresh) heard.add(eventId)
    const all = await Promise.all(fresh.reverse().map(async (one) => (await readDelivery(caller, one.id)).payload))
    for (const { type, data } of all) webhookData[type].parse(data)
    return all
      .toSorted((one, other) => (one.timestamp < other.timestamp ? -1 : 1))
      .map(({ type, data }: WebhookPayload): [WebhookEventType, object] => [type, data])
  }
}

async function watched() {
  const tenant = await newTenant({ scopes: [...scopeNames] })
  return { ...tenant, told: await ear(tenant.tenant.id, 'test'), elsewhere: await ear(tenant.tenant.id, 'live') }
}

let serviceToken: string
beforeAll(async () => {
  serviceToken = (await createServiceToken({ service: 'mpc', name: 'Webhooks' })).token
})

const inAnyOrder = (told: [WebhookEventType, object][]) => told.toSorted(([one], [other]) => (one < other ? -1 : 1))

test('a user and their passkeys, from the first registration to the last deletion', async () => {
  const home: Home = await watched()
  const { user, passkey } = await attemptRegistration(home)
  const of = { userId: user.id, username: 'ada' }
  const first = { passkeyId: passkey.id, name: passkey.name, ...of }
  expect(inAnyOrder(await home.told())).toEqual([
    ['passkey.registered', first],
    ['user.created', of],
  ])

  await attemptSignIn(home)
  expect(await home.told()).toEqual([['passkey.authenticated', first]])

  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { token } = await attemptSignIn(home)
  const second = await attemptRegistration({ client: home.client, authenticator }, { userToken: token })
  const other = { passkeyId: second.passkey.id, name: second.passkey.name, ...of }
  expect(inAnyOrder(await home.told())).toEqual([
    ['passkey.authenticated', first],
    ['passkey.registered', other],
  ])

  await home.client.passkeys.delete(passkey.id)
  expect(await home.told()).toEqual([['passkey.deleted', first]])
  await home.client.passkeys.delete(second.passkey.id)
  expect(inAnyOrder(await home.told())).toEqual([
    ['passkey.deleted', other],
    ['user.deleted', of],
  ])
  expect(await home.elsewhere()).toEqual([])
})

test('what was refused is not told', async () => {
  const home = await watched()
  await attemptRegistration(home)
  const { ceremonyId, publicKey } = await home.client.passkeys.authenticate.begin({ username: 'ada' })
  const credential = home.authenticator.get(publicKey)
  await home.client.passkeys.authenticate.finish({ ceremonyId, credential })
  await home.told()
  const refused = [
    attemptSignIn(home, { get: { signature: flipped } }),
    home.client.passkeys.authenticate.finish({ ceremonyId, credential }),
    home.client.passkeys.delete('psk_00000000000000'),
    home.client.keys.rotate('000000000000'),
    home.client.keys.create({ name: 'x', scopes: ['nothing' as never] }),
  ]
  expect((await Promise.all(refused.map(refusedWith))).map(([, code]) => code)).toEqual([
    ...['verification_failed', 'ceremony_unknown', 'not_found', 'not_found', 'invalid_request'],
  ])
  expect(await home.told()).toEqual([])
  await attemptSignIn(home)
  expect(await home.told()).toHaveLength(1)
})

test('keys that are made, rotated and revoked, each once', async () => {
  const { client, told } = await watched()
  const idempotencyKey = crypto.randomUUID()
  const wanted = { name: 'backend', scopes: ['usage:read' as const] }
  const { id } = await client.keys.create(wanted, { idempotencyKey })
  await client.keys.create(wanted, { idempotencyKey })
  expect(await told()).toEqual([['key.created', { keyId: id, name: 'backend' }]])
  const next = await client.keys.rotate(id)
  expect(await told()).toEqual([['key.rotated', { keyId: next.id, name: 'backend', predecessorId: id }]])
  await client.keys.revoke(next.id)
  await client.keys.revoke(next.id)
  await client.keys.update(id, { name: 'renamed' })
  expect(await told()).toEqual([['key.revoked', { keyId: next.id, name: 'backend' }]])
})

test('grants that users give to apps, and every way in which they end', async () => {
  const app = await newApp({ scopes: ['openid', 'usage:read'] })
  const told = await ear(app.tenantId, 'test')
  const grants = async () => (await told()).filter(([type]) => type.startsWith('oauth.'))
  const browser = new OAuthBrowser()
  const given = async () => {
    const code = await newCode(app, browser, { scope: 'openid' })
    const [[type, data] = []] = await grants()
    expect([type, data]).toEqual([
      'oauth.grant_created',
      {
        grantId: expect.stringMatching(/^[\w-]{43}$/),
        clientId: app.clientId,
        userId: expect.stringMatching(/^usr_/),
        username: 'ada',
        scopes: ['openid'],
      },
    ])
    const { scopes: _, ...grant } = data as Record<string, unknown>
    return { code, grant }
  }

  // A code that comes twice.
  const first = await given()
  expect((await askToken(app, first.code)).status).toBe(200)
  expect(await grants()).toEqual([])
  expect((await askToken(app, first.code)).status).toBe(400)
  expect(await grants()).toEqual([['oauth.grant_revoked', first.grant]])

  // The user takes it back.
  const second = await given()
  const path = `/account/api/grants/${app.clientId}`
  expect((await browser.fetch(path, { method: 'DELETE' })).status).toBe(204)
  expect(await grants()).toEqual([['oauth.grant_revoked', second.grant]])
  expect((await browser.fetch(path, { method: 'DELETE' })).status).toBe(404)
  expect(await grants()).toEqual([])

  // The passkey that signed in is deleted, with the user.
  const third = await given()
  const { client } = await keyOf(app.tenantId)
  const [passkey] = (await client.passkeys.list()).data
  await client.passkeys.delete(passkey?.id ?? '')
  expect(await grants()).toEqual([['oauth.grant_revoked', third.grant]])

  // The client is deleted.
  const other = new OAuthBrowser()
  const code = await newCode(app, other, { scope: 'openid' })
  expect(code).toBeDefined()
  const [[, { scopes: _, ...fourth }] = ['', { scopes: [] }]] = (await grants()) as [string, { scopes: string[] }][]
  await client.oauthClients.delete(app.clientId)
  expect(await grants()).toEqual([['oauth.grant_revoked', fourth]])
})

/** A key that may do everything in a tenant's test environment. */
async function keyOf(tenantId: string) {
  const { secret } = await createKey(await actFor(tenantId, 'test'), { name: 'all', scopes: [...scopeNames] })
  return { client: clientOf(secret) }
}

test('the month’s quota is told at 80 % and at 100 %, once each, to both environments, by the request that reaches it', async () => {
  const home = await watched()
  await home.told()
  for (let request = 0; request < 3; request++) await home.client.tenant()
  await setQuota(home.tenant.id, 10)
  const month = new Date().toISOString().slice(0, 7)
  const thresholds = async () => [...(await home.told()), ...(await home.elsewhere())]
  const of = (percent: 80 | 100) => ['usage.threshold', { percent, quota: 10, month }]
  for (let requests = 4; requests <= 12; requests++) {
    await home.client.tenant()
    const expected = requests === 8 ? [of(80), of(80)] : requests === 10 ? [of(100), of(100)] : []
    expect({ requests, told: await thresholds() }).toEqual({ requests, told: expected })
  }
})

test('a quota that several requests at once reach is told once', async () => {
  const home = await watched()
  await setQuota(home.tenant.id, 4)
  await home.told()
  await Promise.all(Array.from({ length: 5 }, () => home.client.tenant()))
  const month = new Date().toISOString().slice(0, 7)
  expect((await home.told()).map(([, data]) => data)).toEqual(
    expect.arrayContaining([
      { percent: 80, quota: 4, month },
      { percent: 100, quota: 4, month },
    ]),
  )
  await home.client.tenant()
  expect(await home.told()).toEqual([])
})

test('what the MPC server tells: keys that were made, and signatures, each once and as it happened', async () => {
  const home = await watched()
  await home.told()
  const at = new Date(Date.now() - 60_000).toISOString()
  const envelope = (type: string, data: object) => ({
    ...{ specversion: '1.0', id: crypto.randomUUID(), source: 'https://mpc.example', type },
    data: { tenantId: home.tenant.id, environment: 'test', at, ...data },
  })
  const request = (operation: string, more: object = {}) =>
    envelope('mpc.request', { tenantName: 'x', operation, status: 'OK', azp: home.key.id, ...more })
  const state = { label: 'Savings', suite: 'FROST-ED25519-SHA512-v1', threshold: 2, parties: ['device', 'server'] }
  const after = { ...state, approval: 'always', maxPerHour: null, frozenBy: [], resharings: 0 }
  const changed = (type: string) =>
    envelope(type, { keyId: 'mpk_1', actor: { type: 'user', id: 'usr_1' }, before: null, after })
  const batch = [
    request('mpc.sign.finish'),
    request('mpc.sign.finish', { azp: undefined }),
    request('mpc.sign.finish', { repeated: true }),
    request('mpc.sign.finish', { status: 'ABORTED' }),
    request('mpc.sign.begin'),
    changed('mpc.key.generated'),
    changed('mpc.key.frozen'),
  ]
  const tell = async () => {
    const headers = { Authorization: `Bearer ${serviceToken}`, 'Content-Type': 'application/cloudevents-batch+json' }
    return (await send('POST', '/v1/usage/events', { headers, body: JSON.stringify(batch) })).status
  }
  expect([await tell(), await tell()]).toEqual([200, 200])
  const told = inAnyOrder(await home.told())
  expect(told[0]).toEqual(['mpc.key_generated', { keyId: 'mpk_1', label: 'Savings', userId: 'usr_1' }])
  const signed = told.slice(1)
  expect(signed.map(([type]) => type)).toEqual(['mpc.signed', 'mpc.signed'])
  expect(new Set(signed.map(([, data]) => JSON.stringify(data)))).toEqual(
    new Set([JSON.stringify({ azp: home.key.id }), JSON.stringify({ azp: null })]),
  )
})

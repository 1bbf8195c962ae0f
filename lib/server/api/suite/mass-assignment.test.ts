import { beforeAll, describe, expect, test } from 'vitest'
import { expectProblem, newTenant, send } from './harness.ts'
import { keptOf, managedTenant, sendAs } from './keys-harness.ts'
import { quietHook as hook } from './webhooks-harness.ts'

type Tenant = Awaited<ReturnType<typeof managedTenant>>

/** What a body may not say, with values that would do harm where they were taken. */
const forbidden = (other: string): Record<string, unknown> => ({
  tenantId: other,
  tenant: { id: other },
  environment: 'test',
  id: 'AAAAAAAAAAAA',
  secret: 'mine',
  hash: '-'.repeat(43),
  hint: 'sk_live_',
  demo: true,
  familyId: 'AAAAAAAAAAAA',
  predecessorId: 'AAAAAAAAAAAA',
  revokedAt: null,
  createdAt: '2020-01-01T00:00:00Z',
  lastUsedAt: null,
  status: 'active',
  rotation: null,
  limits: { requestsPerMinute: 1_000_000 },
  isAdmin: true,
  constructor: { prototype: { demo: true } },
})

const app = {
  name: 'App',
  type: 'public' as const,
  redirectUris: ['https://app.example/cb'],
  scopes: ['openid' as const],
}

/** What of a client is not said in a body. */
const ofClients = {
  clientId: 'cli_AAAAAAAAAAAAAA',
  clientSecret: `cs_${'a'.repeat(43)}`,
  secrets: [{ id: 'sec_x', hash: '-'.repeat(43) }],
  redirect_uris: ['https://evil.example/cb'],
  signUp: true,
}

/** What of a webhook endpoint is not said in a body. */
const ofWebhooks = {
  secretHint: 'whsec_…',
  publicKey: 'whpk_x',
  privateKey: 'x',
  disabledReason: null,
  failingSince: null,
  createdBy: 'somebody else',
}

/** Every operation on keys, clients, webhooks and money that takes a body: a good one, and what it may not say besides. */
const operations: [method: string, path: string, body: object, more: Record<string, unknown>][] = [
  ['POST', '/v1/keys', { name: 'CI', scopes: ['usage:read'] }, {}],
  ['PATCH', '/v1/keys/{id}', { name: 'Renamed' }, { type: 'test', tier: 'enterprise' }],
  [
    'POST',
    '/v1/keys/{id}/rotate',
    { overlapSeconds: 60 },
    { scopes: ['mpc:sign'], tier: 'enterprise', expiresAt: '2035-01-01', allowedIps: [], name: 'x' },
  ],
  ['POST', '/v1/keys/{id}/allowlist/test', { ip: '203.0.113.7' }, { allowedIps: ['203.0.113.7'] }],
  ['POST', '/v1/oauth/clients', app, ofClients],
  ['POST', '/v1/webhooks', hook, ofWebhooks],
  ['PATCH', '/v1/webhooks/{id}', { description: 'Changed' }, ofWebhooks],
  [
    'POST',
    '/v1/webhooks/{id}/test',
    { type: 'key.created' },
    { ...ofWebhooks, data: {}, url: 'https://evil.example/' },
  ],
  ['POST', '/v1/webhooks/{id}/recover', { since: new Date().toISOString() }, { ...ofWebhooks, limit: 1_000_000 }],
  ['PATCH', '/v1/oauth/clients/{id}', { name: 'Renamed' }, { ...ofClients, type: 'confidential' }],
  ['PATCH', '/v1/account', { balanceAlert: { amount: 500 } }, { balance: { amount: 1_000_000 }, reserved: 0 }],
  ['POST', '/v1/account/payment-methods', { label: 'Invoice' }, { number: '4242 4242 4242 4242', type: 'sandbox' }],
  ['POST', '/v1/account/funds', { amount: 100 }, { status: 'succeeded', currency: 'EUR', methodLabel: 'x' }],
]

const once = () => ({ 'Idempotency-Key': crypto.randomUUID() })

describe.each(operations)('%s %s', (method, template, said, more) => {
  let home: Tenant
  let body: object
  let other: string
  let path: string
  beforeAll(async () => {
    home = await managedTenant()
    other = (await newTenant()).tenant.id
    const { account, oauthClients, webhooks } = home.manager.client
    const make: Record<string, () => Promise<string>> = {
      keys: async () => (await home.addKey('live', ['usage:read'])).id,
      oauth: async () => (await oauthClients.create(app)).clientId,
      webhooks: async () => (await webhooks.create(hook)).id,
    }
    const made = await make[template.split('/')[2] ?? '']?.()
    path = template.replace('{id}', made ?? '')
    const method = template.endsWith('/funds') && (await account.paymentMethods.create({ label: 'Invoice' }))
    body = method ? { ...said, paymentMethodId: method.id } : said
  })

  test('takes no member that it does not know, and changes nothing', async () => {
    const before = [await home.kept(), await keptOf(other)]
    for (const [name, value] of Object.entries({ ...forbidden(other), ...more })) {
      const answer = await sendAs(home.manager.secret, method, path, { ...body, [name]: value })
      expectProblem(answer, [400, 'invalid_request'])
      expect(answer.body.issues).toEqual([{ path: name, message: 'is not known here' }])
    }
    expect([await home.kept(), await keptOf(other)]).toEqual(before)
    expect((await sendAs(home.manager.secret, method, path, body, once())).status).toBeLessThan(300)
  })

  test('is not told by query or header whose that is', async () => {
    const headers = { 'X-Tenant-Id': other, 'X-Environment': 'test', 'X-Scopes': 'mpc:sign', 'X-Tier': 'enterprise' }
    const query = `tenantId=${other}&environment=test`
    const before = await keptOf(other)
    const answer = await sendAs(home.manager.secret, method, `${path}?${query}`, body, { ...headers, ...once() })
    expect([200, 201]).toContain(answer.status)
    expect(await keptOf(other)).toEqual(before)
    const { keys, clients, webhooks } = await home.kept()
    expect(new Set([...keys, ...clients, ...webhooks].map(({ environment }) => environment))).toEqual(new Set(['live']))
  })
})

test('a list is of the key’s own environment, whatever its query says', async () => {
  const [home, other] = [await managedTenant(), await newTenant()]
  for (const query of [`tenantId=${other.tenant.id}`, 'environment=test', 'type=test', 'all=true']) {
    for (const path of [
      ...['/v1/keys', '/v1/oauth/clients', '/v1/webhooks'],
      ...['/v1/account/transactions', '/v1/account/payment-methods'],
    ]) {
      expectProblem(await sendAs(home.manager.secret, 'GET', `${path}?${query}`), [400, 'invalid_request'])
    }
  }
  expect((await home.keys.list()).data.map(({ id }) => id)).toEqual([home.key.id, home.manager.id])
})

test('no operation on keys, clients, webhooks or money that takes a body is left out here', async () => {
  const { body } = await send('GET', '/v1/openapi.json')
  const documented = Object.entries<Record<string, { requestBody?: unknown }>>(body.paths)
    .filter(([path]) => /^\/v1\/(?:keys|oauth|webhooks|account)(?:\/|$)/.test(path))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, of]) => ({ name: `${method} ${path}`, of })))
    .filter(({ of }) => of.requestBody)
  const tested = operations.map(([method, path]) => `${method.toLowerCase()} ${path}`)
  expect(new Set(tested)).toEqual(new Set(documented.map(({ name }) => name)))
})

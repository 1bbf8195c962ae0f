import { beforeAll, expect, test, vi } from 'vitest'
import type { ErrorCode } from '#lib/contract/errors.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { createSkill } from '../../skills/remote.ts'
import { actFor } from '../../tenants/tenants.ts'
import { type Answer, expectProblem, newTenant, register, send } from './harness.ts'
import { keptOf, sendAs } from './keys-harness.ts'
import { quietHook as hook, keepDelivery } from './webhooks-harness.ts'

type Tenant = Awaited<ReturnType<typeof newTenant>>

/** What an id in a path names, by the path's beginning: how to make one in a tenant, and an id that names none, perhaps beside it. */
const resources: Record<
  string,
  {
    make: (home: Tenant, operationId: string) => Promise<{ id: string; secretId?: string }>
    unknown: string | ((id: string) => string)
    code?: ErrorCode
  }
> = {
  '/v1/passkeys/': {
    make: async ({ client, authenticator }) => (await register(client, authenticator, crypto.randomUUID())).passkey,
    unknown: 'psk_00000000000000',
  },
  '/v1/users/': {
    make: async ({ client, authenticator }) => (await register(client, authenticator, crypto.randomUUID())).user,
    unknown: 'usr_00000000000000',
  },
  '/v1/logs/': {
    make: async ({ key }) => {
      const id = (await sendAs(key.secret, 'GET', '/v1/tenant')).headers.get('x-request-id') ?? ''
      // Another process may write it a moment later.
      await vi.waitFor(async () => expect((await sendAs(key.secret, 'GET', `/v1/logs/${id}`)).status).toBe(200), 5_000)
      return { id }
    },
    // The id tells when it was: another of the same moment.
    unknown: (id) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`,
  },
  '/v1/keys/': { make: async ({ addKey }) => addKey('live', ['usage:read']), unknown: '000000000000' },
  '/v1/webhooks/deliveries/': {
    make: async ({ client: { webhooks } }) => keepDelivery((await webhooks.create(hook)).id, 'delivered'),
    unknown: `dlv_${'0'.repeat(28)}`,
  },
  '/v1/webhooks/': { make: async ({ client: { webhooks } }) => webhooks.create(hook), unknown: 'we_00000000000000' },
  '/v1/skills/runs/': {
    make: ({ client: { skills } }) => skills.execute({ skillId: 'jwt.inspect', input: { token: 'x' } }),
    unknown: 'run_000000000000000000000000',
  },
  '/v1/skills/': {
    make: async ({ tenant }) =>
      createSkill(await actFor(tenant.id, 'live'), { ...ownSkill, id: `s-${crypto.randomUUID().slice(0, 8)}` }),
    unknown: 's-00000000',
    code: 'skill_unknown',
  },
  '/v1/oauth/clients/': {
    make: async ({ client: { oauthClients } }, operationId) => {
      const { clientId, secrets } = await oauthClients.create(confidential)
      if (operationId === 'oauth.clients.secrets.delete') await oauthClients.addSecret(clientId)
      return { id: clientId, ...(secrets[0] ? { secretId: secrets[0].id } : {}) }
    },
    unknown: 'cli_00000000000000',
  },
  '/v1/account/payment-methods/': {
    make: async ({ client }) => client.account.paymentMethods.create({ label: 'Invoice' }),
    unknown: 'pm_00000000000000',
  },
  '/v1/account/top-ups/': {
    make: async ({ client: { account } }) => {
      const { id: paymentMethodId } = await account.paymentMethods.create({ label: 'Invoice' })
      return account.fund({ amount: 100, paymentMethodId })
    },
    unknown: 'top_00000000000000',
  },
}

const ownSkill = { name: 'Echo', url: 'https://acme.example/echo', inputSchema: {}, outputSchema: {} }
const confidential = {
  name: 'Backend',
  type: 'confidential' as const,
  scopes: ['usage:read' as const],
  grants: ['client_credentials' as const],
}

/** A good body for each operation that takes one. */
const bodies: Record<string, object> = {
  'passkeys.rename': { name: 'Renamed' },
  'keys.update': { name: 'Renamed', allowedIps: [], expiresAt: null },
  'keys.rotate': { overlapSeconds: 0 },
  'keys.allowlist.test': { ip: '203.0.113.7' },
  'webhooks.update': { description: 'Changed', enabled: true },
  'webhooks.test': {},
  'webhooks.recover': { since: new Date().toISOString() },
  'oauth.clients.update': { name: 'Renamed', redirectUris: [], logoUrl: null },
}

/** The two walls: between tenants, and between the environments of one tenant. */
const walls = ['another tenant', 'the other environment'] as const

let home: Tenant
const beyond = {} as Record<(typeof walls)[number], string>
let operations: { method: string; path: string; operationId: string }[]

beforeAll(async () => {
  home = await newTenant({ type: 'live', scopes: [...scopeNames] })
  const other = await newTenant({ type: 'live', scopes: [...scopeNames] })
  beyond['another tenant'] = other.key.secret
  beyond['the other environment'] = (await home.addKey('test', [...scopeNames])).secret
  const { body } = await send('GET', '/v1/openapi.json')
  operations = Object.entries<Record<string, { operationId: string; security: object[] }>>(body.paths)
    // A live key makes no hand-offs: they are tried with test keys, in a suite of their own.
    .filter(([path]) => path.includes('{') && !path.startsWith('/v1/hand-offs/'))
    .flatMap(([path, methods]) =>
      // What no key may ask is tried with access tokens, where approvals are.
      Object.entries(methods)
        .filter(([, { security }]) => security.some((way) => 'apiKey' in way))
        .map(([method, { operationId }]) => ({ method: method.toUpperCase(), path, operationId })),
    )
})

const everything = async () => [await home.stored(), await keptOf(home.tenant.id)]
const withoutRequest = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: '' } })

test('every documented route of a key that takes an id is tried here', () => {
  expect(operations.length).toBeGreaterThanOrEqual(12)
  for (const { path } of operations) expect(Object.keys(resources).some((start) => path.startsWith(start))).toBe(true)
})

test.each(walls)('to %s every id is as unknown as one that never existed, on every route', async (wall) => {
  for (const { method, path, operationId } of operations) {
    const {
      make,
      unknown,
      code = 'not_found',
    } = Object.entries(resources).find(([start]) => path.startsWith(start))?.[1] ?? {}
    if (!make || !unknown) throw new Error(`Nothing here makes what ${path} names.`)
    const { id, secretId = '' } = await make(home, operationId)
    const ask = (key: string, id: string) =>
      sendAs(key, method, path.replace(/\{(?:id|requestId)\}/, id).replace('{secretId}', secretId), bodies[operationId])
    const before = await everything()
    const foreign = await ask(beyond[wall], id)
    expectProblem(foreign, [404, code])
    expect(withoutRequest(foreign), operationId).toEqual(
      withoutRequest(await ask(beyond[wall], typeof unknown === 'string' ? unknown : unknown(id))),
    )
    expect(await everything(), operationId).toEqual(before)
    expect((await ask(home.key.secret, id)).status, operationId).toBeLessThan(300)
  }
})

test.each(walls)('%s lists none of a tenant’s keys, and learns nothing from a cursor of theirs', async (wall) => {
  const list = (key: string, query = '') => sendAs(key, 'GET', `/v1/keys${query}`)
  const ids = ({ body }: Answer) => body.data.map(({ id }: { id: string }) => id)
  const before = await home.addKey('live', ['usage:read'])
  await sendAs(beyond[wall], 'POST', '/v1/keys', { name: 'Own', scopes: ['usage:read'] })
  const mine = new Set(ids(await list(home.key.secret, '?limit=100')))
  expect(mine).toContain(before.id)
  const theirs = await list(beyond[wall], '?limit=100')
  expect(ids(theirs).length).toBeGreaterThan(1)
  for (const id of ids(theirs)) expect(mine).not.toContain(id)
  for (const cursor of [before.id, home.key.id]) {
    const [foreign, unknown] = [
      await list(beyond[wall], `?cursor=${cursor}`),
      await list(beyond[wall], '?cursor=000000000000'),
    ]
    expect(foreign.body).toEqual(unknown.body)
  }
})

test.each(['..', '%2e%2e', '%00', '*', "' OR 1=1 --", '{id}', 'null', '😀', 'a/b', 'x'.repeat(64), 'x'.repeat(65)])(
  'an id that can be none is not found: %s',
  async (id) => {
    const before = await everything()
    for (const resource of ['keys', 'passkeys', 'oauth/clients', 'webhooks']) {
      const path = `/v1/${resource}/a${encodeURIComponent(id)}`
      const change = resource === 'webhooks' ? { description: 'Mine' } : { name: 'Mine' }
      const answer = await sendAs(home.key.secret, 'PATCH', path, change)
      expectProblem(answer, [404, 'not_found'])
    }
    expect(await everything()).toEqual(before)
  },
)

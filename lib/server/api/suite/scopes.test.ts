import { beforeAll, describe, expect, test } from 'vitest'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import type { Client } from '#lib/sdk/client.ts'
import { newTenant, refusedWith, register, send } from './harness.ts'
import { keptOf } from './keys-harness.ts'
import { quietHook as hook, keepDelivery } from './webhooks-harness.ts'

type Tenant = Awaited<ReturnType<typeof newTenant>>

const app = {
  name: 'App',
  type: 'confidential' as const,
  redirectUris: ['https://app.example/cb'],
  scopes: ['openid' as const],
}

/** A call that takes an endpoint’s id. */
const ofWebhook =
  (call: (client: Client, id: string) => unknown) =>
  async ({ client: full }: Tenant) => {
    const { id } = await full.webhooks.create(hook)
    return (client: Client) => call(client, id)
  }

/** A call that takes a delivery’s id. */
const ofDelivery =
  (call: (client: Client, id: string) => unknown) =>
  async ({ client: full }: Tenant) => {
    const { id } = await full.webhooks.create(hook)
    const delivery = await keepDelivery(id, 'delivered')
    return (client: Client) => call(client, delivery.id)
  }

const inspection = { skillId: 'jwt.inspect', input: { token: 'x' } }

/** Each operation that needs a scope: what must be there first, the call, and what else it needs. */
const operations: [
  name: string,
  scope: Scope,
  prepare: (tenant: Tenant) => Promise<(client: Client) => unknown>,
  besides?: Scope[],
][] = [
  ['handoffs.create', 'passkeys:register', async () => (client) => client.handOffs.create(), ['passkeys:authenticate']],
  [
    'handoffs.read',
    'passkeys:register',
    async ({ client: full }) => {
      const { id } = await full.handOffs.create()
      return (client) => client.handOffs.read(id)
    },
  ],
  [
    'passkeys.register.begin',
    'passkeys:register',
    async () => (client) => client.passkeys.register.begin({ username: crypto.randomUUID() }),
  ],
  [
    'passkeys.register.finish',
    'passkeys:register',
    async ({ client: full, authenticator }) => {
      const { ceremonyId, publicKey } = await full.passkeys.register.begin({ username: crypto.randomUUID() })
      return (client) => client.passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
    },
  ],
  [
    'passkeys.authenticate.begin',
    'passkeys:authenticate',
    async () => (client) => client.passkeys.authenticate.begin(),
  ],
  [
    'passkeys.authenticate.finish',
    'passkeys:authenticate',
    async ({ client: full, authenticator }) => {
      const username = crypto.randomUUID()
      await register(full, authenticator, username)
      const { ceremonyId, publicKey } = await full.passkeys.authenticate.begin({ username })
      return (client) => client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
    },
  ],
  ['passkeys.list', 'passkeys:manage', async () => (client) => client.passkeys.list()],
  [
    'passkeys.rename',
    'passkeys:manage',
    async ({ client: full, authenticator }) => {
      const { passkey } = await register(full, authenticator, crypto.randomUUID())
      return (client) => client.passkeys.rename(passkey.id, 'Renamed')
    },
  ],
  [
    'passkeys.delete',
    'passkeys:manage',
    async ({ client: full, authenticator }) => {
      const { passkey } = await register(full, authenticator, crypto.randomUUID())
      return (client) => client.passkeys.delete(passkey.id)
    },
  ],
  ['users.list', 'passkeys:manage', async () => (client) => client.users.list()],
  [
    'users.read',
    'passkeys:manage',
    async ({ client: full, authenticator }) => {
      const { user } = await register(full, authenticator, crypto.randomUUID())
      return (client) => client.users.get(user.id)
    },
  ],
  [
    'users.delete',
    'passkeys:manage',
    async ({ client: full, authenticator }) => {
      const { user } = await register(full, authenticator, crypto.randomUUID())
      return (client) => client.users.delete(user.id)
    },
  ],
  ['keys.create', 'keys:manage', async () => (client) => client.keys.create({ name: 'CI', scopes: ['keys:manage'] })],
  ['keys.list', 'keys:manage', async () => (client) => client.keys.list()],
  [
    'keys.read',
    'keys:manage',
    async ({ key }) =>
      (client) =>
        client.keys.read(key.id),
  ],
  [
    'keys.update',
    'keys:manage',
    async ({ key }) =>
      (client) =>
        client.keys.update(key.id, { name: 'Renamed' }),
  ],
  [
    'keys.rotate',
    'keys:manage',
    async ({ addKey }) => {
      const { id } = await addKey('test', ['keys:manage'])
      return (client) => client.keys.rotate(id)
    },
  ],
  [
    'keys.revoke',
    'keys:manage',
    async ({ addKey }) => {
      const { id } = await addKey('test', ['keys:manage'])
      return (client) => client.keys.revoke(id)
    },
  ],
  [
    'keys.allowlist.test',
    'keys:manage',
    async ({ key }) =>
      (client) =>
        client.keys.testAddress(key.id, '192.0.2.1'),
  ],
  [
    'oauth.clients.create',
    'oauth:manage',
    async () => (client) => client.oauthClients.create({ ...app, type: 'public' }),
  ],
  ['oauth.clients.list', 'oauth:manage', async () => (client) => client.oauthClients.list()],
  [
    'oauth.clients.read',
    'oauth:manage',
    async ({ client: full }) => {
      const { clientId } = await full.oauthClients.create(app)
      return (client) => client.oauthClients.read(clientId)
    },
  ],
  [
    'oauth.clients.update',
    'oauth:manage',
    async ({ client: full }) => {
      const { clientId } = await full.oauthClients.create(app)
      return (client) => client.oauthClients.update(clientId, { name: 'Renamed' })
    },
  ],
  [
    'oauth.clients.delete',
    'oauth:manage',
    async ({ client: full }) => {
      const { clientId } = await full.oauthClients.create(app)
      return (client) => client.oauthClients.delete(clientId)
    },
  ],
  [
    'oauth.clients.secrets.create',
    'oauth:manage',
    async ({ client: full }) => {
      const { clientId } = await full.oauthClients.create(app)
      return (client) => client.oauthClients.addSecret(clientId)
    },
  ],
  [
    'oauth.clients.secrets.delete',
    'oauth:manage',
    async ({ client: full }) => {
      const { clientId } = await full.oauthClients.create(app)
      const { id } = await full.oauthClients.addSecret(clientId)
      return (client) => client.oauthClients.removeSecret(clientId, id)
    },
  ],
  ['webhooks.types', 'webhooks:manage', async () => (client) => client.webhooks.eventTypes()],
  ['webhooks.create', 'webhooks:manage', async () => (client) => client.webhooks.create(hook)],
  ['webhooks.list', 'webhooks:manage', async () => (client) => client.webhooks.list()],
  ['webhooks.read', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.read(id))],
  ['webhooks.update', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.update(id, { enabled: true }))],
  ['webhooks.delete', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.delete(id))],
  ['webhooks.secret.rotate', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.rotateSecret(id))],
  ['webhooks.test', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.test(id))],
  [
    'webhooks.recover',
    'webhooks:manage',
    ofWebhook((client, id) => client.webhooks.recover(id, { since: new Date().toISOString() })),
  ],
  ['webhooks.deliveries.list', 'webhooks:manage', ofWebhook((client, id) => client.webhooks.deliveries.list(id))],
  ['webhooks.deliveries.read', 'webhooks:manage', ofDelivery((client, id) => client.webhooks.deliveries.read(id))],
  ['webhooks.deliveries.resend', 'webhooks:manage', ofDelivery((client, id) => client.webhooks.deliveries.resend(id))],
  ['skills.list', 'skills:list', async () => (client) => client.skills.list()],
  ['skills.read', 'skills:list', async () => (client) => client.skills.get('jwt.inspect')],
  ['skills.execute', 'skills:execute', async () => (client) => client.skills.execute(inspection)],
  ['skills.runs.list', 'skills:execute', async () => (client) => client.skills.runs.list()],
  [
    'skills.runs.read',
    'skills:execute',
    async ({ client: full }) => {
      const { id } = await full.skills.execute(inspection)
      return (client) => client.skills.runs.get(id)
    },
  ],
  ['usage.read', 'usage:read', async () => (client) => client.usage()],
  ['logs.list', 'usage:read', async () => (client) => client.logs.list()],
  [
    'logs.read',
    'usage:read',
    async ({ client: full }) => {
      await full.tenant()
      const { data } = await full.logs.list({ operation: 'tenant.read' })
      return (client) => client.logs.get(data[0]?.requestId ?? '')
    },
  ],
  ['account.read', 'account:read', async () => (client) => client.account.read()],
  ['account.update', 'account:write', async () => (client) => client.account.update({ balanceAlert: null })],
  ['account.transactions.list', 'account:read', async () => (client) => client.account.transactions()],
  ['account.methods.list', 'account:write', async () => (client) => client.account.paymentMethods.list()],
  [
    'account.methods.create',
    'account:write',
    async () => (client) => client.account.paymentMethods.create({ label: 'Invoice' }),
  ],
  [
    'account.methods.delete',
    'account:write',
    async ({ client: full }) => {
      const { id } = await full.account.paymentMethods.create({ label: 'Invoice' })
      return (client) => client.account.paymentMethods.delete(id)
    },
  ],
  [
    'account.fund',
    'account:write',
    async () => (client) => client.account.fund({ amount: 100, paymentMethodId: 'pm_card_ok' }),
  ],
  [
    'account.topups.read',
    'account:write',
    async ({ client: full }) => {
      const { id } = await full.account.fund({ amount: 100, paymentMethodId: 'pm_card_ok' })
      return (client) => client.account.topUp(id)
    },
  ],
]

describe.each(operations)('%s', (_name, scope, prepare, besides = []) => {
  let tenant: Tenant
  beforeAll(async () => {
    tenant = await newTenant({ scopes: [...scopeNames] })
  })

  test(`is refused to a key that holds every scope but ${scope}, and nothing has changed`, async () => {
    const call = await prepare(tenant)
    const without = await tenant.addKey(
      'test',
      scopeNames.filter((name) => name !== scope),
    )
    const everything = async () => [await tenant.stored(), await keptOf(tenant.tenant.id)]
    const before = await everything()
    expect(await refusedWith(Promise.resolve(call(without.client)))).toEqual([403, 'insufficient_scope'])
    expect(await everything()).toEqual(before)
    // What was refused for its scope used nothing up.
    await call(tenant.client)
  })

  test(`is open to a key that holds ${[scope, ...besides].join(' and ')} alone`, async () => {
    const call = await prepare(tenant)
    const only = await tenant.addKey('test', [scope, ...besides])
    await call(only.client)
  })
})

test('any key may read whom it speaks for', async () => {
  const { addKey, tenant } = await newTenant()
  const key = await addKey('test', ['webhooks:manage'])
  expect((await key.client.tenant()).tenant.id).toBe(tenant.id)
})

test('no operation of a key that needs a scope is left out here', async () => {
  const { body } = await send('GET', '/v1/openapi.json')
  const documented = Object.values<Record<string, { operationId: string; security: object[] }>>(body.paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ operationId, security }) => security.some((way) => 'apiKey' in way) && operationId !== 'tenant.read')
  expect(new Set(operations.map(([name]) => name))).toEqual(new Set(documented.map(({ operationId }) => operationId)))
})

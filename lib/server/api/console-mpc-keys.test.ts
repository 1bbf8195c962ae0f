import { Code, ConnectError, createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Environment } from '#lib/contract/environment.ts'
import { mpcKeysQuery } from '#lib/contract/mpc-keys.ts'
import { Client } from '#lib/sdk/client.ts'
import { memoryShares } from '#lib/sdk/mpc/index.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { KeyService, TenantKeyService } from '../../mpc/proto/mpc_pb.js'
import { freePort, serve } from '../../setup/serve.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { fullCaller, system } from '../caller.ts'
import { createKey } from '../keys/make-key.ts'
import { closeConnections } from '../mpc/connection.ts'
import { listMpcKeys } from '../mpc/tenant-keys.ts'
import { mpcServiceToken } from '../service-tokens/service-tokens.ts'
import { actFor } from '../tenants/tenants.ts'
import { issueTenantToken } from '../tokens/tenant-token.ts'
import { api } from './app.ts'
import { newConsole } from './suite/console-harness.ts'
import { passkeyScopes, refusal, refusedWith } from './suite/harness.ts'

// Both servers run, each in a process of its own; this one shares the auth server's database, and makes tenants in it.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
let auth: Awaited<ReturnType<typeof serve>>
let server: Awaited<ReturnType<typeof serveMpc>>
let livePort: number

beforeAll(async () => {
  const MPC_PORT = String(await freePort())
  const MPC_URL = `http://localhost:${MPC_PORT}`
  const settings = { DATA_DIR: String(process.env.DATA_DIR), MPC_URL }
  auth = await serve('start', settings)
  // This process asks, too, as the same issuer: of two servers for test, one of which is away, and of another for live.
  livePort = await freePort()
  const MPC_TEST_URL = [await freePort(), MPC_PORT].map((port) => `http://localhost:${port}`).join(' ')
  Object.assign(process.env, { BASE_URL: auth.baseUrl, MPC_URL: `http://localhost:${livePort}`, MPC_TEST_URL })
  server = await serveMpc({ MPC_PORT, MPC_ISSUER: auth.baseUrl, MPC_USAGE_TOKEN: await mpcServiceToken() })
})
afterAll(async () => {
  await server?.stop()
  await auth?.stop()
})

const newMember = (confirms = false) => newConsole({ confirms, at: auth.baseUrl })

/** A user of a tenant's, signed in, with a key that the token alone signs with. */
async function newUser(tenantId: string, username: string, type: Environment = 'test') {
  const caller = await actFor(tenantId, type)
  const { secret: apiKey } = await createKey(caller, { type, name: 'app', scopes: passkeyScopes })
  const client = new Client({ apiKey, baseUrl: auth.baseUrl })
  const authenticator = new SoftwareAuthenticator({ origin: auth.baseUrl })
  await client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
  const approve = (options: Parameters<SoftwareAuthenticator['get']>[0]) => authenticator.get(options)
  const { token, user } = await client.passkeys.signIn({ username }, { credential: approve })
  const mpc = client.mpc({ token, shares: memoryShares() })
  const key = await mpc.keys.generate({ label: `Treasury of ${username}`, policy: { approval: 'never' } })
  return { client, mpc, key, user, token, approve }
}

test('a member lists the keys of the tenant’s users by their names, and finds them by each filter', async () => {
  const { client, tenant } = await newMember()
  const ada = await newUser(tenant.id, 'ada')
  const bob = await newUser(tenant.id, 'bob_%')
  const zoe = await newUser(tenant.id, 'Zoë Ärm')
  await ada.mpc.sign(ada.key.id, message)
  const { data, total, nextCursor } = await client.mpcKeys.list({ environment: 'test' })
  expect([data.map(({ id }) => id), total, nextCursor]).toEqual([[zoe.key.id, bob.key.id, ada.key.id], 3, null])
  expect(data[2]).toMatchObject({
    user: { id: ada.user.id, username: 'ada' },
    ...{ environment: 'test', label: 'Treasury of ada', suite: 'ed25519', threshold: 2, parties: ada.key.parties },
    publicKey: Buffer.from(ada.key.publicKey).toString('base64url'),
    policy: { approval: 'never', maxPerHour: null },
    ...{ frozenBy: [], resharings: 0, signatures: 1, lastSignedAt: expect.stringMatching(/^20/) },
  })
  expect(await client.mpcKeys.read(ada.key.id, 'test')).toEqual(data[2])

  const found = async (filter: object) =>
    (await client.mpcKeys.list({ environment: 'test', ...filter })).data.map(({ user }) => user.username)
  expect(await found({ q: ' ADA ' })).toEqual(['ada'])
  expect(await found({ q: 'b_%' })).toEqual(['bob_%'])
  expect(await found({ q: '%' })).toEqual(['bob_%'])
  expect(await found({ q: 'zoë Ä' })).toEqual(['Zoë Ärm'])
  expect(await found({ user: ada.user.id })).toEqual(['ada'])
  expect(await found({ frozen: 'yes' })).toEqual([])
  const page = await client.mpcKeys.list({ limit: 2 })
  expect([page.data.map(({ id }) => id), page.total]).toEqual([[zoe.key.id, bob.key.id], 3])
  expect(await found({ limit: 2, cursor: page.nextCursor })).toEqual(['ada'])
  expect(await refusedWith(client.mpcKeys.list({ cursor: 'x' }))).toEqual([400, 'invalid_request'])
})

test('a key that a member froze signs nothing at once; to unfreeze it is confirmed with a passkey, and theirs alone', async () => {
  const { client, browser, tenant } = await newMember()
  const { mpc, key, approve } = await newUser(tenant.id, 'ada')
  expect(await client.mpcKeys.freeze(key.id, 'test')).toMatchObject({ id: key.id, frozenBy: ['tenant'] })
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'key_frozen' })
  await expect(mpc.keys.unfreeze(key.id, { approve })).rejects.toMatchObject({ reason: 'frozen_by_tenant' })
  const unfreeze = () => client.mpcKeys.unfreeze(key.id, 'test')
  expect(await refusedWith(unfreeze())).toEqual([403, 'confirmation_required'])
  await browser.confirm(`POST /mpc-keys/${key.id}/unfreeze`, { environment: 'live' })
  expect(await refusedWith(unfreeze())).toEqual([403, 'confirmation_required'])
  expect((await client.mpcKeys.read(key.id, 'test')).frozenBy).toEqual(['tenant'])
  await browser.confirm(`POST /mpc-keys/${key.id}/unfreeze`, { environment: 'test' })
  expect((await unfreeze()).frozenBy).toEqual([])
  expect((await mpc.sign(key.id, message)).signature).toHaveLength(64)

  // What the user froze is the user's to unfreeze.
  await mpc.keys.freeze(key.id)
  browser.confirms = true
  const { status, detail } = await refusal(unfreeze())
  expect([status, detail]).toEqual([400, expect.stringContaining('only the user unfreezes it')])
  expect((await client.mpcKeys.read(key.id, 'test')).frozenBy).toEqual(['user'])
})

test('what happens to a key stands in the tenant’s audit log: what, by whom, from what to what', async () => {
  const { client, browser, tenant } = await newMember(true)
  const { mpc, key, user, approve } = await newUser(tenant.id, 'ada')
  await mpc.keys.refresh(key.id, { approve })
  await mpc.keys.update(key.id, { label: 'Treasury of ada and bob' })
  await mpc.keys.update(key.id, { policy: { approval: 'always', maxPerHour: 3 } })
  await mpc.keys.freeze(key.id)
  await mpc.keys.freeze(key.id)
  await mpc.keys.unfreeze(key.id, { approve })
  await client.mpcKeys.freeze(key.id, 'test')
  await client.mpcKeys.unfreeze(key.id, 'test')
  await mpc.keys.delete(key.id, { approve })
  const told = async () => (await client.audit({ q: key.id })).data.toReversed()
  const actions = ['generated', 'reshared', 'updated', 'frozen', 'unfrozen', 'frozen', 'unfrozen', 'deleted']
  await expect
    .poll(async () => (await told()).map(({ action }) => action))
    .toEqual(actions.map((action) => `mpc_key.${action}`))
  const events = await told()
  const { id, name } = (await client.session()).member
  const [ada, member] = [
    { type: 'user', id: user.id, name: 'ada' },
    { type: 'member', id, name },
  ]
  expect(events.map(({ actor }) => actor)).toEqual([ada, ada, ada, ada, ada, member, member, ada])
  for (const { environment, target } of events) {
    expect([environment, target.id]).toEqual(['test', key.id])
  }
  // A label alone is no event.
  const [generated, reshared, updated, , , frozen, , deleted] = events
  expect(generated).toMatchObject({
    target: { name: 'Treasury of ada' },
    before: null,
    after: { suite: 'ed25519', threshold: 2, resharings: 0 },
  })
  expect(reshared).toMatchObject({ before: { resharings: 0 }, after: { resharings: 1 } })
  expect(updated).toMatchObject({
    before: { approval: 'never', maxPerHour: null },
    after: { approval: 'always', maxPerHour: 3 },
  })
  expect(frozen).toMatchObject({ before: { frozenBy: [] }, after: { frozenBy: ['tenant'] } })
  expect([frozen?.address, frozen?.requestId]).toEqual([expect.any(String), expect.any(String)])
  expect(deleted).toMatchObject({ before: { label: 'Treasury of ada and bob' }, after: null })
  expect((await client.audit({ action: 'mpc_key.frozen' })).data).toHaveLength(2)
  const csv = await browser.fetch(
    `${auth.baseUrl}/console/api/of/${(await client.session()).tenant.id}/audit.csv?action=mpc_key.reshared`,
  )
  expect(await csv.text()).toContain(`,mpc_key.reshared,test,user,${user.id},ada,,,${key.id},Treasury of ada,`)
})

test('a key of another tenant or environment does not exist for a member, whatever is asked of it', async () => {
  const [mine, theirs] = [await newMember(true), await newMember(true)]
  const { key, mpc } = await newUser(theirs.tenant.id, 'eve', 'live')
  const strangers = [
    [mine, 'live'],
    [mine, 'test'],
    [theirs, 'test'],
  ] as const
  for (const [{ client }, environment] of strangers) {
    expect(await client.mpcKeys.list({ environment })).toMatchObject({ data: [], total: 0 })
    const calls = [client.mpcKeys.read, client.mpcKeys.freeze, client.mpcKeys.unfreeze]
    for (const call of calls) expect(await refusedWith(call(key.id, environment))).toEqual([404, 'not_found'])
  }
  expect((await mpc.sign(key.id, message)).signature).toHaveLength(64)
  expect((await theirs.client.mpcKeys.freeze(key.id, 'live')).frozenBy).toEqual(['tenant'])
})

test('the keys are for members, asked from the Console’s own pages', async () => {
  const { client, browser, tenant } = await newMember(true)
  const { key } = await newUser(tenant.id, 'ada')
  const visitor = await fetch(`${auth.baseUrl}/console/api/mpc-keys`)
  expect([visitor.status, (await visitor.json()).code]).toEqual([401, 'session_required'])
  browser.headers = { Origin: 'https://evil.example' }
  expect(await refusedWith(client.mpcKeys.freeze(key.id, 'test'))).toEqual([403, 'origin_not_allowed'])
  browser.headers = { Origin: auth.baseUrl }
  for (const body of [{}, { environment: 'all' }, { environment: 'test', tenantId: tenant.id }]) {
    const answer = await browser.fetch(`${auth.baseUrl}/console/api/mpc-keys/${key.id}/freeze`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'invalid_request'])
  }
  expect((await client.mpcKeys.read(key.id, 'test')).frozenBy).toEqual([])
})

test('the token that the auth server asks with opens the tenant’s keys, and nothing else of either server', async () => {
  const { tenant } = await newMember()
  const { client, key, token } = await newUser(tenant.id, 'ada')
  const { tenant: acting } = await actFor(tenant.id, 'test')
  const member = { ...system, type: 'member' as const, id: 'mem_1', name: 'Grace' }
  const ours = await issueTenantToken(fullCaller(acting, 'test', member))
  const bearer = (jwt: string) => ({ headers: { authorization: `Bearer ${jwt}` } })
  const transport = createGrpcTransport({ baseUrl: server.url })
  const [tenantKeys, keys] = [createClient(TenantKeyService, transport), createClient(KeyService, transport)]
  expect((await tenantKeys.get({ keyId: key.id }, bearer(ours))).key?.id).toBe(key.id)
  expect((await keys.get({ keyId: key.id }, bearer(token))).key?.id).toBe(key.id)
  for (const call of [
    () => tenantKeys.get({ keyId: key.id }, bearer(token)),
    () => keys.get({ keyId: key.id }, bearer(ours)),
  ]) {
    const refused = await call().catch((error) => ConnectError.from(error))
    expect(refused).toMatchObject({ code: Code.Unauthenticated })
  }
  const send = (path: string, headers: Record<string, string>) =>
    fetch(`${auth.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: '{}',
    })
  const authorization = `Bearer ${ours}`
  expect((await send('/v1/mpc/mpc.v1.KeyService/List', { authorization })).status).toBe(401)
  expect((await fetch(`${auth.baseUrl}/v1/tenant`, { headers: { authorization } })).status).toBe(401)
  expect(await refusedWith(client.passkeys.list({}, { userToken: ours }))).toEqual([401, 'token_invalid'])
  expect((await client.passkeys.list({}, { userToken: token })).data).toHaveLength(1)
  // Nor does the gateway lead to the service, whoever asks.
  for (const jwt of [ours, token]) {
    const { status } = await send('/v1/mpc/mpc.v1.TenantKeyService/List', { authorization: `Bearer ${jwt}` })
    expect(status).toBe(501)
  }
})

test('of several MPC servers, one that is away is passed over, and one of the other environment never asked', async () => {
  const { tenant } = await newMember()
  const { key, token } = await newUser(tenant.id, 'ada')
  const { tenant: acting } = await actFor(tenant.id, 'test')
  const caller = fullCaller(acting, 'test', { ...system, type: 'member', id: 'mem_1', name: 'Grace' })
  const live = await serveMpc({ MPC_PORT: String(livePort), MPC_ISSUER: auth.baseUrl, MPC_ENVIRONMENTS: 'live' })
  // Whichever comes first.
  for (let turn = 0; turn < 3; turn++) {
    const { data } = await listMpcKeys(caller, mpcKeysQuery.parse({ environment: 'test' }))
    expect(data.map(({ id }) => id)).toEqual([key.id])
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await api().request('/v1/mpc/mpc.v1.KeyService/List', { method: 'POST', headers, body: '{}' })
    expect(await answer.json()).toMatchObject({ keys: [{ id: key.id }] })
  }
  await live.stop()
  closeConnections()
})

test('with a user whom a member deletes, their keys are frozen and stay, and those of others go on', async () => {
  const { client, tenant } = await newMember()
  const [ada, eve] = [await newUser(tenant.id, 'ada'), await newUser(tenant.id, 'eve')]
  const { user } = await client.mpcKeys.read(ada.key.id, 'test')
  await client.users.delete(user.id)
  const after = async (id: string) => {
    const { user, frozenBy } = await client.mpcKeys.read(id, 'test')
    return [user.username, frozenBy]
  }
  expect(await after(ada.key.id)).toEqual([null, ['tenant']])
  expect(await after(eve.key.id)).toEqual(['eve', []])
})

test('whoever deletes a user by a key, by id or with the last passkey, freezes their keys, and the audit log names that key', async () => {
  const { client, tenant } = await newMember()
  const [ada, bob, eve] = [
    await newUser(tenant.id, 'ada'),
    await newUser(tenant.id, 'bob'),
    await newUser(tenant.id, 'eve'),
  ]
  const { secret, ...key } = await createKey(await actFor(tenant.id, 'test'), {
    name: 'backend',
    scopes: [...passkeyScopes, 'passkeys:manage'],
  })
  const byKey = new Client({ apiKey: secret, baseUrl: auth.baseUrl })
  await byKey.users.delete(ada.user.id)
  const passkeyOf = async (username: string) => (await byKey.passkeys.list({ username })).data[0]?.id ?? ''
  await byKey.passkeys.delete(await passkeyOf('bob'))
  // One of two passkeys is no deletion of its user.
  const second = new SoftwareAuthenticator({ origin: auth.baseUrl })
  const first = await passkeyOf('eve')
  await byKey.passkeys.register(
    { username: 'eve' },
    { credential: (wanted) => second.create(wanted), userToken: eve.token },
  )
  await byKey.passkeys.delete(first)

  const frozenBy = async (id: string) => (await client.mpcKeys.read(id, 'test')).frozenBy
  const all = [ada, bob, eve].map(({ key }) => key.id)
  expect(await Promise.all(all.map(frozenBy))).toEqual([['tenant'], ['tenant'], []])
  const frozen = async () => (await client.audit({ action: 'mpc_key.frozen' })).data.toReversed()
  await expect.poll(async () => (await frozen()).map(({ target }) => target.id)).toEqual(all.slice(0, 2))
  for (const { actor } of await frozen()) expect(actor).toEqual({ type: 'key', id: key.id, name: 'backend' })
})

test('while the MPC server is away, the page is told so, and the rest works', async () => {
  const { client, tenant } = await newMember()
  const { key } = await newUser(tenant.id, 'ada')
  await server.stop()
  for (const call of [() => client.mpcKeys.list({}), () => client.mpcKeys.freeze(key.id, 'test')]) {
    const { status, code, detail } = await refusal(call())
    expect([status, code, detail]).toEqual([503, 'unavailable', expect.stringContaining('cannot be reached now')])
  }
  expect((await client.keys.list('test')).data).toHaveLength(1)
  const [{ id = '' } = {}] = (await client.users.list({})).data
  await client.users.delete(id)
  expect((await client.users.list({})).total).toBe(0)
})

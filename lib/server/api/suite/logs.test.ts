import { expect, test } from 'vitest'
import type { LogQuery } from '#lib/contract/logs.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import {
  type clientOf,
  expectProblem,
  mount,
  newTenant,
  passkeyScopes,
  refusal,
  refusedWith,
  register,
  send,
  signIn,
} from './harness.ts'

const scopes = [...passkeyScopes, 'usage:read'] as const

/** A key asks a hundred times in a minute. */
const soon = { interval: 300 }

/** A tenant of whose requests one was refused, with another key; and all of them, latest first. */
async function visited(type: 'test' | 'live' = 'test') {
  const tenant = await newTenant({ type, scopes: [...scopes] })
  const { client, authenticator } = tenant
  const { user } = await register(client, authenticator, 'ada')
  await signIn(client, authenticator, 'ada')
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'grace' })
  const elsewhere = new SoftwareAuthenticator({ origin: 'https://app.acme.example' })
  await refusedWith(client.passkeys.register.finish({ ceremonyId, credential: elsewhere.create(publicKey) }))
  const other = await tenant.addKey(type, passkeyScopes)
  await refusedWith(other.client.usage())
  // What another process of the mount answered is written within a second.
  const all = async () => (await client.logs.list()).data.filter(({ operation }) => operation !== 'logs.list')
  await expect.poll(all, soon).toHaveLength(7)
  return { ...tenant, user, other, log: await all() }
}

test('the log is filtered by each of its members, and by the time', async () => {
  const { client, key, other, user, log } = await visited()
  const operations = async (query: LogQuery & { limit?: number }) =>
    (await client.logs.list(query)).data.map(({ operation }) => operation).filter((name) => name !== 'logs.list')
  // What several processes wrote in one second stands process by process.
  const byTime = log.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  expect(byTime.map(({ operation, status }) => [operation, status])).toEqual([
    ['usage.read', 403],
    ['passkeys.register.finish', 400],
    ['passkeys.register.begin', 200],
    ['passkeys.authenticate.finish', 200],
    ['passkeys.authenticate.begin', 200],
    ['passkeys.register.finish', 201],
    ['passkeys.register.begin', 200],
  ])
  const [refused, unverified] = byTime
  expect((await operations({ status: '4xx' })).sort()).toEqual(['passkeys.register.finish', 'usage.read'])
  expect(await operations({ status: '403' })).toEqual(['usage.read'])
  expect(await operations({ operation: 'passkeys.authenticate.begin' })).toEqual(['passkeys.authenticate.begin'])
  expect(await operations({ code: 'insufficient_scope' })).toEqual(['usage.read'])
  expect(await operations({ reason: 'origin' })).toEqual(['passkeys.register.finish'])
  expect(await operations({ key: other.id })).toEqual(['usage.read'])
  expect(await operations({ key: key.id, status: '4xx' })).toEqual(['passkeys.register.finish'])
  expect(await operations({ client: 'cli_none' })).toEqual([])
  for (const name of ['ada', user.id]) expect(await operations({ user: name })).toHaveLength(4)
  expect(await operations({ user: 'ad' })).toEqual([])
  expect(await operations({ address: '203.0.113.99' })).toEqual([])
  expect(await operations({ requestId: refused?.requestId })).toEqual(['usage.read'])
  expect(await operations({ to: unverified?.at })).toHaveLength(5)
  expect(await operations({ from: refused?.at, operation: 'usage.read' })).toEqual(['usage.read'])
  expect(await operations({ to: byTime.at(-1)?.at })).toEqual([])
  for (const status of ['4', '40x', '600', 'ok']) {
    expect(await refusedWith(client.logs.list({ status }))).toEqual([400, 'invalid_request'])
  }
})

test('a sign-in that was refused for a name that nobody has is found by that name', async () => {
  const { client } = await newTenant({ scopes: [...scopes] })
  for (const username of ['nobody', 'somebody']) {
    expect(await refusedWith(client.passkeys.authenticate.begin({ username }))).toEqual([404, 'user_unknown'])
  }
  const found = async () => (await client.logs.list({ user: 'nobody' })).data.map(({ code, user }) => [code, user])
  await expect.poll(found, soon).toEqual([['user_unknown', { id: null, username: 'nobody' }]])
})

test('a page goes on where the one before it ended, and all of it is what one long page has', async () => {
  const { client, log } = await visited()
  const ids: string[] = []
  for await (const { requestId, operation } of client.logs.list({ limit: 3 })) {
    if (operation !== 'logs.list') ids.push(requestId)
  }
  expect(ids).toEqual(log.map(({ requestId }) => requestId))
  expect(await refusedWith(client.logs.list({ cursor: '1.2' }))).toEqual([400, 'invalid_request'])
})

test('the request that an error names is found by its id, in its own environment alone', async () => {
  const { client, addKey } = await visited()
  const { requestId } = await refusal(client.keys.list())
  await expect
    .poll(() => client.logs.get(requestId))
    .toMatchObject({ requestId, status: 403, code: 'insufficient_scope' })
  const live = await addKey('live', [...scopes])
  const stranger = await newTenant({ scopes: [...scopes] })
  for (const { client } of [live, stranger])
    expect(await refusedWith(client.logs.get(requestId))).toEqual([404, 'not_found'])
  const unheard = await refusal(client.logs.get('nothing'))
  expect([unheard.code, unheard.detail]).toEqual(['not_found', expect.stringContaining('no id of a request')])
})

test('logs need usage:read, and which check failed in a live environment needs passkeys:debug, too', async () => {
  const { client, key, addKey, other } = await visited('live')
  const answer = await send('GET', '/v1/logs', { headers: { authorization: `Bearer ${other.secret}` } })
  expectProblem(answer, [403, 'insufficient_scope'])
  const reasonOf = async (client: ReturnType<typeof clientOf>) => {
    const [row] = (await client.logs.list({ code: 'verification_failed' })).data
    return [row?.reason, row?.actual]
  }
  expect(await reasonOf(client)).toEqual(['verification_failed', null])
  expect((await client.logs.list({ reason: 'origin' })).data).toEqual([])
  const debug = await addKey('live', [...scopes, 'passkeys:debug'])
  expect(await reasonOf(debug.client)).toEqual(['origin', 'https://app.acme.example'])
  expect((await debug.client.logs.list({ reason: 'origin' })).data).toHaveLength(1)
  expect(key.id).not.toBe(debug.id)
})

test('a demo key is anybody’s: it sees the requests from its own address alone', async () => {
  const { client, key, log } = await visited()
  await (await database()).apiKey.update({ where: { id: key.id }, data: { demo: true } })
  const latest = async () => (await client.logs.list({ operation: 'logs.list', limit: 1 })).data
  // In memory there is no address, and nothing to see.
  await expect.poll(latest, soon).toHaveLength(mount === 'in memory' ? 0 : 1)
  const [own] = await latest()
  const others = log.filter(({ address }) => address !== own?.address)
  const { data } = await client.logs.list({ limit: 100 })
  expect(data.every(({ address }) => address !== null && address === own?.address)).toBe(true)
  for (const { requestId } of others) expect(await refusedWith(client.logs.get(requestId))).toEqual([404, 'not_found'])
})

import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, clientOf, refusedWith, request } from './harness.ts'

/** A member whose tenant has a test key that may do everything with passkeys, and users of these names. */
async function consoleWith(usernames: string[]) {
  const member = await newConsole({ confirms: true })
  const key = await member.client.keys.create({
    ...{ name: 'Admin scripts', type: 'test' },
    scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage'],
  })
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = clientOf(key.secret ?? '')
  for (const username of usernames) {
    await passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
  }
  const signIn = (username: string) =>
    passkeys.signIn({ username }, { credential: (options) => authenticator.get(options) })
  return { ...member, key, signIn }
}

test('the frame counts what there is in one environment, and which webhooks nothing reaches', async () => {
  const { client } = await consoleWith(['ada', 'bob'])
  await client.clients.create({
    ...{ environment: 'test', name: 'Shop', type: 'public', redirectUris: ['http://localhost:5000/'] },
    scopes: ['openid'],
  })
  await client.webhooks.create({ environment: 'test', url: 'https://hooks.example/a', events: ['user.created'] })
  expect(await client.frame('test')).toEqual({
    ...{ users: 2, clients: 1, keys: 1, webhooks: 1, failingWebhooks: 0 },
    balance: { amount: 0, currency: 'USD' },
  })
  expect(await client.frame('live')).toMatchObject({ users: 0, clients: 0, keys: 0, webhooks: 0 })
  await refusedWith((await newConsole()).client.frame('prod' as 'test'))
})

test('users are found by the beginning of their name, in either case, five at most; with their passkeys', async () => {
  const names = ['ada', 'adele', 'Adrian', 'adam1', 'adam2', 'adam3', 'bad', 'A%da']
  const { client, signIn } = await consoleWith(names)
  await signIn('ada')
  const found = async (q: string) => (await client.find(q, 'test')).data.filter(({ kind }) => kind === 'user')
  expect((await found('ad')).map(({ name }) => name)).toEqual(['ada', 'adam1', 'adam2', 'adam3', 'adele'])
  expect((await found('ADR')).map(({ name }) => name)).toEqual(['Adrian'])
  expect((await found('%')).map(({ name }) => name)).toEqual([])
  const [ada] = await found('ada')
  expect(ada).toMatchObject({ environment: 'test', passkeys: 1, lastUsedAt: expect.stringMatching(/^20/) })
  expect((await found('adele'))[0]).toMatchObject({ passkeys: 1, lastUsedAt: null })
  expect((await client.find('ada', 'live')).data).toEqual([])
})

test('keys, clients and endpoints are found by any part of their name or id', async () => {
  const { client, key } = await consoleWith([])
  const { clientId } = await client.clients.create({
    ...{ environment: 'test', name: 'Ledger 100%', type: 'public', redirectUris: ['http://localhost:5000/'] },
    scopes: ['openid'],
  })
  const hook = await client.webhooks.create({
    ...{ environment: 'test', url: 'https://hooks.example/passkeys', description: 'Ledger' },
    events: ['user.created'],
  })
  const found = async (q: string) => (await client.find(q, 'test')).data.map(({ kind, id }) => [kind, id])
  expect(await found('SCRIPT')).toEqual([['key', key.id]])
  expect(await found('ledger')).toEqual([
    ['client', clientId],
    ['webhook', hook.id],
  ])
  expect(await found('100%')).toEqual([['client', clientId]])
  expect(await found('n%s')).toEqual([])
  expect(await found(clientId)).toEqual([['client', clientId]])
  expect(await found(hook.id)).toEqual([['webhook', hook.id]])
  await refusedWith(client.find('  ', 'test'))
})

test('a whole API key is found by its id, where it is, and its secret finds nothing', async () => {
  const { client, key } = await consoleWith([])
  const live = await client.keys.create({ name: 'Till', type: 'live', scopes: ['usage:read'] })
  const { data } = await client.find(live.secret ?? '', 'test')
  expect(data).toEqual([{ kind: 'key', id: live.id, environment: 'live', name: 'Till', hint: live.hint }])
  expect((await client.find(`sk_test_${key.id}`, 'live')).data).toMatchObject([{ id: key.id, environment: 'test' }])
  // Another secret behind the same id is the same key; the secret alone is none.
  expect((await client.find(`${live.secret?.slice(0, 21)}${'x'.repeat(49)}`, 'test')).data).toEqual(data)
  expect((await client.find(live.secret?.slice(21, 50) ?? '', 'live')).data).toEqual([])
})

test('a request is found by its whole id, in the environment that it was made in', async () => {
  const { client, key } = await consoleWith([])
  const answer = await request(`${baseUrl}/v1/tenant`, { headers: { Authorization: `Bearer ${key.secret}` } })
  const id = answer.headers.get('x-request-id') ?? ''
  const data = [{ kind: 'request', id, environment: 'test', name: 'GET /v1/tenant', hint: '200' }]
  // What another process of the mount answered is written within a second.
  for (const environment of ['test', 'live'] as const)
    await expect.poll(async () => (await client.find(id, environment)).data).toEqual(data)
  expect((await client.find(`${id.slice(0, -1)}${id.endsWith('0') ? 1 : 0}`, 'test')).data).toEqual([])
  expect((await (await newConsole()).client.find(id, 'test')).data).toEqual([])
})

test('nothing of another tenant is found, and nobody finds who is not signed in', async () => {
  const { client, key, session } = await consoleWith(['ada'])
  const stranger = await newConsole()
  expect((await client.find('ada', 'test')).data).toHaveLength(1)
  for (const text of ['ada', 'Admin', `sk_test_${key.id}`]) {
    expect((await stranger.client.find(text, 'test')).data).toEqual([])
  }
  expect(await stranger.client.frame('test')).toMatchObject({ users: 0, keys: 0 })
  expect(session.tenant.id).not.toBe(stranger.session.tenant.id)
  for (const path of ['find?q=ada', 'frame']) {
    const answer = await request(`${baseUrl}/console/api/${path}`, { headers: { Origin: baseUrl } })
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'session_required'])
  }
})

import { expect, onTestFinished, test } from 'vitest'
import type { ErrorCode } from '#lib/contract/errors.ts'
import { ApiError, Client } from '#lib/sdk/client.ts'
import { ApiKeyInvalidError, InsufficientScopeError, InvalidRequestError, NotFoundError } from '#lib/sdk/errors.ts'
import { pace } from '#lib/sdk/pace.ts'
import { baseUrl, newTenant, request } from './harness.ts'
import { managedTenant } from './keys-harness.ts'

// The client's own behaviour, against the real server.

/** What a client sends, and whether what comes back is lost on its way. */
function watched(apiKey: string, isLost: (time: number) => boolean = () => false) {
  const sent: Request[] = []
  const { random } = pace
  pace.random = () => 0
  onTestFinished(() => {
    pace.random = random
  })
  const fetch: typeof globalThis.fetch = async (url, init) => {
    sent.push(new Request(url, init))
    const answer = await request(url, init)
    if (!isLost(sent.length)) return answer
    await answer.text()
    throw new TypeError('fetch failed')
  }
  return { sent, client: new Client({ apiKey, baseUrl, fetch }) }
}

const wanted = { name: 'CI', scopes: ['usage:read' as const] }

async function thrown(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('a list is one page where it is awaited, and everything where it is gone through', async () => {
  const { keys, manager } = await managedTenant()
  for (let made = 0; made < 4; made++) await keys.create({ ...wanted, name: `Key ${made}` })
  const { data: all, nextCursor: end } = await keys.list()
  expect([all.length, end]).toEqual([6, null])
  const { client, sent } = watched(manager.secret)
  const list = client.keys.list({ limit: 2 })
  const page = await list
  expect([page.data, page.nextCursor]).toEqual([all.slice(0, 2), expect.any(String)])
  const found = []
  for await (const key of list) found.push(key)
  expect(found).toEqual(all)
  expect(sent).toHaveLength(3)
  for await (const key of client.keys.list({ limit: 2 })) if (key.id === all[1]?.id) break
  expect(sent).toHaveLength(4)
  const cursor = page.nextCursor ?? ''
  const rest = []
  for await (const key of client.keys.list({ limit: 3, cursor })) rest.push(key)
  expect(rest).toEqual(all.slice(2))
})

test('every list can be gone through', async () => {
  const { client, key } = await newTenant({ scopes: ['passkeys:manage', 'oauth:manage', 'keys:manage'] })
  const app = { name: 'App', type: 'public', redirectUris: ['https://app.example/'], scopes: ['openid'] } as const
  for (const _ of ['one', 'two'])
    await client.oauthClients.create({ ...app, redirectUris: [...app.redirectUris], scopes: [...app.scopes] })
  const counted = async (list: AsyncIterable<unknown>) => {
    let items = 0
    for await (const _ of list) items++
    return items
  }
  expect(await counted(client.oauthClients.list({ limit: 1 }))).toBe(2)
  expect(await counted(client.keys.list({ limit: 1 }))).toBe(1)
  expect(await counted(client.passkeys.list())).toBe(0)
  const refused = await thrown(counted(new Client({ apiKey: `${key.secret}x`, baseUrl, fetch: request }).keys.list()))
  expect(refused).toBeInstanceOf(ApiKeyInvalidError)
})

test('a key whose answer is lost is made once, by the client’s own Idempotency-Key', async () => {
  const { manager, kept } = await managedTenant()
  const before = (await kept()).keys.length
  const { client, sent } = watched(manager.secret, (time) => time === 1)
  const made = await client.keys.create(wanted)
  expect(made).not.toHaveProperty('secret')
  expect((await kept()).keys).toHaveLength(before + 1)
  const [first, second] = sent.map(({ headers }) => headers.get('idempotency-key'))
  expect([sent.length, second]).toEqual([2, first])
  const rotated = await watched(manager.secret, (time) => time === 1).client.keys.rotate(made.id)
  expect(rotated.predecessorId).toBe(made.id)
  expect((await kept()).keys).toHaveLength(before + 2)
})

test('what is not safe to do twice is done once, and its caller told', async () => {
  const { key } = await newTenant()
  const { client, sent } = watched(key.secret, () => true)
  const error = await thrown(client.passkeys.register.begin({ username: 'ada' }))
  expect([(error as Error).name, sent.length]).toEqual(['ConnectionError', 1])
})

test('a deletion whose answer is lost is done', async () => {
  const { manager, client: _ } = await managedTenant()
  const { clientId } = await manager.client.oauthClients.create({
    name: 'App',
    type: 'public',
    redirectUris: ['https://app.example/'],
    scopes: ['openid'],
  })
  const { client, sent } = watched(manager.secret, (time) => time === 1)
  expect(await client.oauthClients.delete(clientId)).toBeUndefined()
  expect(sent).toHaveLength(2)
  expect(await thrown(client.oauthClients.read(clientId))).toBeInstanceOf(NotFoundError)
  expect(await thrown(client.oauthClients.delete(clientId))).toBeInstanceOf(NotFoundError)
})

test('each refusal is its code’s error, with the request’s id and where to read on', async () => {
  const { key, client } = await newTenant({ scopes: ['passkeys:register'] })
  const wrong = new Client({ apiKey: `${key.secret}x`, baseUrl, fetch: request })
  const rows: [call: () => Promise<unknown>, of: new (..._: never) => ApiError, code: ErrorCode, status: number][] = [
    [() => wrong.tenant(), ApiKeyInvalidError, 'api_key_invalid', 401],
    [() => client.keys.list(), InsufficientScopeError, 'insufficient_scope', 403],
    [() => client.passkeys.register.begin({ username: '' }), InvalidRequestError, 'invalid_request', 400],
  ]
  for (const [call, of, code, status] of rows) {
    const error = (await thrown(call())) as ApiError
    expect(error).toBeInstanceOf(of)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code, status, requestId: expect.stringMatching(/./), docs: error.problem.type })
    expect(JSON.stringify(error) + error.stack).not.toContain(key.secret)
  }
})

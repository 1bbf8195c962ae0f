import { expect, test } from 'vitest'
import type { Scope } from '#lib/contract/scopes.ts'
import { meterNames } from '#lib/contract/usage.ts'
import { expectProblem, newTenant, passkeyScopes, register, send, signIn } from './harness.ts'

const scopes: Scope[] = [...passkeyScopes, 'usage:read']
const hour = 3_600_000

/** What is counted of a tenant, asked with a key whose own questions are left out. */
async function watched() {
  const tenant = await newTenant({ scopes })
  const watcher = await tenant.addKey('test', ['usage:read'])
  const byKey = async () =>
    (await watcher.client.usage({ groupBy: 'key' })).data.filter(({ key }) => key !== watcher.id)
  const byOperation = async () =>
    (await watcher.client.usage({ groupBy: 'operation' })).data.filter(({ operation }) => operation !== 'usage.read')
  return { ...tenant, watcher, byKey, byOperation }
}

test('a request is counted once, under its operation and its key', async () => {
  const { client, key, addKey, authenticator, byKey, byOperation } = await watched()
  await register(client, authenticator, 'ada')
  await signIn(client, authenticator, 'ada')
  const second = await addKey('test', scopes)
  await signIn(second.client, authenticator, 'ada')
  await second.client.tenant()
  expect(await byOperation()).toEqual([
    { operation: 'passkeys.authenticate.begin', requests: 2, errors: 0 },
    { operation: 'passkeys.authenticate.finish', requests: 2, errors: 0 },
    { operation: 'passkeys.register.begin', requests: 1, errors: 0 },
    { operation: 'passkeys.register.finish', requests: 1, errors: 0 },
    { operation: 'tenant.read', requests: 1, errors: 0 },
  ])
  const expected = [
    { key: key.id, requests: 4, errors: 0 },
    { key: second.id, requests: 3, errors: 0 },
  ]
  expect(await byKey()).toEqual(expected.sort((one, other) => (one.key < other.key ? -1 : 1)))
})

test('many requests at once are each counted', async () => {
  const { client, byOperation } = await watched()
  await Promise.all(Array.from({ length: 5 }, () => client.tenant()))
  await Promise.all(Array.from({ length: 5 }, () => client.tenant()))
  expect(await byOperation()).toEqual([{ operation: 'tenant.read', requests: 10, errors: 0 }])
})

test('what a handler refuses is counted as an error', async () => {
  const { client, byOperation } = await watched()
  await client.passkeys.authenticate.begin()
  await client.passkeys.authenticate.begin({ username: 'nobody' }).catch(() => undefined)
  await client.passkeys.list().catch(() => undefined)
  expect(await byOperation()).toEqual([
    { operation: 'passkeys.authenticate.begin', requests: 2, errors: 1 },
    { operation: 'passkeys.list', requests: 1, errors: 1 },
  ])
})

test('what is refused before its handler is not counted', async () => {
  const { client, key, addKey, byKey, byOperation } = await watched()
  const revoked = await addKey('test', scopes)
  await revoked.revoke()
  const limited = await addKey('test', ['skills:list'])
  const headers = (secret: string, more = {}) => ({
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json', ...more },
  })
  const begin = (secret: string, body: string, more = {}) =>
    send('POST', '/v1/passkeys/register/begin', { ...headers(secret, more), body })
  const good = JSON.stringify({ username: 'ada' })
  expectProblem(await begin(revoked.secret, good), [401, 'api_key_invalid'])
  expectProblem(await begin(limited.secret, good), [403, 'insufficient_scope'])
  expectProblem(await begin(key.secret, '{'), [400, 'invalid_request'])
  expectProblem(await begin(key.secret, ''), [400, 'invalid_request'])
  expectProblem(await begin(key.secret, '{}'), [400, 'invalid_request'])
  expectProblem(await begin(key.secret, good, { 'Content-Type': 'text/plain' }), [415, 'unsupported_media_type'])
  expectProblem(await begin(key.secret, ' '.repeat(65_537)), [413, 'body_too_large'])
  expectProblem(await send('GET', '/v1/usage?groupBy=moon', headers(key.secret)), [400, 'invalid_request'])
  expectProblem(await send('GET', '/v1/nothing', headers(key.secret)), [404, 'not_found'])
  expect(await byKey()).toEqual([])
  await client.passkeys.register.begin({ username: 'ada' })
  expect(await byOperation()).toEqual([{ operation: 'passkeys.register.begin', requests: 1, errors: 0 }])
})

test('a day and an hour have the requests of theirs', async () => {
  const { client, key } = await newTenant({ scopes })
  const before = Date.now()
  for (let turn = 0; turn < 3; turn++) await client.tenant()
  const range = { from: new Date(before).toISOString(), to: new Date(before + 2 * hour).toISOString() }
  const days = await client.usage({ groupBy: 'day', ...range })
  const hours = await client.usage({ groupBy: 'hour', ...range })
  // Two days or hours, should the clock have passed from one to the other just now.
  expect(days.totals).toEqual({ requests: 3, errors: 0 })
  expect(hours.totals).toEqual({ requests: 4, errors: 0 })
  expect(days.data[0]?.day).toBe(new Date(before).toISOString().slice(0, 10))
  expect(hours.data[0]?.hour).toBe(new Date(Math.floor(before / hour) * hour).toISOString())
  const { body } = await send('GET', '/v1/usage', { headers: { 'X-API-Key': key.secret } })
  expect(body.totals.requests).toBe(5)
})

test('a range has its first hour and not its last, and what lies outside is empty', async () => {
  const { client } = await newTenant({ scopes })
  await client.tenant()
  const now = Date.now()
  const iso = (time: number) => new Date(time).toISOString()
  const none = { data: [], totals: { requests: 0, errors: 0 }, meters: expect.objectContaining({ data: [] }) }
  expect(await client.usage({ from: iso(now - 48 * hour), to: iso(now - 24 * hour) })).toEqual(none)
  expect(await client.usage({ from: iso(now + 24 * hour), to: iso(now + 48 * hour) })).toEqual(none)
  expect((await client.usage({ from: iso(now - hour), to: iso(now + 2 * hour) })).totals.requests).toBeGreaterThan(0)
})

test('an environment without requests has empty figures', async () => {
  const { client } = await newTenant({ scopes: ['usage:read'] })
  const { data, totals, meters } = await client.usage()
  expect([data, totals, meters.data]).toEqual([[], { requests: 0, errors: 0 }, []])
  expect(meters.totals).toEqual(Object.fromEntries(meterNames.map((meter) => [meter, 0])))
})

test('a range or group that makes no sense is refused, and says which it is', async () => {
  const { key } = await newTenant({ scopes })
  const ask = (query: string) => send('GET', `/v1/usage?${query}`, { headers: { 'X-API-Key': key.secret } })
  const wrong: [query: string, path: string][] = [
    ['groupBy=moon', 'groupBy'],
    ['groupBy=', 'groupBy'],
    ['from=yesterday', 'from'],
    ['to=2026-13-01', 'to'],
    ['from=2026-02-30', 'from'],
    ['from=2026-01-02&to=2026-01-01', 'from'],
    ['from=2026-01-01&to=2026-01-01', 'from'],
    ['from=2020-01-01&to=2026-01-01', 'from'],
    ['from=1', 'from'],
    ['to=9999-12-31T23:59:59-12:00', 'to'],
    ['from=0001-01-01T00:00:00%2B12:00', 'from'],
    ['from=0000-12-31', 'from'],
  ]
  for (const [query, path] of wrong) {
    const answer = await ask(query)
    expectProblem(answer, [400, 'invalid_request'])
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  }
  const right = ['', 'groupBy=hour', 'from=2026-01-01&to=2026-01-02', 'from=2026-01-01T00:00:00%2B02:00&to=2026-06-01']
  for (const query of right) expect((await ask(query)).status).toBe(200)
})

test('meters count what was made, group by group beside the requests', async () => {
  const { client, key, authenticator, addKey, watcher } = await watched()
  const second = await addKey('test', passkeyScopes)
  await register(client, authenticator, 'ada')
  await signIn(client, authenticator, 'ada')
  const { ceremonyId, publicKey } = await second.client.passkeys.authenticate.begin({ username: 'ada' })
  const assertion = { ceremonyId, credential: authenticator.get(publicKey) }
  await second.client.passkeys.authenticate.finish(assertion)
  // A refusal makes nothing.
  await second.client.passkeys.authenticate.finish(assertion).catch(() => undefined)
  const metered = (registered: number, authenticated: number) => ({
    'passkey.registered': registered,
    'passkey.authenticated': authenticated,
    'token.issued': authenticated,
    'mpc.key_generated': 0,
    'mpc.signed': 0,
  })
  const nameOf = (row: { key?: string; operation?: string }) => row.key ?? row.operation ?? ''
  const rows = {
    key: [
      { key: key.id, ...metered(1, 1) },
      { key: second.id, ...metered(0, 1) },
    ],
    operation: [
      { operation: 'passkeys.authenticate.begin', ...metered(0, 0) },
      { operation: 'passkeys.authenticate.finish', ...metered(0, 2) },
      { operation: 'passkeys.register.begin', ...metered(0, 0) },
      { operation: 'passkeys.register.finish', ...metered(1, 0) },
    ],
  }
  for (const groupBy of ['key', 'operation', 'day', 'hour'] as const) {
    const { data, meters } = await watcher.client.usage({ groupBy })
    expect(meters.totals).toEqual(metered(1, 2))
    expect(meters.data.map((row) => row[groupBy])).toEqual(data.map((row) => row[groupBy]))
    if (groupBy === 'day' || groupBy === 'hour') {
      const sum = (meter: keyof typeof meters.totals) => meters.data.reduce((all, row) => all + row[meter], 0)
      // Two rows, should the clock have passed from one to the other just now.
      expect([sum('passkey.registered'), sum('passkey.authenticated'), sum('token.issued')]).toEqual([1, 2, 2])
    } else {
      const own = meters.data.filter((row) => row.key !== watcher.id && row.operation !== 'usage.read')
      expect(own).toEqual(rows[groupBy].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)))
    }
  }
})

test('a live environment’s meters are its own', async () => {
  const { client, authenticator, addKey } = await newTenant({ scopes })
  const live = await addKey('live', scopes)
  await register(live.client, authenticator, 'ada')
  expect((await live.client.usage()).meters.totals['passkey.registered']).toBe(1)
  expect((await client.usage()).meters.totals['passkey.registered']).toBe(0)
})

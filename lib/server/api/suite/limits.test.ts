import { describe, expect, test } from 'vitest'
import { type Answer, baseUrl, endKey, expectProblem, newTenant, request } from './harness.ts'
import { leftOf, managedTenant, sendAs } from './keys-harness.ts'

const me = (key: string) => sendAs(key, 'GET', '/v1/tenant')

/** How many answers had each code; `ok` for good ones. */
function codesOf(answers: { status: number; body: { code?: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const code = status < 300 ? 'ok' : (body.code ?? '')
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** A request whose body ends when it is told: until then it is under way. */
function held(key: string) {
  const end = Promise.withResolvers<void>()
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode('{'))
      await end.promise
      controller.enqueue(new TextEncoder().encode('}'))
      controller.close()
    },
  })
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const init = { method: 'POST', headers, body, duplex: 'half' }
  const answer = request(`${baseUrl}/v1/passkeys/authenticate/begin`, init).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    body: await response.json(),
  }))
  return { end: () => end.resolve(), answer }
}

/** So many requests at once that all slots of a test key are taken: those that found none, and how the others end. */
async function filled(key: string, times: number) {
  const all = Array.from({ length: times }, () => held(key))
  const refused: Awaited<(typeof all)[number]['answer']>[] = []
  for (const { answer } of all) void answer.then((answer) => answer.status === 429 && refused.push(answer))
  await expect.poll(() => refused.length).toBe(times - 5)
  const end = () => {
    for (const { end } of all) end()
    return Promise.all(all.map(({ answer }) => answer))
  }
  return { refused, end }
}

describe('the limits’ headers', () => {
  test.each([
    ['test', 'standard', '"requests";q=100;w=60, "concurrent";q=5;qu="concurrent-requests"'],
    ['live', 'standard', '"requests";q=1000;w=60, "concurrent";q=50;qu="concurrent-requests"'],
    ['live', 'enterprise', '"requests";q=10000;w=60, "concurrent";q=500;qu="concurrent-requests"'],
  ] as const)('say what a %s %s key may, and what is left of it', async (type, tier, policy) => {
    const { addKey } = await newTenant()
    const { secret } = await addKey(type, ['usage:read'], { tier })
    const [requests, concurrent] = [...policy.matchAll(/q=(\d+)/g)].map(([, quota]) => Number(quota)) as [
      number,
      number,
    ]
    for (const turn of [1, 2, 3]) {
      const answer = await me(secret)
      expect(answer.headers.get('ratelimit-policy')).toBe(policy)
      expect(answer.headers.get('ratelimit')).toMatch(/^"requests";r=\d+;t=\d+, "concurrent";r=\d+$/)
      expect(leftOf(answer)).toEqual({ requests: requests - turn, concurrent: concurrent - 1 })
    }
  })

  test('are on every answer of a key that is known, and on no other', async () => {
    const { key, addKey } = await newTenant({ scopes: ['keys:manage'] })
    const { secret } = await addKey('test', ['keys:manage'])
    const json = { 'Content-Type': 'application/json' }
    const answers: [Answer, number][] = [
      [await me(secret), 200],
      [await sendAs(secret, 'GET', '/v1/usage'), 403],
      [await sendAs(secret, 'GET', '/v1/keys/000000000000'), 404],
      [await sendAs(secret, 'GET', `/v1/keys/${'x'.repeat(65)}`), 404],
      [await sendAs(secret, 'GET', '/v1/keys?limit=0'), 400],
      [await sendAs(secret, 'POST', '/v1/keys', { name: '' }), 400],
      [await sendAs(secret, 'POST', '/v1/keys', undefined, json), 400],
      [await sendAs(secret, 'POST', '/v1/keys'), 415],
    ]
    for (const [at, [answer, status]] of answers.entries()) {
      expect(answer.status).toBe(status)
      expect(answer.headers.get('ratelimit-policy')).toMatch(/^"requests";q=100;w=60/)
      // Each of them spent one, whatever became of it.
      expect(leftOf(answer)).toEqual({ requests: 99 - at, concurrent: 4 })
    }
    await endKey(key.id, new Date())
    for (const stranger of ['nonsense', key.secret]) {
      const answer = await me(stranger)
      expectProblem(answer, [401, 'api_key_invalid'])
      expect(answer.headers.get('ratelimit')).toBeNull()
    }
  })
})

test('of a burst of requests, exactly the minute’s number is admitted, however they come', async () => {
  const { key } = await newTenant()
  const answers: Answer[] = []
  while (answers.length < 120) answers.push(...(await Promise.all([1, 2, 3, 4, 5].map(() => me(key.secret)))))
  expect(codesOf(answers)).toEqual({ ok: 100, rate_limited: 20 })
  const admitted = answers.filter(({ status }) => status === 200).map((answer) => leftOf(answer).requests)
  expect(admitted.sort((one, other) => other - one)).toEqual(Array.from({ length: 100 }, (_, spent) => 99 - spent))
  for (const answer of answers.filter(({ status }) => status === 429)) {
    expectProblem(answer, [429, 'rate_limited'])
    expect(answer.body['violated-policies']).toEqual(['requests'])
    expect(answer.headers.get('retry-after')).toMatch(/^(?:[1-9]|[1-5]\d|60)$/)
    expect(answer.headers.get('ratelimit')).toMatch(/^"requests";r=0;t=\d+, "concurrent";r=[1-5]$/)
  }
})

test('of many requests at once, exactly as many as have a slot are admitted, and the others spend nothing', async () => {
  const { key } = await newTenant()
  const { end, refused } = await filled(key.secret, 30)
  expect(codesOf(await end())).toEqual({ ok: 5, concurrency_limited: 25 })
  for (const { headers, body } of refused) {
    expect(body).toMatchObject({ 'violated-policies': ['concurrent'], status: 429 })
    expect(headers.get('retry-after')).toBe('1')
    expect(headers.get('ratelimit')).toBe('"concurrent";r=0')
  }
  expect(leftOf(await me(key.secret))).toEqual({ requests: 94, concurrent: 4 })
})

test('slots come before the rate, the rate before the scope, and the key and its address before both', async () => {
  const { key, addKey } = await newTenant()
  const manager = await addKey('test', ['keys:manage'])
  while ((await me(key.secret)).status === 200);
  const scopeless = () => sendAs(key.secret, 'GET', '/v1/usage')
  expectProblem(await scopeless(), [429, 'rate_limited'])
  await manager.client.keys.update(key.id, { allowedIps: ['203.0.113.7'] })
  expectProblem(await scopeless(), [403, 'ip_not_allowed'])
  await manager.client.keys.revoke(key.id)
  expectProblem(await scopeless(), [401, 'api_key_invalid'])

  const fresh = await addKey('test', ['passkeys:authenticate'])
  const { end } = await filled(fresh.secret, 8)
  expectProblem(await sendAs(fresh.secret, 'GET', '/v1/usage'), [429, 'concurrency_limited'])
  expect(codesOf(await end())).toEqual({ ok: 5, concurrency_limited: 3 })
  expectProblem(await sendAs(fresh.secret, 'GET', '/v1/usage'), [403, 'insufficient_scope'])
})

test('one key’s limits are no other key’s', async () => {
  const { addKey } = await managedTenant()
  const [one, other] = [await addKey('test', ['usage:read']), await addKey('test', ['usage:read'])]
  for (const _ of [1, 2, 3]) await me(one.secret)
  expect(leftOf(await me(other.secret)).requests).toBe(99)
  expect(leftOf(await me(one.secret)).requests).toBe(96)
})

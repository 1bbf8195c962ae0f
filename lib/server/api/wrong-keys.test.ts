import type { IncomingMessage } from 'node:http'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { writeApiKey } from '../keys/api-key.ts'
import { createKey, type NewKey } from '../keys/make-key.ts'
import { closeLimits } from '../limits/limits.ts'
import { demoKeys } from '../tenants/demo.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { api } from './app.ts'
import { leftOf } from './suite/keys-harness.ts'

let good: NewKey
beforeAll(async () => {
  const caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
  good = await createKey(caller, { name: 'x', scopes: ['usage:read'], tier: 'enterprise' })
})
afterEach(closeLimits)

/** A request with a key from an address. */
async function ask(key: string | undefined, remoteAddress: string) {
  const incoming = { socket: { remoteAddress } } as IncomingMessage
  const headers: Record<string, string> = key === undefined ? {} : { Authorization: `Bearer ${key}` }
  const answer = await api().fetch(new Request('http://localhost/v1/tenant', { headers }), { incoming })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

const attacker = '203.0.113.66'
const wrongKeys = [
  () => writeApiKey('live'),
  () => writeApiKey('test'),
  () => 'nonsense',
  () => writeApiKey('live', good.id),
  () => `${good.secret.slice(0, -1)}${good.secret.endsWith('a') ? 'b' : 'a'}`,
]

test('of a thousand wrong keys from one address 300 in a minute are answered, and a good key goes on at full speed', async () => {
  const statuses: Record<number, number> = {}
  for (let turn = 0; turn < 1_000; turn += 5) {
    const answers = await Promise.all(wrongKeys.map((wrong) => ask(wrong(), attacker)))
    for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1
    const mine = await ask(good.secret, attacker)
    expect([mine.status, leftOf(mine).requests]).toEqual([200, 9_999 - turn / 5])
  }
  expect(statuses).toEqual({ 401: 300, 429: 700 })
})

test('an address that is throttled is told for how long and by what, and every other is let alone', async () => {
  await Promise.all(Array.from({ length: 300 }, () => ask('nonsense', attacker)))
  const { status, headers, body } = await ask(writeApiKey('live'), attacker)
  expect([status, body.code, body['violated-policies']]).toEqual([429, 'rate_limited', ['failures']])
  expect(headers.get('retry-after')).toMatch(/^(?:[1-9]|[1-5]\d|60)$/)
  expect(headers.get('ratelimit-policy')).toBe('"failures";q=300;w=60')
  expect(headers.get('ratelimit')).toMatch(/^"failures";r=0;t=\d+$/)
  expect((await ask(writeApiKey('live'), '203.0.113.67')).status).toBe(401)
  expect((await ask(good.secret, attacker)).status).toBe(200)
})

test('a request without a key and one from an address that is not on the list guess nothing, and count for nothing', async () => {
  const caller = await actFor((await createTenant({ name: 'Bank', slug: 'bank' })).id, 'live')
  const listed = await createKey(caller, { name: 'x', scopes: ['usage:read'], allowedIps: ['192.0.2.1'] })
  for (let turn = 0; turn < 301; turn++) {
    expect((await ask(undefined, attacker)).status).toBe(401)
    expect((await ask(listed.secret, attacker)).status).toBe(403)
  }
  expect((await ask('nonsense', attacker)).status).toBe(401)
})

test('a demo key has a rate for each address, and any other key one for all', async () => {
  const [demo] = await demoKeys()
  const left = async (key: string, address: string) => leftOf(await ask(key, address)).requests
  const demoKey = demo?.key ?? ''
  expect([await left(demoKey, '192.0.2.1'), await left(demoKey, '192.0.2.1')]).toEqual([99, 98])
  expect([await left(demoKey, '192.0.2.2'), await left(demoKey, '2001:db8::1')]).toEqual([99, 99])
  expect(await left(demoKey, '::ffff:192.0.2.1')).toBe(97)
  expect([await left(good.secret, '192.0.2.1'), await left(good.secret, '192.0.2.2')]).toEqual([9_999, 9_998])
})

test('who uses a demo key up does so for their own address only', async () => {
  const [, demo] = await demoKeys()
  const statuses = new Set<number>()
  for (let turn = 0; turn < 100; turn++) statuses.add((await ask(demo?.key, attacker)).status)
  expect(statuses).toEqual(new Set([200]))
  expect((await ask(demo?.key, attacker)).status).toBe(429)
  expect((await ask(demo?.key, '203.0.113.67')).status).toBe(200)
})

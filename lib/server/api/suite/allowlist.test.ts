import { beforeAll, describe, expect, test } from 'vitest'
import { forgeriesOf } from './forged-headers.ts'
import { expectProblem, mount, send } from './harness.ts'
import { leftOf, managedTenant, sendAs } from './keys-harness.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
beforeAll(async () => {
  home = await managedTenant()
})

/** Where this suite's requests come from, wherever a server can see that. */
const loopback = ['127.0.0.1', '::1']
const elsewhere = '203.0.113.7'

describe('an address that asks', () => {
  test('is let in by a list that names it, where the server can know it, and by no list', async () => {
    const listed = await home.addKey('live', ['usage:read'], { allowedIps: loopback })
    const answer = await sendAs(listed.secret, 'GET', '/v1/tenant')
    // Next’s route handlers see no socket, and memory has none.
    if (mount === 'start') expect(answer.status).toBe(200)
    else {
      expectProblem(answer, [403, 'ip_not_allowed'])
      expect(answer.body.detail).toMatch(/cannot know your address/)
    }
    await home.keys.update(listed.id, { allowedIps: [] })
    expect((await sendAs(listed.secret, 'GET', '/v1/tenant')).status).toBe(200)
  })

  test('is refused by a list that does not name it, from its next request on', async () => {
    const { id, secret } = await home.addKey('live', ['usage:read'])
    expect((await sendAs(secret, 'GET', '/v1/usage')).status).toBe(200)
    await home.keys.update(id, { allowedIps: [elsewhere] })
    expectProblem(await sendAs(secret, 'GET', '/v1/usage'), [403, 'ip_not_allowed'])
    await home.keys.update(id, { allowedIps: [] })
    expect((await sendAs(secret, 'GET', '/v1/usage')).status).toBe(200)
  })

  test('spends nothing of the key’s quota when it is refused, and holds no slot', async () => {
    const { id, secret } = await home.addKey('test', ['usage:read'])
    const manager = await home.addKey('test', ['keys:manage'])
    const before = leftOf(await sendAs(secret, 'GET', '/v1/tenant'))
    await manager.client.keys.update(id, { allowedIps: [elsewhere] })
    const refused = await Promise.all(Array.from({ length: 20 }, () => sendAs(secret, 'GET', '/v1/tenant')))
    for (const answer of refused) expectProblem(answer, [403, 'ip_not_allowed'])
    await manager.client.keys.update(id, { allowedIps: [] })
    expect(leftOf(await sendAs(secret, 'GET', '/v1/tenant'))).toEqual({
      requests: before.requests - 1,
      concurrent: before.concurrent,
    })
  })

  test.each(forgeriesOf(elsewhere))('is not believed to be another by %s', async (_, headers) => {
    const listed = await home.addKey('live', ['usage:read'], { allowedIps: [elsewhere] })
    const open = await home.addKey('live', ['usage:read'], mount === 'start' ? { allowedIps: loopback } : {})
    const as = (secret: string) =>
      send('GET', '/v1/tenant', { headers: [...headers, ['Authorization', `Bearer ${secret}`]] })
    expectProblem(await as(listed.secret), [403, 'ip_not_allowed'])
    expect((await as(open.secret)).status).toBe(200)
  })
})

describe('an allowlist', () => {
  test('is kept in its canonical form, each entry once', async () => {
    const allowedIps = ['203.0.113.7', '::ffff:203.0.113.7', '2001:0DB8:0::/32', '::ffff:10.0.0.0/104', '10.0.0.0/8']
    const { id } = await home.keys.create({ name: 'x', scopes: ['usage:read'], allowedIps })
    const canonical = ['203.0.113.7', '2001:db8::/32', '10.0.0.0/8']
    expect((await home.keys.read(id)).allowedIps).toEqual(canonical)
    expect((await home.keys.rotate(id)).allowedIps).toEqual(canonical)
  })

  test.each([
    ['0.0.0.0/0', /allows every address/],
    ['::/0', /allows every address/],
    ['::ffff:0.0.0.0/96', /allows every address/],
    ['10.0.0.1/8', /host bits set: did you mean 10\.0\.0\.0\/8/],
    ['2001:db8::1/32', /host bits set: did you mean 2001:db8::\/32/],
    ['010.0.0.1', /leading zero/],
    ['10.0.0.0/33', /prefix length of 0 to 32/],
    ['2130706433', /no IPv4 or IPv6 address/],
    ['localhost', /no IPv4 or IPv6 address/],
  ])('is refused with the reason for %s, and nothing has changed', async (entry, reason) => {
    const { id } = await home.addKey('live', ['usage:read'])
    const before = await home.kept()
    const bodies = { name: 'x', scopes: ['usage:read'], allowedIps: [elsewhere, entry] }
    for (const answer of [
      await sendAs(home.manager.secret, 'POST', '/v1/keys', bodies),
      await sendAs(home.manager.secret, 'PATCH', `/v1/keys/${id}`, { allowedIps: [elsewhere, entry] }),
    ]) {
      expectProblem(answer, [400, 'invalid_request'])
      expect(answer.body.issues).toEqual([{ path: 'allowedIps.1', message: expect.stringMatching(reason) }])
      expect(answer.body.issues[0].message).toContain(entry)
    }
    expect(await home.kept()).toEqual(before)
    expect((await home.keys.update(id, { allowedIps: [elsewhere] })).allowedIps).toEqual([elsewhere])
  })
})

describe('the test of an allowlist', () => {
  test('says whether an address would pass, by which entry, and why', async () => {
    const allowedIps = ['203.0.113.7', '10.0.0.0/8', '2001:db8::/32']
    const { id } = await home.addKey('live', ['usage:read'], { allowedIps })
    const verdicts: [ip: string, shown: string, match: string | null][] = [
      ['203.0.113.7', '203.0.113.7', '203.0.113.7'],
      [' 203.0.113.7 ', '203.0.113.7', '203.0.113.7'],
      ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.7'],
      ['10.255.0.1', '10.255.0.1', '10.0.0.0/8'],
      ['2001:DB8:0::7', '2001:db8::7', '2001:db8::/32'],
      ['203.0.113.8', '203.0.113.8', null],
      ['11.0.0.1', '11.0.0.1', null],
      ['2001:db9::1', '2001:db9::1', null],
      ['::cb00:7107', '::cb00:7107', null],
    ]
    for (const [ip, shown, match] of verdicts) {
      expect(await home.keys.testAddress(id, ip)).toEqual({
        ip: shown,
        allowed: match !== null,
        match,
        reason: match ? `${shown} is within ${match}.` : `${shown} is in none of the 3 entries.`,
      })
    }
  })

  test('of a key without a list lets every address pass', async () => {
    const { id } = await home.addKey('live', ['usage:read'])
    expect(await home.keys.testAddress(id, elsewhere)).toEqual({
      ip: elsewhere,
      allowed: true,
      match: null,
      reason: 'The key has no allowlist: any address may use it.',
    })
  })

  test.each(['', 'localhost', '203.0.113.0/24', '203.0.113.07', '3405803783', 'fe80::1%eth0', '[::1]', '1.2.3.4:80'])(
    'takes no “%s” for an address',
    async (ip) => {
      const { id } = await home.addKey('live', ['usage:read'])
      const answer = await sendAs(home.manager.secret, 'POST', `/v1/keys/${id}/allowlist/test`, { ip })
      expectProblem(answer, [400, 'invalid_request'])
      expect(answer.body.issues[0].path).toBe('ip')
    },
  )
})

import type { IncomingMessage } from 'node:http'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { env, parseEnv } from '../env.ts'
import { createKey, type NewKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { addressesOf } from '../usage/sightings.ts'
import { api } from './app.ts'
import { forgeriesOf } from './suite/forged-headers.ts'

const office = '203.0.113.7'
const stranger = '198.51.100.9'
const proxy = '10.1.2.3'

/** Of three keys, one may be used from the office, one from the proxies' own network, and the other from wherever. */
let listed: NewKey
let inside: NewKey
let open: NewKey

beforeAll(async () => {
  const caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
  const wanted = { name: 'x', scopes: ['usage:read' as const], tier: 'enterprise' as const }
  listed = await createKey(caller, { ...wanted, allowedIps: [office] })
  inside = await createKey(caller, { ...wanted, allowedIps: ['10.0.0.0/8', '127.0.0.1', '::1'] })
  open = await createKey(caller, wanted)
})
afterEach(() => {
  env().trustedProxies = []
})

function trust(proxies: string): void {
  env().trustedProxies = parseEnv({ TRUSTED_PROXIES: proxies }).trustedProxies
}

/** A request from a socket's address; from undefined: as Next hands it over, which knows no socket. */
async function ask(key: NewKey, socket: string | undefined, headers: [string, string][] = []) {
  const request = new Request('http://localhost/v1/tenant', {
    headers: [...headers, ['Authorization', `Bearer ${key.secret}`]],
  })
  const incoming = { socket: { remoteAddress: socket } } as IncomingMessage
  const answer = await api().fetch(request, socket === undefined ? {} : { incoming })
  return { status: answer.status, body: await answer.json() }
}

const refused = { status: 403, body: { code: 'ip_not_allowed' } }
const from = (forwardedFor: string): [string, string][] => [['X-Forwarded-For', forwardedFor]]

describe('without trusted proxies', () => {
  test.each(forgeriesOf(office))('the socket counts, whatever is claimed by %s', async (_, headers) => {
    expect(await ask(listed, stranger, headers)).toMatchObject(refused)
    expect((await ask(open, stranger, headers)).status).toBe(200)
  })

  test.each(forgeriesOf(stranger))('nobody is shut out of their own address by %s', async (_, headers) => {
    expect((await ask(listed, office, headers)).status).toBe(200)
    expect((await ask(listed, `::ffff:${office}`, headers)).status).toBe(200)
  })

  test('a socket outside the trusted ones is as little believed', async () => {
    trust('10.0.0.0/8, 2001:db8::1')
    for (const [, headers] of forgeriesOf(office)) expect(await ask(listed, stranger, headers)).toMatchObject(refused)
    expect((await ask(listed, proxy, from(office))).status).toBe(200)
  })
})

describe('behind a trusted proxy', () => {
  test.each([
    ['what it says', office],
    ['what it says, mapped', `::ffff:${office}`],
    ['what it says, in white space', ` \t${office} `],
    ['the last hop, whatever stands before', `${stranger}, ${office}`],
    ['the last hop, behind garbage', `<script>, ;drop, ${office}`],
    ['the last hop, behind another’s list', `10.9.9.9, ${stranger},, ${office}`],
    ['the last hop before other trusted proxies', `${stranger}, ${office}, 10.9.9.9, ::ffff:10.8.8.8`],
    ['what it says, with a port', `${office}:4711`],
    ['what it says, mapped, in brackets', `[::ffff:${office}]`],
    ['what it says, mapped, in brackets, with a port', `[::ffff:${office}]:4711`],
    ['the last of very many hops', `${`${stranger}, `.repeat(500)}${office}`],
  ])('the client is %s', async (_, value) => {
    trust('10.0.0.0/8')
    expect((await ask(listed, proxy, from(value))).status).toBe(200)
    expect((await ask(listed, `::ffff:${proxy}`, from(value))).status).toBe(200)
  })

  test.each([
    ['an earlier hop', `${office}, ${stranger}`],
    ['an earlier hop, before a trusted one', `${office}, ${stranger}, 10.9.9.9`],
    ['a hop left of one that is no address', `${office}, unknown`],
    ['a hop left of an empty one', `${office}, `],
    ['a hop left of an empty one between', `${office}, , 10.9.9.9`],
    ['a hop left of a socket of the proxy’s machine', `${office}, unix:`],
    ['one in quotes', `"${office}"`],
    ['one with a zone', `::ffff:${office}%eth0`],
    ['a number', '3405803783'],
    ['a hexadecimal number', '0xcb007107'],
    ['one with leading zeros', '203.0.113.007'],
    ['one in old IPv6 clothes', `::${office}`],
    ['nothing', ''],
  ])('the client is not %s', async (_, value) => {
    trust('10.0.0.0/8')
    expect(await ask(listed, proxy, from(value))).toMatchObject(refused)
    expect((await ask(open, proxy, from(value))).status).toBe(200)
  })

  test.each(['unknown', '_hidden', 'unix:', '', '-', `"${office}"`, '10.9.9.9:port', `${office}, unix:, 10.9.9.9`])(
    'a client that it names “%s” is not taken for the proxy',
    async (value) => {
      trust('10.0.0.0/8, 127.0.0.0/8, ::1')
      for (const socket of [proxy, '127.0.0.1', '::1', undefined]) {
        const answer = await ask(inside, socket, from(value))
        expect(answer).toMatchObject(refused)
        expect(answer.body.detail).toMatch(/cannot know your address/)
        expect((await ask(open, socket, from(value))).status).toBe(200)
      }
      expect((await ask(inside, proxy)).status).toBe(200)
      expect((await ask(inside, proxy, from('10.9.9.9'))).status).toBe(200)
    },
  )

  test('a second header continues the list', async () => {
    trust('10.0.0.0/8')
    expect((await ask(listed, proxy, [...from(stranger), ...from(office)])).status).toBe(200)
    expect(await ask(listed, proxy, [...from(office), ...from(stranger)])).toMatchObject(refused)
  })

  test('no other header is believed', async () => {
    trust('10.0.0.0/8')
    const others = forgeriesOf(office).filter(([, headers]) => headers.every(([name]) => name !== 'X-Forwarded-For'))
    expect(others.length).toBeGreaterThan(15)
    for (const [what, headers] of others) {
      expect(await ask(listed, proxy, headers), what).toMatchObject(refused)
      expect(await ask(listed, proxy, [...headers, ...from(stranger)]), what).toMatchObject(refused)
      expect((await ask(open, proxy, headers)).status).toBe(200)
    }
  })
})

describe('where the socket is not known', () => {
  test('a key with a list is refused, and one without is not', async () => {
    for (const headers of [[], from(office), from(`${office}, ${proxy}`)]) {
      const answer = await ask(listed, undefined, headers)
      expect(answer).toMatchObject(refused)
      expect(answer.body.detail).toMatch(/cannot know your address/)
      expect((await ask(open, undefined, headers)).status).toBe(200)
    }
  })

  test('trusted proxies are all that can reach it, so what they say is believed', async () => {
    trust('10.0.0.0/8')
    expect((await ask(listed, undefined, from(office))).status).toBe(200)
    expect((await ask(listed, undefined, from(`${stranger}, ${office}, 10.9.9.9`))).status).toBe(200)
    expect(await ask(listed, undefined, from(`${office}, ${stranger}`))).toMatchObject(refused)
    expect(await ask(listed, undefined, from('unknown'))).toMatchObject(refused)
    expect(await ask(listed, undefined)).toMatchObject(refused)
  })
})

test('a link-local peer is its address, without the interface', async () => {
  const caller = await actFor((await createTenant({ name: 'Lab', slug: 'lab' })).id, 'live')
  const key = await createKey(caller, { name: 'x', scopes: ['usage:read'], allowedIps: ['fe80::/10'] })
  expect((await ask(key, 'fe80::1%eth0')).status).toBe(200)
  expect(await ask(key, 'fec0::1%eth0')).toMatchObject(refused)
})

test('where a key was used is the address that was believed', async () => {
  const caller = await actFor((await createTenant({ name: 'Bank', slug: 'bank' })).id, 'live')
  const key = await createKey(caller, { name: 'x', scopes: ['usage:read'] })
  const began = new Date(Date.now() - 1_000)
  trust('10.0.0.0/8')
  await ask(key, proxy, from(`${stranger}, ${office}`))
  await ask(key, stranger, from(office))
  await ask(key, undefined)
  const seen = (await addressesOf(key.id, began)).map(({ address }) => address)
  expect(new Set(seen)).toEqual(new Set([office, stranger, null]))
})

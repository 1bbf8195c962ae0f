import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { env, parseEnv } from '../env.ts'
import { addressBehind, visitorNetwork } from './client-address.ts'

const { trustedProxies } = parseEnv({ TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' })

test.each([
  ['the socket’s own', '203.0.113.9', undefined, '203.0.113.9'],
  ['the socket’s, whatever it claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['what a trusted proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['the first untrusted hop from the right', '10.1.2.3', '1.2.3.4, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['IPv4 in IPv6 clothes', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['behind IPv6', '2001:db8::1', '2001:db8::2', '2001:db8::2'],
  ['the last of the proxies', '10.1.2.3', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
  ['one with a port', '10.1.2.3', '198.51.100.1:4711', '198.51.100.1'],
  ['one behind a proxy with a port', '10.1.2.3', '198.51.100.1, 10.2.2.2:80', '198.51.100.1'],
  ['IPv6 in brackets', '10.1.2.3', '[2001:db8::7]', '2001:db8::7'],
  ['IPv6 in brackets with a port', '10.1.2.3', '[2001:DB8::7]:443', '2001:db8::7'],
  ['IPv6 whose end looks like a port', '10.1.2.3', '2001:db8::7:443', '2001:db8::7:443'],
  ['IPv4 in IPv6 clothes in brackets', '10.1.2.3', '[::ffff:198.51.100.1]:443', '198.51.100.1'],
  ['the proxy’s, when it says nothing', '10.1.2.3', undefined, '10.1.2.3'],
  ['behind as many proxies as there may be', '10.1.2.3', `198.51.100.1${', 10.0.0.1'.repeat(31)}`, '198.51.100.1'],
  ['unknown, behind more of them', '10.1.2.3', `198.51.100.1${', 10.0.0.1'.repeat(32)}`, undefined],
  ['unknown, when the socket is', undefined, '198.51.100.1', undefined],
])('the client’s address is %s', (_, socket, forwardedFor, address) => {
  expect(addressBehind(socket, forwardedFor, trustedProxies)).toBe(address)
})

test.each([
  'unknown',
  '_hidden',
  'unix:',
  'unix:/run/nginx.sock',
  'localhost',
  '',
  '""',
  '"198.51.100.1"',
  'for=198.51.100.1',
  '198.51.100.1:',
  '198.51.100.1:123456',
  '198.51.100.1:_port',
  '198.51.100.1:80:80',
  '198.51.100.256:80',
  '198.51.100.01:80',
  '3325256705:80',
  '0xc6336401',
  '[198.51.100.1]',
  '[198.51.100.1]:80',
  '[2001:db8::7',
  '2001:db8::7]',
  '[2001:db8::7]443',
  '[2001:db8::7]:',
  '[[2001:db8::7]]',
  '[fe80::1%eth0]:443',
  'fe80::1%eth0',
  '::ffff:198.51.100.1:443',
  '::198.51.100.1',
  '198.51.100.1 10.0.0.1',
  '198.51.100.1;',
])('a hop “%s” is no address: the client is unknown, and not its proxy', (hop) => {
  expect(addressBehind('10.1.2.3', hop, trustedProxies)).toBeUndefined()
  expect(addressBehind('10.1.2.3', `${hop}, 10.2.2.2`, trustedProxies)).toBeUndefined()
  expect(addressBehind('10.1.2.3', `198.51.100.1, ${hop}`, trustedProxies)).toBeUndefined()
  expect(addressBehind('10.1.2.3', `${hop}, 198.51.100.1`, trustedProxies)).toBe('198.51.100.1')
  expect(addressBehind('203.0.113.9', hop, trustedProxies)).toBe('203.0.113.9')
})

afterEach(() => {
  env().trustedProxies = []
})

test('visitors count by their network, and those who hide as one, where the server can know addresses at all', async () => {
  const app = new Hono().get('/', (c) => c.text(visitorNetwork(c) ?? 'nobody can be told apart'))
  const counted = async (remoteAddress?: string, forwardedFor?: string) => {
    const headers: Record<string, string> = forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor }
    const bindings = remoteAddress ? { incoming: { socket: { remoteAddress } } } : {}
    return (await app.request('/', { headers }, bindings)).text()
  }
  expect(await counted(undefined, 'unknown')).toBe('nobody can be told apart')
  expect(await counted('203.0.113.9', 'unknown')).toBe('203.0.113.9')
  env().trustedProxies = trustedProxies
  expect(await counted('10.1.2.3', '[2001:db8:0:1::7]:443')).toBe('2001:db8:0:1::/64')
  for (const hop of ['unknown', 'unix:', '_me']) {
    expect([await counted('10.1.2.3', hop), await counted(undefined, hop)]).toEqual(['unknown', 'unknown'])
  }
})

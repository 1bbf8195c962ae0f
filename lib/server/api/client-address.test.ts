import { expect, test } from 'vitest'
import { parseEnv } from '../env.ts'
import { addressBehind } from './client-address.ts'

const { trustedProxies } = parseEnv({ TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1' })

test.each([
  ['the socket’s own', '203.0.113.9', undefined, '203.0.113.9'],
  ['the socket’s, whatever it claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['what a trusted proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['the first untrusted hop from the right', '10.1.2.3', '1.2.3.4, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['IPv4 in IPv6 clothes', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['behind IPv6', '2001:db8::1', '2001:db8::2', '2001:db8::2'],
  ['the last believed one before garbage', '10.1.2.3', '198.51.100.1, unknown, 10.2.2.2', '10.2.2.2'],
  ['the proxy’s, when it says nothing', '10.1.2.3', undefined, '10.1.2.3'],
  ['unknown, when the socket is', undefined, '198.51.100.1', undefined],
])('the client’s address is %s', (_, socket, forwardedFor, address) => {
  expect(addressBehind(socket, forwardedFor, trustedProxies)).toBe(address)
})

import { expect, test } from 'vitest'
import { examples } from './examples.ts'
import { secretIn } from './secret-in.ts'

test('a private key and an API key are told for what no address may have, and no example is', () => {
  const pem = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----'
  const jwk = '{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"AAAA"}'
  for (const text of [pem, `-----BEGIN CERTIFICATE-----\nAAAA\n${pem}`, jwk, btoa(jwk)])
    expect(secretIn(text), text).toBe('A private key')
  expect(secretIn('Bearer sk_test_000000000000_1')).toBe('An API key')
  for (const { text } of examples) expect(secretIn(text)).toBeUndefined()
})

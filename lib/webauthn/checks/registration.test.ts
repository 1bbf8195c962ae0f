import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { toBase64url } from '../decode/bytes.ts'
import { type Change, coseKey, failures, left, type Row, registration } from './samples.ts'

// biome-ignore lint/suspicious/noExplicitAny: the context is any, see Change
const attested = (c: any) => c.authenticatorData.value.attestedCredentialData
const withId =
  (length: number): Change =>
  (c) => {
    attested(c).credentialId = new Uint8Array(length)
    c.credential.id = c.credential.rawId = toBase64url(new Uint8Array(length))
  }

const withKey =
  (label: number, value: unknown): Change =>
  (c) => {
    attested(c).credentialPublicKey = coseKey((key) => key.set(label, value))
  }
const withRsa =
  (length: number): Change =>
  (c) => {
    const key: [number, unknown][] = [
      [1, 3],
      [3, -257],
      [-1, new Uint8Array(length).fill(0xff)],
      [-2, Uint8Array.of(1, 0, 1)],
    ]
    attested(c).credentialPublicKey = encode(new Map(key))
  }

const refused: Row[] = [
  ['the other ceremony’s type', (c) => (c.clientData.value.type = 'webauthn.get'), 'type'],
  ['an algorithm that was not offered', (c) => (c.expected.algorithms = [-257]), 'algorithm'],
  ['another id', (c) => (c.credential.id = c.credential.rawId = 'AAAA'), 'credential-id'],
  ['id and rawId at odds', (c) => (c.credential.rawId = 'AAAA'), 'credential-id'],
  ['an empty credential ID', withId(0), 'credential-id-length'],
  ['a credential ID of 1024 bytes', withId(1024), 'credential-id-length'],
  ['a credential of this user’s', (c) => (c.registered = 'same-user'), 'credential-not-registered'],
  ['a credential of another user’s', (c) => (c.registered = 'other-user'), 'credential-not-registered'],
  ['an unknown attestation format', (c) => (c.attestationObject.value.fmt = 'Packed'), 'attestation-format'],
  ['a statement that is not valid', (c) => (c.attestation.verified = false), 'attestation-statement'],
  ['bytes after the object', (c) => left(c.attestationObject), 'attestation-object'],
  ['no attested credential', (c) => delete c.authenticatorData.value.attestedCredentialData, 'credential-public-key'],
  ['a key that does not decode', (c) => (attested(c).credentialPublicKey = new Uint8Array(3)), 'credential-public-key'],
  ['a key type at odds with alg', withKey(1, 3), 'credential-public-key'],
  ['an alg at odds with the curve', withKey(3, -35), 'credential-public-key'],
  ['a curve at odds with alg', withKey(-1, 2), 'credential-public-key'],
  ['a short coordinate', withKey(-2, new Uint8Array(31)), 'credential-public-key'],
  ['a compressed point', withKey(-3, true), 'credential-public-key'],
  ['a key that does not import', (c) => (c.publicKeyFault = 'a key that does not import'), 'credential-public-key'],
  ['weak RSA', withRsa(128), 'credential-public-key'],
]

test.each(refused)('refuses %s', (_, change, failure) => {
  expect(failures(registration(change))).toEqual([failure])
})
test('takes strong RSA', () => {
  expect(failures(registration(withRsa(256)))).toEqual([])
})
test.each([1, 1023])('takes a credential ID of %i bytes', (length) => {
  expect(failures(registration(withId(length)))).toEqual([])
})
test('takes every origin that is expected', () => {
  expect(failures(registration((c) => (c.clientData.value.origin = 'https://example.org')))).toEqual([])
})
test('a certificate of an unknown root is neither refused nor passed as trusted', () => {
  const checks = registration((c) => {
    c.attestationObject.value.fmt = 'packed'
    c.attestationObject.value.attStmt.set('x5c', [])
  })
  expect(failures(checks)).toEqual([])
  expect(checks.find((check) => check.id === 'attestation-trust')?.outcome).toBe('skipped')
})

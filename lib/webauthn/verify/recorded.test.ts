import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeCertificate } from '#lib/server/attestation/certificates-for-tests.ts'
import { failed } from '../checks/index.ts'
import { toBase64url, toHex } from '../decode/bytes.ts'
import { decodeAttestationObject } from '../decode/index.ts'
import {
  type RecordedExpectation,
  type RecordedPasskey,
  recordedAuthentication,
  recordedRegistration,
} from './recorded.ts'
import { type RecordedCredential, recordedCredential, saidOfItself } from './recorded-credential.ts'
import { recordedKey } from './recorded-key.ts'
import { recordedAnchors } from './recorded-trust.ts'

/** Responses of real authenticators, and the test vectors of WebAuthn Level 3, read from files beside the project. */
const files = {
  payloads: process.env.WEBAUTHN_PAYLOADS ?? '../shared/payloads/responses.json',
  vectors: process.env.WEBAUTHN_VECTORS ?? '../shared/vectors/webauthn-l3.json',
}
const read = (file: string) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
for (const file of Object.values(files)) if (!existsSync(file)) console.log(`Skipped: there is no file ${file}.`)

interface Asked {
  challenge: string
  origin: string
  rpId: string
  response: unknown
}
interface Sample {
  name: string
  registration?: Asked
  authentication?: Asked
}
interface Published {
  challenge: string
  clientDataJSON: string
  clientData: { origin: string }
  attestationObject: string
  authenticatorData: string
  signature: string
}

const bytes = (hex: string) => toBase64url(Uint8Array.from(Buffer.from(hex, 'hex')))

/** A vector as its browser would have sent it. */
function asSample({
  id,
  registration,
  authentication,
}: {
  id: string
  registration: Published
  authentication: Published
}): Sample {
  const object = decodeAttestationObject(Buffer.from(registration.attestationObject, 'hex')).value
  const credentialId = toBase64url(
    object?.authenticatorData?.value?.attestedCredentialData?.credentialId ?? new Uint8Array(),
  )
  const asked = (published: Published, names: ('attestationObject' | 'authenticatorData' | 'signature')[]): Asked => ({
    challenge: bytes(published.challenge),
    origin: published.clientData.origin,
    rpId: 'example.org',
    response: {
      id: credentialId,
      type: 'public-key',
      response: Object.fromEntries(['clientDataJSON' as const, ...names].map((name) => [name, bytes(published[name])])),
    },
  })
  return {
    name: `W3C ${id}`,
    registration: asked(registration, ['attestationObject']),
    authentication: asked(authentication, ['authenticatorData', 'signature']),
  }
}

const samples: Sample[] = [
  ...(read(files.payloads).payloads ?? []),
  ...(read(files.vectors).vectors ?? []).map(asSample),
]

/** What fails of a sample that is held against what it was asked with, each with its reason; the rest passes. */
const faults: Readonly<Record<string, string[]>> = {
  // An answer of SafetyNet is good for a minute.
  py_verify_attestation_android_safetynet: ['attestation-statement', 'second-opinion'],
  // Made in frames, and this relying party is never framed.
  'W3C none-es256-crossOrigin': ['cross-origin', 'second-opinion'],
  'W3C none-es256-topOrigin': ['cross-origin', 'top-origin', 'second-opinion'],
  // Its certificate says neither origin nor purpose of the key.
  'W3C android-key-es256': ['attestation-statement'],
}

function expectationOf({ challenge, origin, rpId }: Asked): RecordedExpectation {
  return { challenge, origins: [origin], rpId, userVerification: 'preferred', unproven: [] }
}

function credentialOf({ response }: Asked): RecordedCredential {
  const credential = recordedCredential(response)
  if (!credential) throw new Error('no credential')
  return credential
}

async function keyOf(sample: Sample): Promise<RecordedPasskey> {
  if (!sample.registration) return {}
  const key = await recordedKey(JSON.stringify(credentialOf(sample.registration)))
  return 'cose' in key ? { publicKey: key.cose } : {}
}

const failures = async (checks: Promise<Parameters<typeof failed>[0]>) => failed(await checks).map(({ id }) => id)

/** Whoever asked otherwise: the one check that says so, besides the second opinion on the whole. */
const wrong: readonly [check: string, change: Partial<RecordedExpectation>][] = [
  ['challenge', { challenge: 'b3RoZXI' }],
  ['origin', { origins: ['https://evil.example'] }],
  ['rp-id-hash', { rpId: 'evil.example' }],
]

for (const sample of samples) {
  const { name, registration, authentication } = sample
  const known = faults[name] ?? []
  if (registration) {
    test(`the recorded registration ${name} passes as it was asked, and each other question fails its check`, async () => {
      const credential = credentialOf(registration)
      const right = expectationOf(registration)
      const found = await failures(recordedRegistration(credential, right))
      expect(found.filter((id) => !known.includes(id))).toEqual([])
      for (const [check, change] of wrong) {
        const found = await failures(recordedRegistration(credential, { ...right, ...change }))
        expect(found.filter((id) => id !== 'second-opinion' && !known.includes(id))).toEqual([check])
      }
    })
  }
  if (authentication) {
    test(`the recorded sign-in ${name} passes as it was asked, and each other question fails its check`, async () => {
      const credential = credentialOf(authentication)
      const right = expectationOf(authentication)
      const passkey = await keyOf(sample)
      const checks = await recordedAuthentication(credential, right, passkey)
      expect(failed(checks).filter(({ id }) => !known.includes(id))).toEqual([])
      const signature = checks.find(({ id }) => id === 'signature')
      expect(signature?.outcome).toBe(passkey.publicKey ? 'pass' : 'skipped')
      for (const [check, change] of wrong) {
        const found = await failures(recordedAuthentication(credential, { ...right, ...change }, passkey))
        expect(found.filter((id) => id !== 'second-opinion' && !known.includes(id))).toEqual([check])
      }
    })
  }
}

const [signedIn] = samples.filter(({ registration, authentication }) => registration && authentication)

test.skipIf(!signedIn)(
  'another key, a count that did not grow and another user fail, and what was not told is skipped',
  async () => {
    const { authentication } = signedIn as Sample & { authentication: Asked }
    const credential = credentialOf(authentication)
    const right = expectationOf(authentication)
    const passkey = await keyOf(signedIn as Sample)
    const other = await recordedKey(
      '{"kty":"EC","crv":"P-256","x":"Sc41eeN9DWpC4CWVNsaL17oFiAeq18e8F0nY4QdUF28","y":"aTIcizx2yWVLQIAJy2NSfkTLvn4-J_oQfmJIXhB4Nus"}',
    )
    const forged = { ...passkey, publicKey: 'cose' in other ? other.cose : undefined }
    expect(await failures(recordedAuthentication(credential, right, forged))).toEqual(['signature', 'second-opinion'])
    expect(await failures(recordedAuthentication(credential, right, { ...passkey, signCount: 4e9 }))).toContain(
      'sign-count',
    )
    const withHandle = { ...credential, response: { ...credential.response, userHandle: 'YWRh' } }
    expect(await failures(recordedAuthentication(withHandle, right, { ...passkey, userHandle: 'b3RoZXI' }))).toEqual([
      'user-handle',
    ])
    const untold = await recordedAuthentication(credential, { ...right, unproven: ['challenge', 'origin', 'rpId'] }, {})
    const outcomes = Object.fromEntries(untold.map(({ id, outcome }) => [id, outcome]))
    for (const id of [
      'challenge',
      'origin',
      'rp-id-hash',
      'signature',
      'sign-count',
      'user-handle',
      'credential-known',
    ])
      expect(outcomes[id], id).toBe('skipped')
  },
)

test('a response says its own challenge, origin and RP ID', async () => {
  for (const { registration, authentication } of samples) {
    for (const asked of [registration, authentication]) {
      if (!asked) continue
      const { origin, challenge, rpId } = await saidOfItself(credentialOf(asked))
      expect([origin, challenge]).toEqual([asked.origin, asked.challenge])
      expect(['', asked.rpId]).toContain(rpId)
    }
  }
})

test('a public key is taken as COSE, JWK, SPKI and PEM, and what is none says so', async () => {
  const made: EcKeyGenParams[] = ['P-256', 'P-384'].map((namedCurve) => ({ name: 'ECDSA', namedCurve }))
  for (const algorithm of [...made, { name: 'Ed25519' }, { name: 'Ed448' }]) {
    const { publicKey } = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
    const { key_ops: _, ext: __, ...jwk } = await crypto.subtle.exportKey('jwk', publicKey)
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')
    const key = await recordedKey(JSON.stringify({ ...jwk, alg: undefined }))
    const cose = 'cose' in key ? toHex(key.cose) : key.error
    expect(cose).toMatch(/^a[45]01/)
    const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----`
    for (const text of [cose, spki, pem]) {
      const same = await recordedKey(text)
      expect('cose' in same && toHex(same.cose), text).toBe(cose)
    }
  }
  expect(await recordedKey('hello')).toEqual({ error: expect.stringContaining('no public key') })
  expect(await recordedKey('{"kty":"OKP","crv":"Ed25519","x":"AAAA","d":"AAAA"}')).toEqual({
    error: expect.stringContaining('a private key'),
  })
})

test('trust anchors are taken in PEM, one or several, and in DER, and what is none says so', () => {
  const [one, other] = [makeCertificate(), makeCertificate()]
  expect(recordedAnchors(`${one.pem}\n${other.pem}`)).toEqual({ anchors: [one.der, other.der] })
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    expect(recordedAnchors(Buffer.from(one.der).toString(encoding))).toEqual({ anchors: [one.der] })
  }
  for (const text of [
    'hello',
    '00',
    one.pem.slice(0, 200),
    `${one.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
  ]) {
    expect(recordedAnchors(text), text).toEqual({ error: expect.any(String) })
  }
  const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
  expect(recordedAnchors(key)).toEqual({ error: expect.stringContaining('a private key') })
})

test('a response is the same in base64url, hex and as numbers, with IDs that could be either', () => {
  const bytes = {
    id: Buffer.from('deadbeefdeadbeefdeadbeef', 'hex'),
    clientDataJSON: Buffer.from('{"type":"webauthn.create"}'),
    attestationObject: Buffer.from('a3636d', 'hex'),
  }
  const credential = (write: (bytes: Buffer) => unknown) => {
    const { id, ...response } = Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, write(value)]))
    return recordedCredential({ id, rawId: id, type: 'public-key', response })
  }
  const right = credential((each) => each.toString('base64url'))
  expect(right?.response.clientDataJSON).toBe(bytes.clientDataJSON.toString('base64url'))
  for (const write of [(each: Buffer) => each.toString('hex'), (each: Buffer) => [...each]]) {
    expect(credential(write)).toEqual(right)
  }
  // Of an ID in base64url that has digits of hex alone.
  const { clientDataJSON } = right?.response ?? {}
  expect(recordedCredential({ id: 'deadbeef', response: { clientDataJSON } })?.id).toBe('deadbeef')
})

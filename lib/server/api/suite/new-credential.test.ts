import { generateKeyPairSync } from 'node:crypto'
import { encode } from 'cborg'
import { expect, test } from 'vitest'
import type { CreateOverrides } from '#lib/testing/authenticator.ts'
import { attemptRegistration, deepCbor, flipped, longer, verdictOn } from './ceremonies-harness.ts'
import { newTenant } from './harness.ts'

type Row = [what: string, create: CreateOverrides, ...failures: string[]]
type Key = Map<number, unknown>

const idOf = (length: number) => ({ credential: { id: Buffer.alloc(length, 7).toString('base64url') } })
const withKey = (change: (key: Key) => Key | Uint8Array): CreateOverrides => ({ coseKey: change })
const without = (label: number) => withKey((key) => new Map([...key].filter(([name]) => name !== label)))
const withEd25519 = (x: string): CreateOverrides => ({
  credential: { algorithm: -8 },
  coseKey: (key) => key.set(-2, Buffer.from(x, 'hex')),
})
/** An ML-DSA-44 key, which is post-quantum. */
const mlDsa: Key = new Map<number, unknown>([
  [1, 7],
  [3, -48],
  [-1, new Uint8Array(1312).fill(1)],
])
const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const everyKey = [-7, -8, -35, -36, -257]

const keys: Row[] = [
  ['a key type at odds with its algorithm', withKey((key) => key.set(1, 1)), 'credential-public-key'],
  ['an algorithm at odds with its curve', withKey((key) => key.set(3, -35)), 'credential-public-key'],
  ['an algorithm at odds with its key type', withKey((key) => key.set(3, -257)), 'credential-public-key'],
  ['a curve at odds with its algorithm', withKey((key) => key.set(-1, 2)), 'credential-public-key'],
  ['an unknown curve', withKey((key) => key.set(-1, 8)), 'credential-public-key'],
  ['no algorithm', without(3), 'credential-public-key'],
  ['no x coordinate', without(-2), 'credential-public-key'],
  ['no y coordinate', without(-3), 'credential-public-key'],
  ['a compressed point', withKey((key) => key.set(-3, true)), 'credential-public-key'],
  ['a point off its curve', withKey((key) => key.set(-3, new Uint8Array(32).fill(1))), 'credential-public-key'],
  ['a short coordinate', withKey((key) => key.set(-2, new Uint8Array(31).fill(1))), 'credential-public-key'],
  ['a coordinate with a zero before it', withKey((key) => key.set(-2, new Uint8Array(33))), 'credential-public-key'],
  ['a coordinate that is text', withKey((key) => key.set(-2, 'x')), 'credential-public-key'],
  ['a private key in it', withKey((key) => key.set(-4, new Uint8Array(32))), 'credential-public-key'],
  ['a parameter written twice', withKey((key) => doubled(encode(key))), 'credential-public-key'],
  ['a key that is no map', withKey(() => encode([1, 2])), 'credential-public-key', 'authenticator-data'],
  ['weak RSA', { credential: { algorithm: -257, privateKey: weakRsa } }, 'credential-public-key'],
  ['an Ed25519 point of small order', withEd25519(`01${'00'.repeat(31)}`), 'credential-public-key'],
  ['no point of Ed25519', withEd25519(`02${'00'.repeat(31)}`), 'credential-public-key'],
  ['an Ed25519 point written in a second way', withEd25519(`ee${'ff'.repeat(30)}7f`), 'credential-public-key'],
  ['an algorithm that was not offered', withKey(() => mlDsa), 'algorithm'],
  ['bytes after the key', withKey((key) => longer(encode(key))), 'authenticator-data'],
]

/** The map with its algorithm once more. */
function doubled(map: Uint8Array): Uint8Array {
  return Uint8Array.of((map[0] ?? 0) + 1, ...map.subarray(1), 0x03, 0x26)
}

const identifiers: Row[] = [
  ['an ID of no bytes', { id: '', credentialId: new Uint8Array() }, 'authenticator-data', 'credential-id-length'],
  ['an ID of 1024 bytes', idOf(1024), 'authenticator-data', 'credential-id-length'],
  [
    'an ID that is longer than the data',
    { authenticatorData: (data) => data.with(53, 0xff) },
    'credential-public-key',
    'authenticator-data',
  ],
]

/** Sets the flag ED and writes `extensions` where they stand. */
const withExtensions = (extensions: Uint8Array): CreateOverrides => ({
  authenticatorData: (data) => Uint8Array.of(...data.with(32, (data[32] ?? 0) | 0x80), ...extensions),
})

const structures: Row[] = [
  ['a cut attestation object', { attestationObject: (object) => object.subarray(0, -1) }, 'attestation-object'],
  ['an attestation object of no bytes', { attestationObject: () => new Uint8Array() }, 'attestation-object'],
  ['an attestation object that is no map', { attestationObject: () => encode('none') }, 'attestation-object'],
  ['a byte after the attestation object', { attestationObject: longer }, 'attestation-object'],
  ['an attestation object nested 3,000 deep', { attestationObject: () => deepCbor }, 'attestation-object'],
  ['cut authenticator data', { authenticatorData: (data) => data.subarray(0, -1) }, 'credential-public-key'],
  [
    'authenticator data of 36 bytes',
    { authenticatorData: (data) => data.subarray(0, 36) },
    'attestation-object',
    'authenticator-data',
  ],
  [
    'authenticator data of no bytes',
    { authenticatorData: () => new Uint8Array() },
    'attestation-object',
    'authenticator-data',
  ],
  ['a byte after the authenticator data', { authenticatorData: longer }, 'authenticator-data'],
  ['extensions nested 3,000 deep', withExtensions(deepCbor), 'authenticator-data'],
  ['extensions announced and absent', withExtensions(new Uint8Array()), 'authenticator-data'],
  ['an extension named by a big number', withExtensions(encode(new Map([[2n ** 60n, 1]]))), 'authenticator-data'],
  ['extensions that are no map', withExtensions(encode([])), 'authenticator-data'],
]

const statements: Row[] = [
  ['a tampered signature', { signature: flipped }, 'attestation-statement'],
  [
    'the signature of another key',
    { privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
    'attestation-statement',
  ],
  ['no signature', { attStmt: new Map([['alg', -7]]) }, 'attestation-statement'],
  ['an algorithm that is not the key’s', { attStmt: (truth) => truth.set('alg', -257) }, 'attestation-statement'],
  ['an unknown format', { fmt: 'packed2' }, 'attestation-format', 'attestation-statement'],
  ['the format in another case', { fmt: 'Packed' }, 'attestation-format', 'attestation-statement'],
  ['“none” with a statement', { fmt: 'none' }, 'attestation-object', 'attestation-statement'],
  [
    'a certificate that is none',
    { attStmt: (truth) => truth.set('x5c', [new Uint8Array(8)]) },
    'attestation-statement',
  ],
  ['an empty chain of certificates', { attStmt: (truth) => truth.set('x5c', []) }, 'attestation-statement'],
]

async function expectRefused([, create, ...failures]: Row, attestation: 'none' | 'packed') {
  const tenant = await newTenant()
  tenant.authenticator.settings.attestation = attestation
  const options = { pubKeyCredParams: everyKey }
  expect(await verdictOn(attemptRegistration(tenant, { create, options }))).toEqual({
    status: 400,
    code: 'verification_failed',
    failures,
  })
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
  await attemptRegistration(tenant, { options })
  expect((await tenant.stored()).passkeys).toHaveLength(1)
}

test.each(keys)('a public key with %s is refused, and nothing is kept', (...row) => expectRefused(row, 'none'))
test.each(identifiers)('%s is refused, and nothing is kept', (...row) => expectRefused(row, 'none'))
test.each(structures)('%s is refused, and nothing is kept', (...row) => expectRefused(row, 'none'))
test.each(statements)('a packed attestation with %s is refused, and nothing is kept', (...row) =>
  expectRefused(row, 'packed'),
)

test.each(everyKey)('a key of algorithm %i is kept, with its own attestation too', async (algorithm) => {
  const tenant = await newTenant()
  const options = { pubKeyCredParams: [algorithm] }
  const none = await attemptRegistration(tenant, { options })
  tenant.authenticator.settings.attestation = 'packed'
  const packed = await attemptRegistration(tenant, { options, username: 'bob' })
  expect(none.passkey).toMatchObject({ algorithm, attestation: { format: 'none', trusted: false } })
  expect(packed.passkey).toMatchObject({ algorithm, attestation: { format: 'packed', trusted: false } })
})

test.each([1, 16, 1023])('a credential ID of %i bytes is kept as it is', async (length) => {
  const tenant = await newTenant()
  const { passkey } = await attemptRegistration(tenant, { create: idOf(length) })
  expect(passkey.credentialId).toBe(idOf(length).credential.id)
})

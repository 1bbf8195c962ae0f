import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { encode } from 'cborg'
import { describe, expect, test } from 'vitest'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { importPrivateKey, type PrivateKeyInput, signWith } from '#lib/testing/key.ts'
import { decodeAttestationObject, fromBase64url } from '#lib/webauthn/decode/index.ts'
import { attemptRegistration, attemptSignIn, flipped, verdictOn } from './ceremonies-harness.ts'
import { newTenant, passkeyScopes } from './harness.ts'

/**
 * The test vectors of WebAuthn Level 3, read from a file beside the project: their keys answer live challenges here, with
 * their flags, identifiers, certificates and client data.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-test-vectors
 */
const file = process.env.WEBAUTHN_VECTORS ?? '../shared/vectors/webauthn-l3.json'
const present = existsSync(file)
if (!present) console.log(`The W3C vectors are skipped: there is no file ${file} (WEBAUTHN_VECTORS names another).`)

interface Published {
  clientData: Record<string, unknown>
  flags: number
}
interface Vector {
  id: string
  registration: Published & {
    aaguid: string
    credential_id: string
    attestationObject: string
    credential_private_key?: string
    private_key?: string
    private_key_p?: string
    private_key_q?: string
    attestation_private_key?: string
  }
  authentication: Published
}
interface Vectors {
  rpId: string
  origin: string
  vectors: Vector[]
}

const published: Vectors = present ? JSON.parse(readFileSync(file, 'utf8')) : { rpId: '', origin: '', vectors: [] }
const fromHex = (hex = '') => new Uint8Array(Buffer.from(hex, 'hex'))
const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array()

/** What this relying party, which is never framed, answers to each. */
const expectations: [id: string, algorithm: number, failures: string[]][] = [
  ['none-es256', -7, []],
  ['packed-self-es256', -7, []],
  ['none-es256-crossOrigin', -7, ['cross-origin']],
  ['none-es256-topOrigin', -7, ['cross-origin', 'top-origin']],
  ['none-es256-long-credential-id', -7, []],
  ['packed-es256', -7, []],
  ['packed-es384', -35, []],
  ['packed-es512', -36, []],
  ['packed-rs256', -257, []],
  ['packed-eddsa', -8, []],
]

function keyOf({ registration: { private_key_p, private_key_q, credential_private_key, private_key } }: Vector) {
  const key: PrivateKeyInput = private_key_p
    ? { p: fromHex(private_key_p), q: fromHex(private_key_q) }
    : { scalar: fromHex(credential_private_key ?? private_key) }
  return key
}

/** The published client data, for a live challenge. */
const saying = ({ clientData }: Published, challenge: string, more: object = {}) => ({
  clientData: () => ({ ...clientData, challenge, ...more }),
})

/** A tenant on the vectors' site, and an authenticator with one vector's credential. */
async function site(vector: Vector, algorithm: number) {
  const { rpId, origin } = published
  const tenant = await newTenant({ scopes: passkeyScopes, rpId, origins: [origin] })
  const authenticator = new SoftwareAuthenticator({
    origin,
    attestation: vector.id.startsWith('packed') ? 'packed' : 'none',
    counts: false,
  })
  const { registration, authentication } = vector
  const credential = {
    id: Buffer.from(fromHex(registration.credential_id)).toString('base64url'),
    privateKey: keyOf(vector),
    algorithm,
    aaguid: registration.aaguid,
  }
  const party = { client: tenant.client, authenticator }
  const create =
    (more: object = {}) =>
    (publicKey: RegisterBegun['publicKey']) => ({
      ...saying(registration, publicKey.challenge, more),
      flags: registration.flags,
      credential,
    })
  const get =
    (more: object = {}) =>
    (publicKey: AuthenticateBegun['publicKey']) => ({
      ...saying(authentication, publicKey.challenge, more),
      flags: authentication.flags,
      credentialId: credential.id,
    })
  return {
    ...tenant,
    credentialId: credential.id,
    register: (more?: object, changed?: (signature: Uint8Array) => Uint8Array) =>
      register(party, vector, algorithm, create(more), changed),
    signIn: (more?: object, wrong: object = {}) =>
      attemptSignIn(party, { get: (publicKey) => ({ ...get(more)(publicKey), ...wrong }) }),
  }
}

/** Registers, with the published certificate where there is one: its key signs the statement anew. */
async function register(
  { client, authenticator }: Parameters<typeof attemptRegistration>[0],
  { registration }: Vector,
  algorithm: number,
  create: (publicKey: RegisterBegun['publicKey']) => object,
  changed = (signature: Uint8Array) => signature,
) {
  const { attestation_private_key } = registration
  const options = { pubKeyCredParams: [algorithm] }
  if (!attestation_private_key) return attemptRegistration({ client, authenticator }, { options, create })
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada', options })
  const credential = authenticator.create(publicKey, create(publicKey))
  const { attStmt } = decodeAttestationObject(fromHex(registration.attestationObject)).value ?? {}
  const authData = bytes(credential.response.authenticatorData ?? '')
  const hash = createHash('sha256').update(bytes(credential.response.clientDataJSON)).digest()
  const alg = Number(attStmt?.get('alg'))
  const key = importPrivateKey({ scalar: fromHex(attestation_private_key) }, alg)
  const sig = changed(signWith(key, alg, Buffer.concat([authData, hash])))
  const object = { fmt: 'packed', attStmt: new Map(attStmt).set('sig', sig), authData }
  credential.response.attestationObject = Buffer.from(encode(new Map(Object.entries(object)))).toString('base64url')
  return client.passkeys.register.finish({ ceremonyId, credential })
}

test.skipIf(!present)('every vector that is expected here is published', () => {
  expect(published.vectors.map(({ id }) => id)).toEqual(expect.arrayContaining(expectations.map(([id]) => id)))
})

describe.skipIf(!present).each(expectations)('the W3C credential %s', (id, algorithm, failures) => {
  const vector = () => published.vectors.find((vector) => vector.id === id) as Vector
  /** Makes a framed vector's client data one that is not framed. */
  const unframed = failures.length > 0 ? { crossOrigin: false, topOrigin: undefined } : {}

  test(failures.length > 0 ? 'is refused as framed, and nothing is kept' : 'registers as it is', async () => {
    const { register, stored, credentialId } = await site(vector(), algorithm)
    if (failures.length > 0) {
      expect(await verdictOn(register())).toEqual({ status: 400, code: 'verification_failed', failures })
      expect(await stored()).toEqual({ users: [], passkeys: [] })
    }
    const { passkey } = await register(unframed)
    expect(passkey).toMatchObject({
      credentialId,
      algorithm,
      attestation: { format: id.startsWith('packed') ? 'packed' : 'none', trusted: false },
      backedUp: (vector().registration.flags & 0x10) !== 0,
      deviceType: vector().registration.flags & 0x08 ? 'multiDevice' : 'singleDevice',
    })
    expect(passkey.aaguid.replaceAll('-', '')).toBe(vector().registration.aaguid)
  })

  test('signs in as specified, and not with a changed signature', async () => {
    const { register, signIn, stored, credentialId } = await site(vector(), algorithm)
    await register(unframed)
    const before = await stored()
    if (failures.length > 0) {
      expect(await verdictOn(signIn())).toEqual({ status: 401, code: 'verification_failed', failures })
    }
    expect((await verdictOn(signIn(unframed, { signature: flipped }))).failures).toEqual(['signature'])
    expect(await stored()).toEqual(before)
    expect((await signIn(unframed)).passkey).toMatchObject({ credentialId, signCount: 0 })
  })
})

test.skipIf(!present)(
  'a certificate of an unknown authority must fit its signature, and is never shown as trusted',
  async () => {
    const vector = published.vectors.find(({ id }) => id === 'packed-es256') as Vector
    const { register, stored } = await site(vector, -7)
    expect((await verdictOn(register({}, flipped))).failures).toEqual(['attestation-statement'])
    expect(await stored()).toEqual({ users: [], passkeys: [] })
    const { passkey, checks } = await register()
    expect(passkey.attestation).toMatchObject({ format: 'packed', trusted: false, source: null })
    expect(checks.find(({ id }) => id === 'attestation-statement')?.outcome).toBe('pass')
    expect(checks.find(({ id }) => id === 'attestation-trust')?.outcome).toBe('skipped')
  },
)

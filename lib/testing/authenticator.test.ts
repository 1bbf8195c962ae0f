import { createHash } from 'node:crypto'
import {
  type PublicKeyCredentialCreationOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { expect, test } from 'vitest'
import type { AuthenticateFinish, RegisterFinish } from '#lib/contract/passkeys.ts'
import { authenticationChecks, failed, registrationChecks } from '#lib/webauthn/checks/index.ts'
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  fromBase64url,
} from '#lib/webauthn/decode/index.ts'
import { faults } from '#lib/webauthn/faults/index.ts'
import { type AuthenticatorSettings, SoftwareAuthenticator } from './authenticator.ts'
import { supportedAlgorithms } from './key.ts'
import type { CreateOverrides, GetOverrides } from './overrides.ts'

const origin = 'http://localhost:3000'
const challenge = Buffer.alloc(32, 0xfb).toString('base64url')
const handle = Buffer.from('handle').toString('base64url')
const rpIdHash = new Uint8Array(createHash('sha256').update('localhost').digest())
const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array()

const creation = (alg = -7): PublicKeyCredentialCreationOptionsJSON => ({
  rp: { id: 'localhost', name: 'Test' },
  user: { id: handle, name: 'ada', displayName: 'Ada' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key', alg }],
  authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  extensions: { credProps: true },
})
const request = { challenge, rpId: 'localhost', userVerification: 'required' } as const

/** Registers and signs in; the library's two verdicts, and the ids of the checks that failed. */
async function ceremonies(
  settings: Partial<AuthenticatorSettings> = {},
  { alg = -7, create = {}, get = {} }: { alg?: number; create?: CreateOverrides; get?: GetOverrides } = {},
) {
  const authenticator = new SoftwareAuthenticator({ origin, ...settings })
  const made = authenticator.create(creation(alg), create)
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: 'localhost' }
  const registered = await verifyRegistrationResponse({
    response: made,
    supportedAlgorithmIDs: [alg],
    ...expected,
  }).catch(() => ({ verified: false, registrationInfo: undefined }))
  const attestationObject = decodeAttestationObject(bytes(made.response.attestationObject))
  const authenticatorData = decodeAuthenticatorData(attestationObject.value?.authData ?? new Uint8Array())
  const expectation = {
    challenge,
    origins: [origin],
    rpId: 'localhost',
    userVerification: 'required',
    user: null,
  } as const
  const registrationFailures = failed(
    registrationChecks({
      credential: made,
      clientData: decodeClientData(bytes(made.response.clientDataJSON)),
      attestationObject,
      authenticatorData,
      rpIdHash,
      clientExtensionResults: made.clientExtensionResults,
      expected: { ...expectation, algorithms: [alg] },
      registered: 'no',
      attestation: { verified: registered.verified, trusted: false },
      opinion: { outcome: 'verified' },
    }),
  )
  const held = authenticator.credentials.list()[0]
  const credential = registered.registrationInfo?.credential
  if (!held || !credential) return { registered: registered.verified, registrationFailures, made }

  const answered = authenticator.get(request, get)
  const signedIn = await verifyAuthenticationResponse({ response: answered, credential, ...expected }).catch(() => ({
    verified: false,
  }))
  const authenticationFailures = failed(
    authenticationChecks({
      credential: answered,
      clientData: decodeClientData(bytes(answered.response.clientDataJSON)),
      authenticatorData: decodeAuthenticatorData(bytes(answered.response.authenticatorData)),
      rpIdHash,
      clientExtensionResults: answered.clientExtensionResults,
      expected: expectation,
      userHandle: answered.response.userHandle ?? null,
      passkey: {
        userId: 'user_1',
        userHandle: handle,
        signCount: credential.counter,
        backupEligible: held.backupEligible,
      },
      signature: { valid: signedIn.verified },
      opinion: { outcome: 'verified' },
    }),
  )
  return {
    registered: registered.verified,
    registrationFailures,
    made,
    signedIn: signedIn.verified,
    authenticationFailures,
    answered,
  }
}

const algorithms = [-7, -35, -36, -8, -257, -37]

test.each(algorithms.flatMap((alg) => [[alg, 'none'] as const, [alg, 'packed'] as const]))(
  'both ceremonies verify and pass every check with algorithm %i and attestation %s',
  async (alg, attestation) => {
    expect(await ceremonies({ attestation }, { alg })).toMatchObject({
      registered: true,
      registrationFailures: [],
      signedIn: true,
      authenticationFailures: [],
    })
  },
)

test('a synced passkey that does not count verifies and passes every check', async () => {
  expect(await ceremonies({ backupEligible: true, backedUp: true, counts: false })).toMatchObject({
    registered: true,
    registrationFailures: [],
    signedIn: true,
    authenticationFailures: [],
  })
})

const flipped = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
const longer = (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)

test.each<[what: string, create: CreateOverrides, ...ids: string[]]>([
  ['another type', { clientData: { type: 'webauthn.get' } }, 'type'],
  ['another origin', { clientData: { origin: 'http://localhost:3001' } }, 'origin'],
  ['a frame', { clientData: { crossOrigin: true } }, 'cross-origin'],
  ['text that is not JSON', { clientDataText: '{' }, 'client-data-json'],
  ['another RP ID', { rpId: 'localhost.example' }, 'rp-id-hash'],
  ['nobody present', { flags: { up: false } }, 'user-present'],
  ['flags as a byte', { flags: 0x41 }, 'user-verified'],
  ['backed up but not eligible', { flags: { bs: true } }, 'backup-flags'],
  ['a broken self attestation', { signature: flipped }, 'attestation-statement'],
  ['an unknown format', { fmt: 'packed2' }, 'attestation-format'],
  ['an empty ID', { credentialId: new Uint8Array() }, 'credential-id-length'],
  ['an ID that is too long', { credential: { id: Buffer.alloc(1024).toString('base64url') } }, 'credential-id-length'],
  ['another outer ID', { id: 'AAAA' }, 'credential-id'],
  ['another raw ID', { rawId: 'AAAA' }, 'credential-id'],
  ['another outer type', { type: 'password' }, 'credential-type'],
  ['an algorithm at odds with the curve', { coseKey: (key) => key.set(3, -35) }, 'credential-public-key', 'algorithm'],
  ['a point off the curve', { coseKey: (key) => key.set(-3, new Uint8Array(32)) }, 'attestation-statement'],
  ['a byte after the object', { attestationObject: longer }, 'attestation-object'],
  ['a byte after the authenticator data', { authenticatorData: longer }, 'authenticator-data'],
])('a registration with %s fails its check', async (_, create, ...ids) => {
  const { registrationFailures } = await ceremonies({ attestation: 'packed' }, { create })
  expect(registrationFailures.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
})

const other = new SoftwareAuthenticator({ origin }).credentials.add({ rpId: 'localhost' })

test.each<[what: string, get: GetOverrides, ...ids: string[]]>([
  ['another challenge', { clientData: (said) => ({ ...said, challenge: `${challenge}=` }) }, 'challenge'],
  ['a top origin', { clientData: { topOrigin: origin } }, 'top-origin'],
  ['a broken signature', { signature: flipped }, 'signature'],
  ['another key', { privateKey: other.privateKey }, 'signature'],
  ['no handle', { userHandle: null }, 'user-handle'],
  ['another handle', { userHandle: 'AAAA' }, 'user-handle'],
  ['eligibility gained', { flags: { be: true } }, 'backup-eligibility'],
  ['a byte after the authenticator data', { authenticatorData: longer }, 'authenticator-data'],
])('a sign-in with %s fails its check', async (_, get, ...ids) => {
  const { authenticationFailures } = await ceremonies({}, { get })
  expect(authenticationFailures?.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
})

// Those of the others are looked at by who keeps a counter, loads the key and lists what is allowed: a server.
const byServer = ['sign-count', 'credential-public-key', 'signature-encoding', 'allow-credentials']
const inOneAnswer = faults.filter(({ timing, refusedBy }) => !timing && !byServer.includes(refusedBy))
test.each(inOneAnswer.map(({ id, ceremony, refusedBy }) => [id, ceremony, refusedBy]))(
  'an answer with the fault %s of a %s fails the check %s',
  async (fault, ceremony, refusedBy) => {
    const isRegistration = ceremony === 'registration'
    const { registrationFailures, authenticationFailures } = await ceremonies(
      {},
      isRegistration ? { create: { fault } } : { get: { fault } },
    )
    const failures = isRegistration ? registrationFailures : authenticationFailures
    expect(failures?.map(({ id }) => id)).toContain(refusedBy)
  },
)

test('a fault that no answer of this kind can have is refused, and nothing is made', () => {
  const authenticator = new SoftwareAuthenticator({ origin })
  expect(() => authenticator.create(creation(), { fault: 'nonsense' })).toThrow('no fault “nonsense” of a registration')
  expect(() => authenticator.create(creation(), { fault: 'bit-flipped' })).toThrow(TypeError)
  expect(() => authenticator.create(creation(), { fault: 'registered-twice' })).toThrow('when an answer is sent')
  expect(authenticator.credentials.list()).toEqual([])
})

test('a user who says no, a delay, and a ceremony that is given up', async () => {
  const authenticator = new SoftwareAuthenticator({ origin, refuses: true })
  const no = expect.objectContaining({ name: 'NotAllowedError' })
  expect(() => authenticator.create(creation())).toThrow(no)
  expect(() => authenticator.get(request)).toThrow(no)
  authenticator.settings.refuses = false
  const { id } = await authenticator.answer(creation())
  expect(await authenticator.answer(request)).toMatchObject({ id, response: { signature: expect.any(String) } })

  authenticator.settings.delay = 600_000
  const giveUp = new AbortController()
  const answering = authenticator.answer(request, {}, giveUp.signal)
  giveUp.abort(new DOMException('given up', 'AbortError'))
  await expect(answering).rejects.toThrow('given up')
  expect(authenticator.credentials.get(id)?.signCount).toBe(1)
})

test('a counter that falls fails its check', async () => {
  const { authenticationFailures } = await ceremonies({}, { create: { signCount: 9 }, get: { signCount: 8 } })
  expect(authenticationFailures?.map(({ id }) => id)).toContain('sign-count')
})

test('extension outputs are laid out and announced', async () => {
  const extensions = new Map([['credProtect', 2]])
  const { registered, made } = await ceremonies({}, { create: { extensions } })
  expect(registered).toBe(true)
  const data = decodeAttestationObject(bytes(made.response.attestationObject)).value?.authenticatorData?.value
  expect(data?.flags.ed).toBe(true)
  expect(data?.extensions).toEqual(extensions)
})

test('the API’s request schemas take its responses', async () => {
  const { made, answered } = await ceremonies()
  if (!answered) throw new Error('not signed in')
  const bodies: [RegisterFinish, AuthenticateFinish] = [
    { ceremonyId: 'c', credential: made },
    { ceremonyId: 'c', credential: answered },
  ]
  expect(bodies).toHaveLength(2)
})

test('a browser’s refusals have a browser’s names', () => {
  const authenticator = new SoftwareAuthenticator({ origin, verifiesUsers: false })
  const refusal = (name: string) => expect.objectContaining({ name })
  expect(() => authenticator.get(request)).toThrow(refusal('NotAllowedError'))
  expect(() => authenticator.create(creation(-65535))).toThrow(refusal('NotSupportedError'))
  expect(() => authenticator.create(creation())).toThrow(refusal('NotAllowedError'))
  expect(authenticator.credentials.list()).toEqual([])
  const { id } = authenticator.credentials.add({ rpId: 'localhost' })
  const excludeCredentials = [{ id, type: 'public-key' as const }]
  expect(() => authenticator.create({ ...creation(), excludeCredentials })).toThrow(refusal('InvalidStateError'))
})

test('extensions that browsers refuse are refused, whatever it has itself, and leave it as it was', () => {
  const authenticator = new SoftwareAuthenticator({ origin })
  const { id } = authenticator.create(creation())
  const before = { ...authenticator.credentials.get(id) }
  const evalByCredential = { [id]: { first: 'AQID' } }
  const refusal = (name: string) => expect.objectContaining({ name })
  const withPrf = { ...creation(), extensions: { prf: { evalByCredential } } as object }
  expect(() => authenticator.create(withPrf)).toThrow(refusal('NotSupportedError'))
  const ask = (allowed: string[]) =>
    authenticator.get({
      ...{ ...request, extensions: { prf: { evalByCredential } } as object },
      allowCredentials: allowed.map((one) => ({ id: one, type: 'public-key' as const })),
    })
  expect(() => ask([])).toThrow(refusal('NotSupportedError'))
  expect(() => ask(['AAAA'])).toThrow(refusal('SyntaxError'))
  expect(authenticator.credentials.list()).toEqual([before])
  expect(ask([id]).id).toBe(id)
})

test('of one user it has one discoverable credential, the latest', () => {
  const authenticator = new SoftwareAuthenticator({ origin })
  const make = (more: object = {}) => authenticator.create({ ...creation(), ...more }).id
  const first = make()
  const kept = [make({ user: { ...creation().user, id: 'b3RoZXI' } }), make({ authenticatorSelection: {} })]
  const held = () => authenticator.credentials.list().map(({ id }) => id)
  expect(held()).toEqual([first, ...kept])
  const second = make()
  expect(held()).toEqual([...kept, second])
})

test('a credential’s ID and user handle are written in the one way that their bytes are', () => {
  const { credentials } = new SoftwareAuthenticator({ origin })
  for (const wrong of ['A', 'AB', 'AAA=', '+/+/']) {
    expect(() => credentials.add({ rpId: 'localhost', id: wrong })).toThrow(/id is not/)
    expect(() => credentials.add({ rpId: 'localhost', userHandle: wrong })).toThrow(/userHandle/)
  }
  expect(credentials.list()).toEqual([])
  expect(credentials.add({ rpId: 'localhost', id: 'AA', userHandle: 'AAA' })).toMatchObject({ id: 'AA' })
})

const blobOptions = { ...creation(), extensions: { prf: {}, largeBlob: { support: 'required' } } as object }

test('PRF and blobs are there where the settings say so, and else passed over', () => {
  const authenticator = new SoftwareAuthenticator({ origin, prf: true, largeBlob: true })
  const { id, clientExtensionResults } = authenticator.create(blobOptions)
  expect(clientExtensionResults).toEqual({ prf: { enabled: true }, largeBlob: { supported: true } })
  const allowCredentials = [{ id, type: 'public-key' as const }]
  const ask = (extensions: object) =>
    authenticator.get({ ...request, allowCredentials, extensions }).clientExtensionResults
  const evaluated = (first: string) => ask({ prf: { eval: { first } } }).prf.results.first
  const secret = evaluated('AQID')
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(evaluated('AQID')).toBe(secret)
  expect(evaluated('AQIE')).not.toBe(secret)
  expect(ask({ largeBlob: { write: 'AQID' } })).toEqual({ largeBlob: { written: true } })
  expect(ask({ largeBlob: { read: true } })).toEqual({ largeBlob: { blob: 'AQID' } })

  const plain = new SoftwareAuthenticator({ origin })
  expect(() => plain.create(blobOptions)).toThrow(expect.objectContaining({ name: 'NotSupportedError' }))
  const made = plain.create({ ...creation(), extensions: { prf: {}, largeBlob: { support: 'preferred' } } as object })
  expect(made.clientExtensionResults).toEqual({})
})

test.each(supportedAlgorithms)('a credential of COSE %i that is exported signs in elsewhere', async (alg) => {
  const one = new SoftwareAuthenticator({ origin, algorithms: [alg], largeBlob: true, backupEligible: true })
  const response = one.create(creation(alg))
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: 'localhost' }
  const { registrationInfo } = await verifyRegistrationResponse({
    ...{ response, supportedAlgorithmIDs: [alg] },
    ...expected,
  })
  const other = new SoftwareAuthenticator({ origin })
  const [exported] = one.credentials.export()
  if (!exported || !registrationInfo) throw new Error('nothing was made')
  const held = other.credentials.import(JSON.parse(JSON.stringify(exported)))
  expect(other.credentials.export()).toEqual([exported])
  expect(held).toMatchObject({ rpId: 'localhost', userHandle: handle, backupEligible: true, signCount: 0 })
  expect(() => other.credentials.import({ ...exported, rpId: '' })).toThrow('the credential has no rpId')
  // Of RSA the key says no hash: RS256 it is.
  if (held.algorithm !== alg) return expect(held.algorithm).toBe(-257)
  const { credential } = registrationInfo
  const verdict = await verifyAuthenticationResponse({ response: other.get(request), credential, ...expected })
  expect(verdict.verified).toBe(true)
})

import { createHash } from 'node:crypto'
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { expect, test } from 'vitest'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import { WebAuthenticator, type WebAuthenticatorSettings } from './web-authenticator.ts'
import { exportWebKey, importWebKey, signWithWebKey, webAlgorithms } from './web-key.ts'

const origin = 'http://localhost:3000'
const challenge = toBase64url(new Uint8Array(32).fill(0xfb))
const creation = (alg = -7) => ({
  rp: { id: 'localhost', name: 'Acme Wallet' },
  user: { id: 'aGFuZGxl', name: 'ada', displayName: 'Ada' },
  challenge,
  pubKeyCredParams: [{ type: 'public-key' as const, alg }],
  authenticatorSelection: { residentKey: 'required' as const, userVerification: 'required' as const },
})
const request = { challenge, rpId: 'localhost', userVerification: 'required' as const }
const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: 'localhost' }
const authenticatorOf = (settings: Partial<WebAuthenticatorSettings> = {}) =>
  new WebAuthenticator({ origin, ...settings })

test.for([-7, -8, -35, -36, -257, -37])('another library verifies what it signs with COSE %i', async (alg) => {
  const authenticator = authenticatorOf({ attestation: 'packed' })
  const response = await authenticator.create(creation(alg))
  const registered = await verifyRegistrationResponse({ response, supportedAlgorithmIDs: [alg], ...expected })
  const { credential } = registered.registrationInfo ?? expect.fail('not registered')
  const signIn = await authenticator.get(request)
  expect((await verifyAuthenticationResponse({ response: signIn, credential, ...expected })).verified).toBe(true)
  const forged = await authenticator.get(request, {
    signature: (bytes) => bytes.map((byte, at) => (at > 40 ? byte ^ 1 : byte)),
  })
  const verdict = await verifyAuthenticationResponse({ response: forged, credential, ...expected }).catch(
    () => 'refused',
  )
  expect(verdict).not.toMatchObject({ verified: true })
})

test('a key that is taken out and in again is the same key', async () => {
  for (const alg of [-7, -8, -257]) {
    const authenticator = authenticatorOf()
    await authenticator.create(creation(alg))
    const [held] = [...authenticator.credentials.values()]
    if (!held) throw new Error('nothing is held')
    const again = await importWebKey(await exportWebKey(held), alg)
    expect(toBase64url(again.spki)).toBe(toBase64url(held.spki))
    expect([...again.cose]).toEqual([...held.cose])
    expect((await signWithWebKey(again, alg, new Uint8Array(3))).length).toBeGreaterThan(60)
  }
})

test('a PRF gives the same secret for the same input, another for another, and none where it has none', async () => {
  const input = toBase64url(new Uint8Array(32).fill(1))
  const other = toBase64url(new Uint8Array(32).fill(2))
  const authenticator = authenticatorOf()
  const made = await authenticator.create({ ...creation(), extensions: { prf: {} } as object })
  expect(made.clientExtensionResults).toEqual({ prf: { enabled: true } })
  const evaluate = async (prf: object) =>
    (await authenticator.get({ ...request, extensions: { prf } as object })).clientExtensionResults.prf.results
  const { first, second } = await evaluate({ eval: { first: input, second: other } })
  expect(await evaluate({ eval: { first: input } })).toEqual({ first })
  const byCredential = { eval: { first: input }, evalByCredential: { [made.id]: { first: other } } }
  const own = await authenticator.get({
    ...{ ...request, allowCredentials: [{ id: made.id, type: 'public-key' as const }] },
    extensions: { prf: byCredential } as object,
  })
  expect(own.clientExtensionResults.prf.results).toEqual({ first: second })
  expect(second).not.toBe(first)
  const secret = authenticator.credentials.get(made.id)?.prfSecret ?? new Uint8Array()
  const salt = createHash('sha256')
    .update('WebAuthn PRF\0')
    .update(fromBase64url(input) ?? '')
    .digest()
  const hmac = await crypto.subtle.importKey('raw', Uint8Array.from(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  expect(first).toBe(toBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', hmac, salt))))

  const without = await authenticatorOf({ prf: false }).create({ ...creation(), extensions: { prf: {} } as object })
  expect(without.clientExtensionResults).toEqual({ prf: { enabled: false } })
})

test('a blob is kept where it was asked for, and read as it was written', async () => {
  const authenticator = authenticatorOf()
  const { id } = await authenticator.create({
    ...creation(),
    extensions: { largeBlob: { support: 'required' } } as object,
  })
  const allowCredentials = [{ id, type: 'public-key' as const }]
  const asked = async (largeBlob: object) =>
    (await authenticator.get({ ...request, allowCredentials, extensions: { largeBlob } as object }))
      .clientExtensionResults.largeBlob
  expect(await asked({ read: true })).toEqual({})
  expect(await asked({ write: 'AQID' })).toEqual({ written: true })
  expect(await asked({ read: true })).toEqual({ blob: 'AQID' })
  const refused = authenticatorOf({ largeBlob: false }).create({
    ...creation(),
    extensions: { largeBlob: { support: 'required' } } as object,
  })
  await expect(refused).rejects.toMatchObject({ name: 'NotSupportedError' })
})

test('it refuses what a real one refuses, and keeps nothing of it', async () => {
  const authenticator = authenticatorOf()
  const made = await authenticator.create(creation())
  const excluded = { ...creation(), excludeCredentials: [{ type: 'public-key' as const, id: made.id }] }
  await expect(authenticator.create(excluded)).rejects.toMatchObject({ name: 'InvalidStateError' })
  await expect(authenticator.create(creation(-1))).rejects.toMatchObject({ name: 'NotSupportedError' })
  authenticator.settings.verifiesUsers = false
  await expect(authenticator.create(creation())).rejects.toMatchObject({ name: 'NotAllowedError' })
  await expect(authenticator.get({ ...request, rpId: 'acme.example' })).rejects.toMatchObject({
    name: 'NotAllowedError',
  })
  authenticator.settings.verifiesUsers = true
  const controller = new AbortController()
  const pending = authenticator.create(creation(), {}, controller.signal)
  controller.abort()
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  await expect(authenticator.get(request, { credentialId: 'AAAA' })).rejects.toMatchObject({ name: 'NotAllowedError' })
  expect((await authenticator.get(request, { credentialId: made.id })).id).toBe(made.id)
  expect([...authenticator.credentials.keys()]).toEqual([made.id])
})

test('of one user it has one discoverable passkey, the latest; of others, of other sites, and found by its ID alone, it keeps all', async () => {
  const authenticator = authenticatorOf()
  const make = async (more: object = {}) => (await authenticator.create({ ...creation(), ...more })).id
  const first = await make()
  const others = [
    await make({ user: { id: 'b3RoZXI', name: 'ada', displayName: 'Ada' } }),
    await make({ rp: { id: 'acme.example', name: 'Acme Wallet' } }),
    await make({ authenticatorSelection: { residentKey: 'discouraged' } }),
  ]
  expect([...authenticator.credentials.keys()]).toEqual([first, ...others])
  const controller = new AbortController()
  const pending = authenticator.create(creation(), {}, controller.signal)
  controller.abort()
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  expect([...authenticator.credentials.keys()], 'what was given up replaces nothing').toEqual([first, ...others])
  const second = await make()
  expect([...authenticator.credentials.keys()]).toEqual([...others, second])
})

test.for([
  [{}, false],
  [{ requireResidentKey: true }, true],
  [{ residentKey: 'preferred', requireResidentKey: false }, true],
  [{ residentKey: 'discouraged', requireResidentKey: true }, false],
] as const)('asked for %o, its passkey is discoverable: %s', async ([authenticatorSelection, discoverable]) => {
  const authenticator = authenticatorOf()
  const { id } = await authenticator.create({ ...creation(), authenticatorSelection })
  expect(authenticator.credentials.get(id)).toMatchObject({ discoverable })
})

test('it says which algorithms it has', async () => {
  expect(await webAlgorithms()).toEqual(expect.arrayContaining([-7, -8, -257, -35]))
})

import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { expect, test } from 'vitest'
import { authenticationJson, registrationJson } from '#lib/sdk/credentials/credential-json.ts'
import { WebAuthenticator } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { fromBase64url, toBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { providerBugs } from '#lib/webauthn/provider-bugs/index.ts'
import type { Candidate, SoftwareAuthenticator, Surroundings } from './answering.ts'
import { installCredentials } from './credentials-container.ts'
import { softwareOf } from './made-by-software.ts'
import { platformSettings, roamingSettings, type SoftwareSettings, webSettings } from './software-settings.ts'

const origin = 'https://login.acme.example'
const challenge = new Uint8Array(32).fill(0xfb)
const expected = { expectedChallenge: toBase64url(challenge), expectedOrigin: origin, expectedRPID: 'acme.example' }
const user = { id: new Uint8Array([1, 2, 3]), name: 'ada', displayName: 'Ada' }
const creation = {
  rp: { id: 'acme.example', name: 'Acme Wallet' },
  user,
  challenge,
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  authenticatorSelection: { residentKey: 'required' as const },
}
const request = { challenge, rpId: 'acme.example' }

/** A page with software authenticators, whose person takes the candidate of a number, or none. */
function page(...settings: Partial<SoftwareSettings>[]) {
  let authenticators: SoftwareAuthenticator[] = settings.map((own, at) => {
    const all = { ...platformSettings, name: `number ${at}`, ...own }
    return { id: at, settings: all, web: new WebAuthenticator(webSettings(all, origin)) }
  })
  const asked: [CeremonyKind | 'offer', string[]][] = []
  const person = { takes: 0 as number | undefined }
  const told: string[] = []
  const ask = async (kind: CeremonyKind | 'offer', candidates: readonly Candidate[]) => {
    asked.push([
      kind,
      candidates.map(({ authenticator, credential }) => credential?.username ?? authenticator.settings.name),
    ])
    const taken = person.takes === undefined ? undefined : candidates[person.takes]
    if (!taken) throw new DOMException('nothing was chosen', 'NotAllowedError')
    return taken
  }
  const surroundings: Surroundings = {
    authenticators: () => authenticators,
    page: { origin, hostname: 'login.acme.example' },
    person: { choose: ask, offer: (candidates) => ask('offer', candidates()) },
    answered: ({ id }, tampered) => {
      if (tampered) told.push(tampered.is)
      if (tampered)
        authenticators = authenticators.map((each) =>
          each.id === id ? { ...each, settings: { ...each.settings, tamper: undefined } } : each,
        )
    },
  }
  const navigator: { credentials?: CredentialsContainer } = {}
  const globals: { PublicKeyCredential?: typeof PublicKeyCredential } = {}
  const restore = installCredentials(surroundings, { globals, navigator })
  const call = async (name: 'create' | 'get', publicKey: object, more: object = {}) =>
    (await navigator.credentials?.[name]({ publicKey, ...more } as never)) as PublicKeyCredential
  return { asked, told, person, navigator, globals, restore, call, web: (at: number) => authenticators[at]?.web }
}

test('what it makes is like a browser’s, and another library verifies it', async () => {
  const { call, globals, asked } = page({})
  const credential = await call('create', {
    ...creation,
    extensions: { prf: { eval: { first: new Uint8Array([1]) } } },
  })
  expect(credential).toBeInstanceOf(globals.PublicKeyCredential ?? Error)
  expect(softwareOf(credential)).toBe('number 0')
  const { results } = (credential.getClientExtensionResults() as { prf: { results: { first: unknown } } }).prf
  expect(results.first).toBeInstanceOf(ArrayBuffer)
  const response = registrationJson(credential)
  expect(credential.toJSON()).toEqual(response)
  expect(providerBugs({ kind: 'registration', byHand: response, native: { json: credential.toJSON() } })).toEqual([])
  const { registrationInfo } = await verifyRegistrationResponse({ response, ...expected })
  const used = await call('get', request)
  const signIn = authenticationJson(used)
  expect(used.toJSON()).toEqual(signIn)
  const verified = await verifyAuthenticationResponse({
    response: signIn,
    credential: registrationInfo?.credential ?? expect.fail('not registered'),
    ...expected,
  })
  expect(verified.verified).toBe(true)
  expect(asked).toEqual([])
})

test('the page is as it was once it is taken back, and what is no passkey’s goes to the browser', async () => {
  const without = page({})
  expect(without.globals.PublicKeyCredential).toBeDefined()
  without.restore()
  expect([without.navigator, without.globals]).toEqual([{}, {}])
  const native = { get: async () => 'a password', create: async () => 'the browser’s' }
  const navigator = { credentials: native as unknown as CredentialsContainer }
  const surroundings = {
    authenticators: () => [],
    page: { origin, hostname: 'acme.example' },
  } as unknown as Surroundings
  const restore = installCredentials(surroundings, { globals: {}, navigator })
  const before = Object.keys(native)
  expect(await navigator.credentials.get({ password: true } as object)).toBe('a password')
  await expect(navigator.credentials.create({ publicKey: creation })).rejects.toMatchObject({ name: 'NotAllowedError' })
  restore()
  expect(await navigator.credentials.create({ publicKey: creation })).toBe('the browser’s')
  expect(Object.keys(native)).toEqual(before)
})

test('an RP ID that a browser refuses on this page is refused, one that it takes is not', async () => {
  const { call, web } = page({})
  for (const id of ['example', 'globex.example', 'www.login.acme.example', '127.0.0.1'])
    await expect(call('create', { ...creation, rp: { id, name: '' } })).rejects.toMatchObject({ name: 'SecurityError' })
  await expect(call('get', { ...request, rpId: 'globex.example' })).rejects.toMatchObject({ name: 'SecurityError' })
  expect(web(0)?.credentials.size).toBe(0)
  await call('create', { ...creation, rp: { name: 'Acme Wallet' } })
  expect([...(web(0)?.credentials.values() ?? [])].map(({ rpId }) => rpId)).toEqual(['login.acme.example'])
})

test('of several the person chooses; who chooses none, or has none that fits, is refused', async () => {
  const { call, asked, person, web } = page({}, roamingSettings)
  person.takes = 1
  await call('create', creation)
  expect(asked).toEqual([['registration', ['number 0', 'Security key']]])
  const roaming = {
    ...creation,
    authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'required' },
  }
  await call('create', { ...roaming, user: { ...user, name: 'grace' } })
  expect(asked).toHaveLength(1)
  person.takes = 1
  expect(softwareOf(await call('get', request))).toBe('Security key')
  expect(asked[1]).toEqual(['authentication', ['grace', 'ada']])
  person.takes = undefined
  await expect(call('get', request)).rejects.toMatchObject({ name: 'NotAllowedError' })
  const id = new Uint8Array([9])
  await expect(call('get', { ...request, allowCredentials: [{ type: 'public-key', id }] })).rejects.toMatchObject({
    name: 'NotAllowedError',
  })
  expect([web(0)?.credentials.size, web(1)?.credentials.size]).toEqual([1, 1])
})

test('an excluded passkey is refused by who holds it, and by nobody else', async () => {
  const { call, person, web } = page({}, roamingSettings)
  const { rawId } = await call('create', creation)
  const again = { ...creation, excludeCredentials: [{ type: 'public-key', id: rawId }] }
  await expect(call('create', again)).rejects.toMatchObject({ name: 'InvalidStateError' })
  person.takes = 1
  await call('create', again)
  expect([web(0)?.credentials.size, web(1)?.credentials.size]).toEqual([1, 1])
})

test('it ends with the signal and with its time, says no where it is set to, and then keeps nothing', async () => {
  const { call, web } = page({ delay: 60_000 })
  const controller = new AbortController()
  const pending = call('create', creation, { signal: controller.signal })
  controller.abort()
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  await expect(call('create', creation, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
  await expect(call('create', { ...creation, timeout: 1 })).rejects.toMatchObject({ name: 'NotAllowedError' })
  expect(web(0)?.credentials.size).toBe(0)
  const refusing = page({ refuses: true })
  const refused = await refusing.call('create', creation).catch((error: unknown) => error)
  expect(refused).toMatchObject({ name: 'NotAllowedError' })
  expect(softwareOf(refused)).toBe('number 0')
  const unverifying = page({ verifiesUsers: false })
  const required = { ...creation, authenticatorSelection: { userVerification: 'required' } }
  await expect(unverifying.call('create', required)).rejects.toMatchObject({ name: 'NotAllowedError' })
})

test('conditional mediation offers beside the page, silent mediation asks nobody', async () => {
  const { call, asked } = page({})
  await call('create', creation)
  expect(softwareOf(await call('get', request, { mediation: 'conditional' }))).toBe('number 0')
  expect(asked).toEqual([['offer', ['ada']]])
  expect(await call('get', request, { mediation: 'silent' })).toBeNull()
})

test('it tampers with its next answer alone', async () => {
  const { call } = page({ tamper: 'bit-flipped' })
  const credential = await call('create', creation)
  const response = registrationJson(credential)
  const { registrationInfo } = await verifyRegistrationResponse({ response, ...expected })
  const held = registrationInfo?.credential ?? expect.fail('not registered')
  const verify = async () => {
    const signIn = authenticationJson(await call('get', request))
    return (await verifyAuthenticationResponse({ response: signIn, credential: held, ...expected })).verified
  }
  expect(await verify()).toBe(false)
  expect(await verify()).toBe(true)
})

test('another user’s handle is that of one who has a passkey of this site here, and is told by name; else it is nobody’s', async () => {
  const { call, told, web } = page({ tamper: 'another-user-handle' })
  const bea = { ...user, id: new Uint8Array([7]), name: 'bea' }
  const { id } = await call('create', creation)
  const allowed = { ...request, allowCredentials: [{ type: 'public-key', id: fromBase64url(id) }] }
  await call('create', { ...creation, rp: { id: 'login.acme.example', name: 'Another' }, user: bea })
  const handle = async () => authenticationJson(await call('get', allowed)).response.userHandle
  expect(await handle()).toMatch(/^[\w-]{43}$/)
  expect(told).toEqual([expect.stringContaining('nobody’s: no other user is known')])
  expect(await handle()).toBe(toBase64url(user.id))
  const tampering = page({ tamper: 'another-user-handle' })
  await tampering.call('create', { ...creation, user: bea })
  await tampering.call('create', creation)
  expect(authenticationJson(await tampering.call('get', request)).response.userHandle).toBe(toBase64url(bea.id))
  expect(tampering.told).toEqual([`"userHandle":"${toBase64url(bea.id)}", bea’s`])
  expect(web(0)?.credentials.size).toBe(2)
})

test('extensions that browsers refuse are refused before anybody is asked', async () => {
  const { call, asked, web } = page({}, roamingSettings)
  const evalByCredential = { AAAA: { first: new Uint8Array([1]) } }
  for (const extensions of [{ prf: { evalByCredential } }, { largeBlob: { read: true } }])
    await expect(call('create', { ...creation, extensions })).rejects.toMatchObject({ name: 'NotSupportedError' })
  await call('create', creation)
  await call('create', { ...creation, user: { ...user, id: new Uint8Array([7]) } })
  asked.length = 0
  const largeBlob = { write: new Uint8Array([1]) }
  for (const extensions of [{ prf: { evalByCredential } }, { largeBlob }])
    await expect(call('get', { ...request, extensions })).rejects.toMatchObject({ name: 'NotSupportedError' })
  const [held] = [...(web(0)?.credentials.keys() ?? [])]
  const allowCredentials = [{ type: 'public-key', id: fromBase64url(held ?? '') }]
  const prf = { evalByCredential }
  await expect(call('get', { ...request, allowCredentials, extensions: { prf } })).rejects.toMatchObject({
    name: 'SyntaxError',
  })
  const written = { ...request, allowCredentials, extensions: { largeBlob } }
  await expect(call('get', written, { mediation: 'conditional' })).rejects.toMatchObject({ name: 'NotSupportedError' })
  expect(asked).toEqual([])
  expect((await call('get', written)).id).toBe(held)
})

test('what a server signals is done to what it is about, and to nothing else', async () => {
  const { call, globals, web } = page({})
  const api = globals.PublicKeyCredential as unknown as Record<string, (told: object) => Promise<void>>
  const one = await call('create', creation)
  await api.signalCurrentUserDetails?.({
    rpId: 'acme.example',
    userId: toBase64url(user.id),
    name: 'eve',
    displayName: 'Eve',
  })
  expect([...(web(0)?.credentials.values() ?? [])].map(({ username }) => username)).toEqual(['eve'])
  const userId = toBase64url(user.id)
  for (const [name, told] of [
    ['signalUnknownCredential', { credentialId: one.id }],
    ['signalAllAcceptedCredentials', { userId, allAcceptedCredentialIds: [] }],
    ['signalCurrentUserDetails', { userId, name: 'mallory', displayName: '' }],
  ] as const)
    await expect(api[name]?.({ ...told, rpId: 'globex.example' })).rejects.toMatchObject({ name: 'SecurityError' })
  for (const name of ['signalUnknownCredential', 'signalAllAcceptedCredentials', 'signalCurrentUserDetails'])
    await expect(api[name]?.({ rpId: 'acme.example', userId })).rejects.toThrow(TypeError)
  expect([...(web(0)?.credentials.values() ?? [])].map(({ username }) => username)).toEqual(['eve'])
  await api.signalAllAcceptedCredentials?.({ rpId: 'acme.example', userId, allAcceptedCredentialIds: [one.id] })
  await api.signalUnknownCredential?.({ rpId: 'acme.example', credentialId: 'AAAA' })
  expect(web(0)?.credentials.size).toBe(1)
  await api.signalUnknownCredential?.({ rpId: 'acme.example', credentialId: one.id })
  expect(web(0)?.credentials.size).toBe(0)
})

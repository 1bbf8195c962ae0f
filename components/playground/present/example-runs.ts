import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { encode } from 'cborg'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { WebAuthenticator } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { authenticationChecks, registrationChecks } from '#lib/webauthn/checks/index.ts'
import { fromBase64url, toBase64url } from '#lib/webauthn/decode/bytes.ts'
import { decodeAttestationObject, decodeAuthenticatorData, decodeClientData } from '#lib/webauthn/decode/index.ts'
import { verifyAuthentication } from '#lib/webauthn/verify/verify-authentication.ts'
import { verifyRegistration } from '#lib/webauthn/verify/verify-registration.ts'
import { askedOf } from '../options/asked-options.ts'
import { presets } from '../options/presets.ts'
import { Recorder } from '../recorder.ts'
import type { Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { exampleSeconds, exampleTenants, exampleToken } from './example-token.ts'

const user = { id: 'usr_example', username: 'ada', displayName: 'ada' }
const tenant = exampleTenants[0]
const algorithm = -7

/**
 * A registration and a sign-in that no server, no person and no authenticator has a part in: made here and now by the
 * authenticator in software, and judged by the rules that the server judges by. Its token is signed by a key that nobody
 * keeps, so that no service takes it.
 *
 * @param origin of the page that the example plays on
 */
export async function exampleRuns(origin: string): Promise<[registration: RunRecord, signIn: RunRecord]> {
  const authenticator = new WebAuthenticator({ origin, backupEligible: true, backedUp: true, counts: false })
  const { choices } = presets[0]
  const common = { of: { tenantName: tenant.name, username: user.username }, choices, example: true } as const
  const { run: registration, publicKey } = await registered(authenticator, origin)
  const signIn = await signedIn(authenticator, origin, publicKey)
  return [
    { ...common, number: 1, run: registration },
    { ...common, number: 2, run: signIn },
  ]
}

async function registered(authenticator: WebAuthenticator, origin: string) {
  const recorder = new Recorder('registration', () => {})
  const rpId = new URL(origin).hostname
  const { options } = askedOf('registration', presets[0].choices)
  const asked = { username: user.username, ...(options ? { options } : {}) }
  const begun = await recorder.exchange(
    { id: 'begin', body: asked },
    { id: 'options', label: 'options' },
    async () => ({
      ...beginning(),
      publicKey: {
        rp: { id: rpId, name: tenant.name },
        user: { id: random(), name: user.username, displayName: user.displayName },
        challenge: random(),
        pubKeyCredParams: [{ type: 'public-key', alg: algorithm }],
        excludeCredentials: [],
        ...options,
      } as PublicKeyCredentialCreationOptionsJSON,
    }),
  )
  const credential = await recorder.ask(
    { label: 'navigator.credentials.create', body: begun.publicKey },
    'attestation',
    () => authenticator.create(begun.publicKey),
  )
  const sent = { ceremonyId: begun.ceremonyId, credential }
  const clientData = decodeClientData(bytesOf(credential.response.clientDataJSON))
  const attestationObject = decodeAttestationObject(bytesOf(credential.response.attestationObject))
  const authenticatorData = attestationObject.value?.authenticatorData
  const decoded = { clientData, attestationObject, ...(authenticatorData ? { authenticatorData } : {}) }
  const expected = { ...expectation(begun.publicKey.challenge, origin), algorithms: [algorithm] }
  const answer = await recorder.exchange({ id: 'finish', body: sent }, { id: 'answer', label: 'passkey' }, async () => {
    const { opinion, attestation } = await verifyRegistration(credential, expected, decoded, Date.now())
    const checks = registrationChecks({
      ...{ credential, ...decoded, expected, opinion, registered: 'no', rpIdHash: await sha256(rpId) },
      clientExtensionResults: { ...credential.clientExtensionResults },
      attestation: { ...attestation, trusted: false },
    })
    return { user, passkey: passkeyOf(credential.id), checks }
  })
  const [held] = authenticator.credentials.values()
  if (!held) throw new Error('The example made no passkey.')
  return { run: recorder.end({ status: 'success', registered: answer, bugs: [] }), publicKey: encode(held.cose) }
}

async function signedIn(authenticator: WebAuthenticator, origin: string, publicKey: Uint8Array): Promise<Run> {
  const recorder = new Recorder('authentication', () => {})
  const rpId = new URL(origin).hostname
  const [held] = authenticator.credentials.values()
  if (!held) throw new Error('The example has no passkey.')
  const begun = await recorder.exchange(
    { id: 'begin', body: { username: user.username } },
    { id: 'options', label: 'options' },
    async () => ({
      ...beginning(),
      publicKey: {
        ...{ challenge: random(), rpId, userVerification: 'preferred' as const },
        allowCredentials: [{ id: held.id, type: 'public-key' as const, transports: ['internal' as const] }],
      },
    }),
  )
  const credential = await recorder.ask(
    { label: 'navigator.credentials.get', body: begun.publicKey },
    'assertion',
    () => authenticator.get(begun.publicKey),
  )
  const { response } = credential
  const decoded = {
    clientData: decodeClientData(bytesOf(response.clientDataJSON)),
    authenticatorData: decodeAuthenticatorData(bytesOf(response.authenticatorData)),
  }
  const expected = {
    ...expectation(begun.publicKey.challenge, origin),
    allowCredentials: [held.id],
    user: { id: user.id, handle: held.userHandle },
  }
  const sent = { ceremonyId: begun.ceremonyId, credential }
  const answer = await recorder.exchange({ id: 'finish', body: sent }, { id: 'answer', label: 'token' }, async () => {
    const stored = { publicKey: Uint8Array.from(publicKey), algorithm, signCount: 0 }
    const verdict = await verifyAuthentication(credential, expected, decoded, stored)
    const checks = authenticationChecks({
      ...{ credential, ...decoded, ...verdict, expected, rpIdHash: await sha256(rpId) },
      clientExtensionResults: { ...credential.clientExtensionResults },
      userHandle: response.userHandle ?? null,
      passkey: { userId: user.id, userHandle: held.userHandle, signCount: 0, backupEligible: true, rpId },
    })
    const passkey = { ...passkeyOf(credential.id), lastUsedAt: new Date().toISOString() }
    const token = await exampleToken(tenant, { user, passkeyId: passkey.id })
    return { token, tokenType: 'Bearer' as const, expiresIn: exampleSeconds, user, passkey, tenant, checks }
  })
  return recorder.end({ status: 'success', authenticated: answer, bugs: [] })
}

function beginning() {
  return { ceremonyId: 'cer_example', expiresAt: new Date(Date.now() + 300_000).toISOString() }
}

function expectation(challenge: string, origin: string) {
  return { challenge, origins: [origin], rpId: new URL(origin).hostname, userVerification: 'preferred' as const }
}

function passkeyOf(credentialId: string): Passkey {
  return {
    ...{ id: 'pk_example', credentialId, name: 'Example', aaguid: '00000000-0000-0000-0000-000000000000' },
    provider: 'Example authenticator',
    ...{ deviceType: 'multiDevice', backedUp: true, transports: ['internal'], algorithm, signCount: 0 },
    attestation: { format: 'none', trusted: false, source: null, root: null, status: [], description: null },
    createdAt: new Date().toISOString(),
    lastUsedAt: null,
  }
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64url(text) ?? new Uint8Array()
}

function random(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(32)))
}

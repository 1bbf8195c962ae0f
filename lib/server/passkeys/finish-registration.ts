import { createHash } from 'node:crypto'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { RegisterFinished, RegistrationResponse } from '#lib/contract/passkeys.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import { registrationChecks } from '#lib/webauthn/checks/index.ts'
import {
  type AuthenticatorData,
  type Decoded,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
} from '#lib/webauthn/decode/index.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import { record } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { take } from './ceremony.ts'
import { alreadyRegistered, refusal, visibleChecks } from './explain.ts'
import { publicKeyFault } from './public-key.ts'
import { findPasskey, type NewPasskey, type StoredCeremony, savePasskey, type Within } from './store.ts'
import { passkeyGone } from './user-token.ts'
import { verifyRegistration } from './verify-registration.ts'
import { passkeyView, userView } from './view.ts'

interface Options {
  rp: { id: string }
  challenge: string
  pubKeyCredParams: { alg: number }[]
  authenticatorSelection?: { userVerification?: UserVerification }
  extensions?: Record<string, unknown>
}

/** Ends a registration ceremony and keeps the new passkey: `register`, as the API answers it. */
export async function finishRegistration(
  ...[caller, request, within]: Parameters<typeof register>
): Promise<RegisterFinished> {
  const { user, passkey, checks } = await register(caller, request, within)
  return { user: userView(user), passkey: passkeyView(passkey), checks: visibleChecks(caller, checks) }
}

/**
 * Ends a registration ceremony and keeps the new passkey: whose it is, and whether the authenticator verified them.
 *
 * The ceremony leaves storage before anything is checked, so a replay finds nothing. Policy comes from the options we
 * issued: the response is only the caller's word. It is accepted only if every check passes and SimpleWebAuthn agrees.
 *
 * @param within what is kept together with the passkey, or not at all; by default its event in the audit log
 * @throws Problem ceremony_unknown, verification_failed, passkey_exists, user_exists, token_invalid where the passkey that
 *   allowed a further one is gone
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function register(
  caller: Caller,
  request: { ceremonyId: string; credential: RegistrationResponse },
  within: Within = recorded(caller),
) {
  const ceremony = await take(caller, request.ceremonyId, 'registration')
  const { checks, passkey, taken, userVerified } = await judge(caller, ceremony, request.credential)
  const failures = checks.filter((check) => check.outcome === 'fail')
  if (taken && failures.every((check) => check.id === 'credential-not-registered'))
    throw alreadyRegistered(caller, checks)
  if (failures.length > 0 || !passkey) throw refusal(caller, 'registration', checks)
  const kept = await savePasskey(
    placeOf(caller),
    { id: ceremony.userId ?? '', username: ceremony.username ?? '', displayName: ceremony.displayName ?? '' },
    passkey,
    ceremony,
    within,
  )
  if (kept === 'passkey_exists') throw alreadyRegistered(caller, checks)
  if (kept === 'user_gone')
    throw new Problem('ceremony_unknown', `${ceremony.username} was deleted meanwhile. Begin again.`)
  if (kept === 'allowance_gone') throw passkeyGone('permission for this one')
  if (kept === 'user_exists') {
    throw new Problem('user_exists', `${ceremony.username} got a passkey while this registration was under way.`)
  }
  return { user: kept.user, passkey: kept, userVerified, checks }
}

function recorded(caller: Caller): Within {
  return (tx, user, passkey) =>
    record(tx, caller.actor, {
      ...placeOf(caller),
      action: 'passkey.registered',
      target: passkey,
      after: { name: passkey.name, username: user.username },
    })
}

async function judge(caller: Caller, ceremony: StoredCeremony, credential: RegistrationResponse) {
  const options = JSON.parse(ceremony.options) as Options
  const expected = {
    challenge: options.challenge,
    origins: relyingPartyOf(caller.tenant).origins,
    rpId: options.rp.id,
    userVerification: options.authenticatorSelection?.userVerification ?? ('preferred' as const),
    algorithms: options.pubKeyCredParams.map(({ alg }) => alg),
    extensions: Object.keys(options.extensions ?? {}),
  }
  const response = credential as unknown as RegistrationResponseJSON
  const clientData = decodeClientData(Buffer.from(credential.response.clientDataJSON, 'base64url'))
  const attestationObject = decodeAttestationObject(Buffer.from(credential.response.attestationObject, 'base64url'))
  const authenticatorData = attestationObject.value && decodeAuthenticatorData(attestationObject.value.authData)
  const attested = authenticatorData?.value?.attestedCredentialData
  const credentialId = attested ? Buffer.from(attested.credentialId).toString('base64url') : ''
  const taken = credentialId ? await findPasskey(placeOf(caller), credentialId) : null
  const verdict = await verifyRegistration(response, expected, { clientData, attestationObject, authenticatorData })
  const checks = registrationChecks({
    credential,
    clientData,
    attestationObject,
    ...(authenticatorData ? { authenticatorData } : {}),
    rpIdHash: createHash('sha256').update(expected.rpId).digest(),
    clientExtensionResults: credential.clientExtensionResults,
    expected,
    registered: taken ? (taken.userId === ceremony.userId ? 'same-user' : 'other-user') : 'no',
    publicKeyFault: attested?.publicKey && publicKeyFault(attested.publicKey),
    ...verdict,
  })
  return {
    checks,
    taken,
    userVerified: authenticatorData?.value?.flags.uv === true,
    passkey: passkeyOf(credential, authenticatorData, attestationObject.value?.fmt, verdict.attestation.trusted),
  }
}

function passkeyOf(
  credential: RegistrationResponse,
  authenticatorData: Decoded<AuthenticatorData> | undefined,
  format: string | undefined,
  trusted: boolean,
): NewPasskey | undefined {
  const value = authenticatorData?.value
  const attested = value?.attestedCredentialData
  if (!value || !attested?.publicKey || !format) return undefined
  const { be, bs } = value.flags
  const transports = (credential.response.transports ?? []).filter((transport) => /^[a-z-]{1,32}$/.test(transport))
  return {
    id: newId('psk'),
    credentialId: Buffer.from(attested.credentialId).toString('base64url'),
    publicKey: Uint8Array.from(attested.credentialPublicKey),
    algorithm: attested.publicKey.alg,
    signCount: BigInt(value.signCount),
    name: providerOf(attested.aaguid) ?? (be ? 'Synced passkey' : 'Passkey on one device'),
    aaguid: attested.aaguid,
    transports: [...new Set(transports)].join(' '),
    backupEligible: be,
    backedUp: bs,
    attestationFormat: format,
    attestationTrusted: trusted,
  }
}

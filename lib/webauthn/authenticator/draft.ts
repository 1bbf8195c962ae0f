import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { encode } from 'cborg'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import { authenticatorDataOf, type Flags } from './authenticator-data.ts'
import { clientDataJSON } from './client-data.ts'
import type { HeldCredential } from './credential.ts'
import type { CreateOverrides, GetOverrides, Overrides } from './overrides.ts'
import type { AuthenticatorSettings } from './settings.ts'

/** JSON that the API takes as it stands. */
export type Sendable<Response> = Omit<Response, 'clientExtensionResults' | 'authenticatorAttachment'> & {
  authenticatorAttachment: 'platform' | 'cross-platform'
  // biome-ignore lint/suspicious/noExplicitAny: both the library's dictionary and the contract's JSON fit
  clientExtensionResults: Record<string, any>
}

/**
 * All of an answer but its signature: what has to be signed, and the answer that a signature of it makes. Who signs, and
 * whether that takes time, is not this module's business.
 */
export interface Draft<Response> {
  toBeSigned: Uint8Array
  answer(signature: Uint8Array): Sendable<Response>
}

type Settings = Required<Omit<AuthenticatorSettings, 'algorithms'>>

/**
 * What an authenticator answers to `navigator.credentials.create()`, for a credential that it has just made.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-op-make-cred
 */
export function draftRegistration(
  options: Pick<PublicKeyCredentialCreationOptionsJSON, 'challenge' | 'authenticatorSelection' | 'extensions'>,
  credential: HeldCredential,
  publicKey: { cose: Map<number, unknown>; spki: Uint8Array },
  settings: Settings,
  overrides: CreateOverrides,
): Draft<RegistrationResponseJSON> {
  const clientData = clientDataJSON('webauthn.create', options.challenge, settings.origin, overrides)
  const cose = overrides.coseKey?.(publicKey.cose) ?? publicKey.cose
  const authData = authenticatorData(
    credential,
    options.authenticatorSelection?.userVerification,
    settings,
    overrides,
    {
      aaguid: credential.aaguid,
      credentialId: overrides.credentialId ?? bytes(credential.id),
      coseKey: cose instanceof Map ? encode(cose) : cose,
    },
  )
  return {
    toBeSigned: toBeSigned(authData, clientData),
    answer: (signature) => {
      const object = encode(attestationObject(credential, authData, signature, settings, overrides))
      return {
        ...outer(credential, settings, overrides),
        response: {
          clientDataJSON: toBase64url(clientData),
          attestationObject: toBase64url(overrides.attestationObject?.(object) ?? object),
          authenticatorData: toBase64url(authData),
          transports: [...settings.transports] as RegistrationResponseJSON['response']['transports'] & string[],
          publicKeyAlgorithm: credential.algorithm,
          publicKey: toBase64url(publicKey.spki),
        },
        clientExtensionResults:
          overrides.clientExtensionResults ??
          ('credProps' in (options.extensions ?? {}) ? { credProps: { rk: credential.discoverable } } : {}),
      }
    },
  }
}

/**
 * What an authenticator answers to `navigator.credentials.get()` with a credential, whose counter has moved already.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-op-get-assertion
 */
export function draftAssertion(
  options: Pick<PublicKeyCredentialRequestOptionsJSON, 'challenge' | 'userVerification'>,
  credential: HeldCredential,
  settings: Settings,
  overrides: GetOverrides,
): Draft<AuthenticationResponseJSON> {
  const clientData = clientDataJSON('webauthn.get', options.challenge, settings.origin, overrides)
  const authData = authenticatorData(credential, options.userVerification, settings, overrides)
  const own = credential.discoverable ? credential.userHandle : null
  const userHandle = overrides.userHandle === undefined ? own : overrides.userHandle
  return {
    toBeSigned: toBeSigned(authData, clientData),
    answer: (signature) => ({
      ...outer(credential, settings, overrides),
      response: {
        clientDataJSON: toBase64url(clientData),
        authenticatorData: toBase64url(authData),
        signature: toBase64url(overrides.signature?.(signature) ?? signature),
        ...(userHandle === null ? {} : { userHandle }),
      },
      clientExtensionResults: overrides.clientExtensionResults ?? {},
    }),
  }
}

function authenticatorData(
  credential: HeldCredential,
  userVerification: string | undefined,
  { verifiesUsers }: Settings,
  overrides: Overrides,
  attested?: { aaguid: string; credentialId: Uint8Array; coseKey: Uint8Array },
): Uint8Array {
  const flags: Flags = {
    up: true,
    uv: verifiesUsers && userVerification !== 'discouraged',
    be: credential.backupEligible,
    bs: credential.backedUp,
    at: attested !== undefined,
    ed: overrides.extensions !== undefined,
  }
  const data = authenticatorDataOf({
    rpId: overrides.rpId ?? credential.rpId,
    flags: typeof overrides.flags === 'number' ? overrides.flags : { ...flags, ...overrides.flags },
    signCount: overrides.signCount ?? credential.signCount,
    attested,
    extensions: overrides.extensions,
  })
  return overrides.authenticatorData?.(data) ?? data
}

function attestationObject(
  { algorithm }: HeldCredential,
  authData: Uint8Array,
  signature: Uint8Array,
  settings: Settings,
  overrides: CreateOverrides,
): Map<string, unknown> {
  const truth = new Map<string, unknown>()
  if (settings.attestation === 'packed') {
    truth.set('alg', algorithm).set('sig', overrides.signature?.(signature) ?? signature)
  }
  const { fmt = settings.attestation, attStmt = truth } = overrides
  return new Map<string, unknown>([
    ['fmt', fmt],
    ['attStmt', typeof attStmt === 'function' ? attStmt(truth) : attStmt],
    ['authData', authData],
  ])
}

/** @see https://www.w3.org/TR/webauthn-3/#fig-signature */
function toBeSigned(authData: Uint8Array, clientData: Uint8Array): Uint8Array {
  return concatBytes(authData, sha256(clientData))
}

function outer({ id }: HeldCredential, { attachment }: Settings, overrides: Overrides) {
  return {
    id: overrides.id ?? id,
    rawId: overrides.rawId ?? overrides.id ?? id,
    type: (overrides.type ?? 'public-key') as 'public-key',
    authenticatorAttachment: attachment,
  }
}

function bytes(base64url: string): Uint8Array {
  const read = fromBase64url(base64url)
  if (!read) throw new TypeError('the credential’s id is not base64url')
  return read
}

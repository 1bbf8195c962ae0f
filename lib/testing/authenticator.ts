import { createHash } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { encode } from 'cborg'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { authenticatorDataOf, type Flags } from './authenticator-data.ts'
import { clientDataJSON } from './client-data.ts'
import { type Credential, Credentials } from './credentials.ts'
import { coseKeyOf, importPrivateKey, signWith, spkiOf } from './key.ts'
import type { CreateOverrides, GetOverrides, Overrides } from './overrides.ts'
import { type AuthenticatorSettings, defaults } from './settings.ts'

export type { Credential, CredentialInput } from './credentials.ts'
export type { CreateOverrides, GetOverrides } from './overrides.ts'
export type { AuthenticatorSettings } from './settings.ts'

/** JSON that the API takes as it stands. */
type Sendable<Response> = Omit<Response, 'clientExtensionResults' | 'authenticatorAttachment'> & {
  authenticatorAttachment: 'platform' | 'cross-platform'
  // biome-ignore lint/suspicious/noExplicitAny: both the library's dictionary and the contract's JSON fit
  clientExtensionResults: Record<string, any>
}

/**
 * A browser and its authenticator in one object: answers WebAuthn options with responses that verify, from Node alone.
 *
 * Everything that it says can be overridden, to test what a server refuses. It does not ask whether the RP ID belongs
 * to the origin: that is the browser's own rule, and here a test's business.
 *
 * @throws DOMException with a browser's names: InvalidStateError (an excluded credential is held), NotSupportedError
 *   (no algorithm in common), NotAllowedError (no credential, or a user that cannot be verified)
 */
export class SoftwareAuthenticator {
  readonly credentials = new Credentials()
  readonly settings: Required<AuthenticatorSettings>

  constructor(settings: AuthenticatorSettings) {
    this.settings = { ...defaults, ...settings }
  }

  /** Answers `navigator.credentials.create()` and keeps the new credential. */
  create(
    publicKey: PublicKeyCredentialCreationOptionsJSON | RegisterBegun['publicKey'],
    overrides: CreateOverrides = {},
  ): Sendable<RegistrationResponseJSON> {
    const options = publicKey as PublicKeyCredentialCreationOptionsJSON
    const { authenticatorSelection: selection, excludeCredentials = [] } = options
    const algorithm = overrides.credential?.algorithm ?? this.#chosenAlgorithm(options)
    if (excludeCredentials.some(({ id }) => this.credentials.get(id)))
      throw new DOMException('an excluded credential is held here', 'InvalidStateError')
    this.#refuseUnverifiable(selection?.userVerification, overrides)
    const rpId = options.rp.id ?? new URL(this.settings.origin).hostname
    const credential = this.credentials.add({
      algorithm,
      aaguid: this.settings.aaguid,
      userHandle: options.user.id,
      discoverable: selection?.requireResidentKey || ['required', 'preferred'].includes(selection?.residentKey ?? ''),
      backupEligible: this.settings.backupEligible,
      backedUp: this.settings.backedUp,
      rpId,
      ...overrides.credential,
    })
    const clientData = clientDataJSON('webauthn.create', options.challenge, this.settings.origin, overrides)
    const coseKey = coseKeyOf(credential.privateKey, credential.algorithm)
    const changedKey = overrides.coseKey?.(coseKey) ?? coseKey
    const attested = {
      aaguid: credential.aaguid,
      credentialId: overrides.credentialId ?? Buffer.from(credential.id, 'base64url'),
      coseKey: changedKey instanceof Map ? encode(changedKey) : changedKey,
    }
    const authData = this.#authenticatorData(credential, selection?.userVerification, { ...overrides, attested })
    const { fmt, attStmt } = this.#attestation(credential, authData, clientData, overrides)
    const object = encode(
      new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    )
    return {
      ...this.#outer(credential, overrides),
      response: {
        clientDataJSON: text(clientData),
        attestationObject: text(overrides.attestationObject?.(object) ?? object),
        authenticatorData: text(authData),
        transports: [...this.settings.transports],
        publicKeyAlgorithm: credential.algorithm,
        publicKey: text(spkiOf(credential.privateKey)),
      },
      clientExtensionResults:
        overrides.clientExtensionResults ??
        ('credProps' in (options.extensions ?? {}) ? { credProps: { rk: credential.discoverable } } : {}),
    }
  }

  /** Answers `navigator.credentials.get()` and moves the counter. */
  get(
    publicKey: PublicKeyCredentialRequestOptionsJSON | AuthenticateBegun['publicKey'],
    overrides: GetOverrides = {},
  ): Sendable<AuthenticationResponseJSON> {
    const options = publicKey as PublicKeyCredentialRequestOptionsJSON
    const credential = this.#chosenCredential(options, overrides)
    this.#refuseUnverifiable(options.userVerification, overrides)
    if (this.settings.counts) credential.signCount += 1
    const clientData = clientDataJSON('webauthn.get', options.challenge, this.settings.origin, overrides)
    const authData = this.#authenticatorData(credential, options.userVerification, overrides)
    const userHandle =
      overrides.userHandle === undefined
        ? credential.discoverable
          ? credential.userHandle
          : null
        : overrides.userHandle
    return {
      ...this.#outer(credential, overrides),
      response: {
        clientDataJSON: text(clientData),
        authenticatorData: text(authData),
        signature: text(this.#signature(credential, authData, clientData, overrides)),
        ...(userHandle === null ? {} : { userHandle }),
      },
      clientExtensionResults: overrides.clientExtensionResults ?? {},
    }
  }

  #chosenAlgorithm({ pubKeyCredParams }: PublicKeyCredentialCreationOptionsJSON): number {
    const chosen = pubKeyCredParams.find(({ alg }) => this.settings.algorithms.includes(alg))
    if (!chosen) throw new DOMException('no algorithm in common', 'NotSupportedError')
    return chosen.alg
  }

  #chosenCredential(options: PublicKeyCredentialRequestOptionsJSON, overrides: GetOverrides): Credential {
    const rpId = options.rpId ?? new URL(this.settings.origin).hostname
    const allowed = options.allowCredentials?.map(({ id }) => id) ?? []
    const chosen = overrides.credentialId
      ? this.credentials.get(overrides.credentialId)
      : this.credentials
          .list()
          .filter((held) => held.rpId === rpId)
          .findLast((held) => (allowed.length > 0 ? allowed.includes(held.id) : held.discoverable))
    if (!chosen) throw new DOMException('no credential for this request', 'NotAllowedError')
    return chosen
  }

  #refuseUnverifiable(userVerification: string | undefined, { flags }: Overrides): void {
    if (userVerification === 'required' && !this.settings.verifiesUsers && flags === undefined)
      throw new DOMException('the user cannot be verified here', 'NotAllowedError')
  }

  #authenticatorData(
    credential: Credential,
    userVerification: string | undefined,
    overrides: Overrides & { attested?: { aaguid: string; credentialId: Uint8Array; coseKey: Uint8Array } },
  ): Uint8Array {
    const flags: Flags = {
      up: true,
      uv: this.settings.verifiesUsers && userVerification !== 'discouraged',
      be: credential.backupEligible,
      bs: credential.backedUp,
      at: overrides.attested !== undefined,
      ed: overrides.extensions !== undefined,
    }
    const bytes = authenticatorDataOf({
      rpId: overrides.rpId ?? credential.rpId,
      flags: typeof overrides.flags === 'number' ? overrides.flags : { ...flags, ...overrides.flags },
      signCount: overrides.signCount ?? credential.signCount,
      attested: overrides.attested,
      extensions: overrides.extensions,
    })
    return overrides.authenticatorData?.(bytes) ?? bytes
  }

  #attestation(credential: Credential, authData: Uint8Array, clientData: Uint8Array, overrides: CreateOverrides) {
    const truth = new Map<string, unknown>()
    if (this.settings.attestation === 'packed')
      truth.set('alg', credential.algorithm).set('sig', this.#signature(credential, authData, clientData, overrides))
    const { fmt = this.settings.attestation, attStmt = truth } = overrides
    return { fmt, attStmt: typeof attStmt === 'function' ? attStmt(truth) : attStmt }
  }

  #signature(credential: Credential, authData: Uint8Array, clientData: Uint8Array, overrides: Overrides): Uint8Array {
    const { algorithm } = credential
    const key = overrides.privateKey ? importPrivateKey(overrides.privateKey, algorithm) : credential.privateKey
    const hash = createHash('sha256').update(clientData).digest()
    const signature = signWith(key, algorithm, Buffer.concat([authData, hash]))
    return overrides.signature?.(signature) ?? signature
  }

  #outer({ id }: Credential, overrides: Overrides) {
    return {
      id: overrides.id ?? id,
      rawId: overrides.rawId ?? overrides.id ?? id,
      type: (overrides.type ?? 'public-key') as 'public-key',
      authenticatorAttachment: this.settings.attachment,
    }
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

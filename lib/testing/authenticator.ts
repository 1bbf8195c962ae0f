import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON as CreationJSON,
  RegistrationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON as RequestJSON,
} from '@simplewebauthn/server'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import {
  asksDiscoverable,
  chosenAlgorithm,
  chosenCredential,
  refuseExcluded,
  refuseUnverifiable,
  replacedBy,
} from '#lib/webauthn/authenticator/choices.ts'
import { type Draft, draftAssertion, draftRegistration, type Sendable } from '#lib/webauthn/authenticator/draft.ts'
import { assertionOutputs, registrationOutputs } from '#lib/webauthn/authenticator/extensions.ts'
import {
  refuseAssertionExtensions,
  refuseRegistrationExtensions,
} from '#lib/webauthn/authenticator/refused-extensions.ts'
import {
  authenticatorDefaults,
  type AuthenticatorSettings as CommonSettings,
} from '#lib/webauthn/authenticator/settings.ts'
import type { Truth } from '#lib/webauthn/faults/fault.ts'
import { type Credential, Credentials } from './credentials.ts'
import { faulty } from './faulty.ts'
import { coseKeyOf, importPrivateKey, type PrivateKeyInput, signWith, spkiOf, supportedAlgorithms } from './key.ts'
import type { CreateOverrides, GetOverrides } from './overrides.ts'

export type { Credential, CredentialInput, LeftOut } from './credentials.ts'
export type { CreateOverrides, GetOverrides } from './overrides.ts'

type Creation = CreationJSON | RegisterBegun['publicKey']
type Request = RequestJSON | AuthenticateBegun['publicKey']

/** What it is like: also whether its credentials evaluate a PRF and keep blobs; by default they do not. */
export interface AuthenticatorSettings extends CommonSettings {
  prf?: boolean
  largeBlob?: boolean
  /** Its user says no to everything, as when somebody cancels. */
  refuses?: boolean
  /** Milliseconds before `answer` answers. */
  delay?: number
}

/**
 * A browser and its authenticator in one object: answers WebAuthn options with responses that verify, from Node alone.
 *
 * Everything that it says can be overridden, to test what a server refuses. It does not ask whether the RP ID belongs
 * to the origin: that is the browser's own rule, and here a test's business.
 *
 * @throws DOMException with a browser's names: InvalidStateError (an excluded credential is held), NotSupportedError
 *   (no algorithm in common, a blob that has to be kept and cannot, or extensions that browsers refuse), SyntaxError (of those,
 *   too), NotAllowedError (no credential, a user that cannot be verified, or one who says no); TypeError for a fault that no
 *   answer has
 */
export class SoftwareAuthenticator {
  readonly credentials = new Credentials()
  readonly settings: Required<AuthenticatorSettings>

  constructor(settings: AuthenticatorSettings) {
    this.settings = {
      ...authenticatorDefaults,
      algorithms: supportedAlgorithms,
      prf: false,
      largeBlob: false,
      refuses: false,
      delay: 0,
      ...settings,
    }
  }

  /**
   * Answers options of either kind, as a page sees it: after the authenticator's delay.
   *
   * @throws also the signal's reason, where that ends it before
   */
  answer(
    publicKey: Creation,
    overrides?: CreateOverrides,
    signal?: AbortSignal,
  ): Promise<Sendable<RegistrationResponseJSON>>
  answer(
    publicKey: Request,
    overrides?: GetOverrides,
    signal?: AbortSignal,
  ): Promise<Sendable<AuthenticationResponseJSON>>
  async answer(publicKey: Creation | Request, overrides: CreateOverrides | GetOverrides = {}, signal?: AbortSignal) {
    const { delay } = this.settings
    await wait(delay, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted())
    return 'pubKeyCredParams' in publicKey
      ? this.create(publicKey as Creation, overrides as CreateOverrides)
      : this.get(publicKey, overrides as GetOverrides)
  }

  /**
   * Answers `navigator.credentials.create()` and keeps the new credential. One that can be discovered takes the place of the
   * user's earlier one, as on a real authenticator.
   */
  create(publicKey: Creation, { fault, ...own }: CreateOverrides = {}): Sendable<RegistrationResponseJSON> {
    const options = publicKey as CreationJSON
    refuseRegistrationExtensions(options)
    const { authenticatorSelection: selection, extensions: inputs = {} } = options
    const { prf, largeBlob } = this.settings
    const { largeBlob: blob } = inputs as { largeBlob?: { support?: string } }
    const { algorithm: wrong, ...amiss } = faulty('registration', fault, () => this.#truth(options, undefined))
    const overrides: CreateOverrides = { ...amiss, ...own }
    this.#refuse()
    const algorithm = own.credential?.algorithm ?? wrong ?? chosenAlgorithm(options, this.settings.algorithms)
    refuseExcluded(options, (id) => this.credentials.get(id))
    refuseUnverifiable(selection?.userVerification, this.settings, overrides)
    if (blob?.support === 'required' && !largeBlob) throw new DOMException('no blob is kept here', 'NotSupportedError')
    const credential = this.credentials.add({
      algorithm,
      aaguid: this.settings.aaguid,
      ...{ userHandle: options.user.id, username: options.user.name, displayName: options.user.displayName },
      discoverable: asksDiscoverable(selection),
      backupEligible: this.settings.backupEligible,
      backedUp: this.settings.backedUp,
      rpId: options.rp.id ?? new URL(this.settings.origin).hostname,
      ...(prf ? { prfSecret: randomBytes(32) } : {}),
      keepsBlob: largeBlob && blob !== undefined,
      ...overrides.credential,
    })
    const key = { cose: coseKeyOf(credential.privateKey, credential.algorithm), spki: spkiOf(credential.privateKey) }
    const { client, authenticator } = registrationOutputs(credential, had(inputs, this.settings))
    const said = {
      ...{ clientExtensionResults: client, ...(authenticator ? { extensions: authenticator } : {}) },
      ...overrides,
    }
    const made = signed(draftRegistration(options, credential, key, this.settings, said), credential, overrides)
    for (const { id } of replacedBy(credential, this.credentials.list())) this.credentials.remove(id)
    return made
  }

  /** Answers `navigator.credentials.get()` and moves the counter. */
  get(publicKey: Request, { fault, ...own }: GetOverrides = {}): Sendable<AuthenticationResponseJSON> {
    const options = publicKey as RequestJSON
    refuseAssertionExtensions(options)
    this.#refuse()
    const credential = this.#answering(options, own.credentialId)
    const overrides: GetOverrides = {
      ...faulty('authentication', fault, () => this.#truth(options, credential)),
      ...own,
    }
    refuseUnverifiable(options.userVerification, this.settings, overrides)
    if (credential.counts ?? this.settings.counts) credential.signCount += 1
    const { client } = assertionOutputs(credential, had(options.extensions ?? {}, this.settings))
    const said = { clientExtensionResults: client, ...overrides }
    return signed(draftAssertion(options, credential, this.settings, said), credential, overrides)
  }

  #refuse(): void {
    if (this.settings.refuses) throw new DOMException('the user says no', 'NotAllowedError')
  }

  /** What a fault is made of: another credential that is held here is another user's. */
  #truth(options: CreationJSON | RequestJSON, answering: Credential | undefined): Truth {
    const { origin } = this.settings
    const others = this.credentials.list().filter(({ id }) => id !== answering?.id)
    const nobodys = 'bm9ib2R5cy1jcmVkZW50aWFs'
    return {
      origin,
      rpId: ('rp' in options ? options.rp.id : options.rpId) ?? new URL(origin).hostname,
      challenge: options.challenge,
      credentialId: answering?.id ?? nobodys,
      otherCredentialId: others[0]?.id ?? nobodys,
      otherUserHandle: others.find(({ userHandle }) => userHandle !== answering?.userHandle)?.userHandle,
      signCount: answering?.signCount ?? 0,
      offered: 'pubKeyCredParams' in options ? options.pubKeyCredParams.map(({ alg }) => alg) : [],
    }
  }

  #answering({ rpId, allowCredentials }: RequestJSON, id: string | undefined): Credential {
    const wanted = id === undefined ? undefined : this.credentials.get(id)
    if (id !== undefined && !wanted) throw new DOMException('no credential for this request', 'NotAllowedError')
    const ownRpId = new URL(this.settings.origin).hostname
    return wanted ?? chosenCredential(this.credentials.list(), rpId ?? ownRpId, allowCredentials)
  }
}

/** The inputs without those of extensions that it does not have: it passes them over, as browsers do. */
function had(inputs: object, settings: { prf: boolean; largeBlob: boolean }): Record<string, unknown> {
  const isHad = (name: string) => !(name === 'prf' || name === 'largeBlob') || settings[name]
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => isHad(name)))
}

function signed<Response>(
  { toBeSigned, answer }: Draft<Response>,
  { privateKey, algorithm }: Credential,
  overrides: { privateKey?: PrivateKeyInput },
): Sendable<Response> {
  const key = overrides.privateKey ? importPrivateKey(overrides.privateKey, algorithm) : privateKey
  return answer(signWith(key, algorithm, toBeSigned))
}

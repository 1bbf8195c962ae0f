import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { toBase64url } from '../decode/bytes.ts'
import {
  asksDiscoverable,
  chosenAlgorithm,
  chosenCredential,
  refuseExcluded,
  refuseUnverifiable,
  replacedBy,
} from './choices.ts'
import type { HeldCredential } from './credential.ts'
import { type Draft, draftAssertion, draftRegistration, type Sendable } from './draft.ts'
import { assertionOutputs, type KeptForExtensions, registrationOutputs } from './extensions.ts'
import type { CreateOverrides, GetOverrides } from './overrides.ts'
import { refuseAssertionExtensions, refuseRegistrationExtensions } from './refused-extensions.ts'
import { type AuthenticatorSettings, authenticatorDefaults } from './settings.ts'
import { generateWebKey, isWebAlgorithm, signWithWebKey, type WebKey } from './web-key.ts'

/** What it is like: also whether its credentials evaluate a PRF and keep blobs. */
export interface WebAuthenticatorSettings extends AuthenticatorSettings {
  prf?: boolean
  largeBlob?: boolean
}

/** A credential that it holds, and whose it is in words. */
export interface WebCredential extends HeldCredential, KeptForExtensions, WebKey {
  /** Whether its counter moves. */
  counts: boolean
  username?: string | undefined
  displayName?: string | undefined
}

/**
 * An authenticator in software with nothing but Web Crypto: it runs in every browser, with WebAuthn or without, and in Node.
 * What it says can be overridden, to test what a server refuses. That an RP ID belongs to the origin it does not ask: that is
 * the browser's rule.
 *
 * @throws DOMException with a browser's names: InvalidStateError (an excluded credential is held), NotSupportedError (no
 *   algorithm in common, a blob that has to be kept and cannot, or extensions that browsers refuse), SyntaxError (of those, too),
 *   NotAllowedError (no credential, or a user that cannot be verified)
 */
export class WebAuthenticator {
  /** Newest last. */
  readonly credentials = new Map<string, WebCredential>()
  /** What it is like from now on; credentials stay as they were made. */
  settings: Required<Omit<WebAuthenticatorSettings, 'algorithms'>> & { algorithms?: readonly number[] | undefined }

  constructor(settings: WebAuthenticatorSettings) {
    this.settings = { ...authenticatorDefaults, prf: true, largeBlob: true, ...settings }
  }

  /**
   * Answers `navigator.credentials.create()` and keeps the new credential, unless it was given up meanwhile. One that can be
   * discovered takes the place of the user's earlier one.
   */
  async create(
    options: PublicKeyCredentialCreationOptionsJSON,
    overrides: CreateOverrides & { algorithm?: number } = {},
    until?: AbortSignal,
  ): Promise<Sendable<RegistrationResponseJSON>> {
    const { settings } = this
    refuseRegistrationExtensions(options)
    const { authenticatorSelection: selection, extensions: inputs, rp, user } = options
    const blob = (inputs as { largeBlob?: { support?: string } } | undefined)?.largeBlob
    const algorithm =
      overrides.algorithm ??
      chosenAlgorithm(options, settings.algorithms ?? (await firstKnown(options.pubKeyCredParams)))
    refuseExcluded(options, (id) => this.credentials.get(id))
    refuseUnverifiable(selection?.userVerification, settings, overrides)
    if (blob?.support === 'required' && !settings.largeBlob)
      throw new DOMException('no blob is kept here', 'NotSupportedError')
    const credential: WebCredential = {
      id: toBase64url(random()),
      rpId: rp.id ?? new URL(settings.origin).hostname,
      algorithm,
      aaguid: settings.aaguid,
      userHandle: user.id,
      username: user.name,
      displayName: user.displayName,
      discoverable: asksDiscoverable(selection),
      signCount: 0,
      counts: settings.counts,
      backupEligible: settings.backupEligible,
      backedUp: settings.backupEligible && settings.backedUp,
      prfSecret: settings.prf ? random() : undefined,
      keepsBlob: settings.largeBlob && blob !== undefined,
      ...(await generateWebKey(algorithm)),
    }
    const { client, authenticator } = registrationOutputs(credential, inputs as Record<string, unknown>)
    const said = {
      clientExtensionResults: client,
      ...(authenticator ? { extensions: authenticator } : {}),
      ...overrides,
    }
    const made = await signed(draftRegistration(options, credential, credential, settings, said), credential)
    until?.throwIfAborted()
    for (const { id } of replacedBy(credential, [...this.credentials.values()])) this.credentials.delete(id)
    this.credentials.set(credential.id, credential)
    return made
  }

  /** Answers `navigator.credentials.get()` and moves the counter. */
  async get(
    options: PublicKeyCredentialRequestOptionsJSON,
    overrides: GetOverrides = {},
  ): Promise<Sendable<AuthenticationResponseJSON>> {
    const { settings } = this
    refuseAssertionExtensions(options)
    const rpId = options.rpId ?? new URL(settings.origin).hostname
    const held = [...this.credentials.values()]
    const credential =
      overrides.credentialId === undefined
        ? chosenCredential(held, rpId, options.allowCredentials)
        : this.credentials.get(overrides.credentialId)
    if (!credential) throw new DOMException('no credential for this request', 'NotAllowedError')
    refuseUnverifiable(options.userVerification, settings, overrides)
    if (credential.counts) credential.signCount += 1
    const { client } = assertionOutputs(credential, options.extensions as Record<string, unknown>)
    const said = { clientExtensionResults: client, ...overrides }
    return signed(draftAssertion(options, credential, settings, said), credential)
  }
}

async function signed<Response>(
  { toBeSigned, answer }: Draft<Response>,
  credential: WebCredential,
): Promise<Sendable<Response>> {
  return answer(await signWithWebKey(credential, credential.algorithm, toBeSigned))
}

/** One at a time, so that what is young is not tried out where it is not needed. */
async function firstKnown(params: readonly { alg: number }[]): Promise<number[]> {
  for (const { alg } of params) if (await isWebAlgorithm(alg)) return [alg]
  return []
}

function random(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32))
}

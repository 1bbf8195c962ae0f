import type { CDPSession, Page } from '@playwright/test'
import type {
  BackupFlags,
  PageAuthenticator,
  VirtualAuthenticatorOptions,
  VirtualCredential,
  WrongAnswers,
} from './page-authenticator.ts'

/**
 * Chromium's virtual authenticator, over the DevTools protocol.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */
export class CdpAuthenticator implements PageAuthenticator {
  readonly #session: CDPSession
  readonly #id: string

  private constructor(session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  /** Gives a page an authenticator; it lasts as long as the page. */
  static async attach(page: Page, options: VirtualAuthenticatorOptions = {}): Promise<CdpAuthenticator> {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: true,
        defaultBackupState: true,
        // They came with it.
        ...(options.hasLargeBlob || options.hasCredBlob || options.hasMinPinLength ? { ctap2Version: 'ctap2_1' } : {}),
        ...options,
      },
    })
    return new CdpAuthenticator(session, authenticatorId)
  }

  async credentials(): Promise<VirtualCredential[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id })
    return credentials as VirtualCredential[]
  }

  async setUserVerified(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified })
  }

  async setPresence(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#id, enabled })
  }

  async add(credential: VirtualCredential): Promise<void> {
    await this.#session.send('WebAuthn.addCredential', { authenticatorId: this.#id, credential })
  }

  async setBackup(credentialId: string, flags: BackupFlags): Promise<void> {
    await this.#session.send('WebAuthn.setCredentialProperties', { authenticatorId: this.#id, credentialId, ...flags })
  }

  async setWrongAnswers(wrong: WrongAnswers = {}): Promise<void> {
    await this.#session.send('WebAuthn.setResponseOverrideBits', { authenticatorId: this.#id, ...wrong })
  }

  async forget(credentialId: string): Promise<void> {
    await this.#session.send('WebAuthn.removeCredential', { authenticatorId: this.#id, credentialId })
  }

  async remove(): Promise<void> {
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.#id })
  }

  nextCredential(): Promise<VirtualCredential> {
    return this.#next('WebAuthn.credentialAdded')
  }

  nextAssertion(): Promise<VirtualCredential> {
    return this.#next('WebAuthn.credentialAsserted')
  }

  #next(event: 'WebAuthn.credentialAdded' | 'WebAuthn.credentialAsserted'): Promise<VirtualCredential> {
    return new Promise((resolve) => {
      const listener = (payload: { authenticatorId: string; credential: unknown }) => {
        if (payload.authenticatorId !== this.#id) return
        this.#session.off(event, listener)
        resolve(payload.credential as VirtualCredential)
      }
      this.#session.on(event, listener)
    })
  }
}

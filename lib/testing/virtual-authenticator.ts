import type { CDPSession, Page } from '@playwright/test'

/** What a virtual authenticator is like; by default a synced passkey provider on this device whose user says yes. */
export interface VirtualAuthenticatorOptions {
  protocol?: 'ctap2' | 'u2f'
  transport?: 'internal' | 'usb' | 'nfc' | 'ble' | 'hybrid'
  hasResidentKey?: boolean
  hasUserVerification?: boolean
  isUserVerified?: boolean
  automaticPresenceSimulation?: boolean
  defaultBackupEligibility?: boolean
  defaultBackupState?: boolean
  hasPrf?: boolean
  hasLargeBlob?: boolean
}

/** A credential on a virtual authenticator. */
export interface VirtualCredential {
  credentialId: string
  isResidentCredential: boolean
  rpId?: string
  signCount: number
  userHandle?: string
}

/**
 * A virtual authenticator in Chromium, over the DevTools protocol: it answers the page's WebAuthn calls as a passkey
 * provider would, and a test can ask what it holds.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
 */
export class VirtualAuthenticator {
  readonly #session: CDPSession
  readonly #id: string

  private constructor(session: CDPSession, id: string) {
    this.#session = session
    this.#id = id
  }

  /** Gives a page an authenticator; it lasts as long as the page. */
  static async attach(page: Page, options: VirtualAuthenticatorOptions = {}): Promise<VirtualAuthenticator> {
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
        ...options,
      },
    })
    return new VirtualAuthenticator(session, authenticatorId)
  }

  /** What it holds now. */
  async credentials(): Promise<VirtualCredential[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id })
    return credentials as VirtualCredential[]
  }

  /** Whether its user passes user verification (PIN, finger, face) from now on. */
  async setUserVerified(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified })
  }

  /** Whether somebody touches it when asked, from now on. */
  async setPresence(enabled: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId: this.#id, enabled })
  }

  /** Forgets one credential, as when the user deletes a passkey from their provider. */
  async forget(credentialId: string): Promise<void> {
    await this.#session.send('WebAuthn.removeCredential', { authenticatorId: this.#id, credentialId })
  }

  /** Takes it away from the page, as when a security key is pulled out. */
  async remove(): Promise<void> {
    await this.#session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.#id })
  }

  /** Resolves at the next credential that is made. Call it before the click, await it after. */
  nextCredential(): Promise<VirtualCredential> {
    return this.#next('WebAuthn.credentialAdded')
  }

  /** Resolves at the next assertion, with the credential as it is after it. Call it before the click, await it after. */
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

import { createPrivateKey, createPublicKey } from 'node:crypto'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import type {
  BackupFlags,
  PageAuthenticator,
  VirtualAuthenticatorOptions,
  VirtualCredential,
  WrongAnswers,
} from './page-authenticator.ts'

/** What it is always like: device-bound, with a counter. */
const always: VirtualAuthenticatorOptions = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
  defaultBackupEligibility: false,
  defaultBackupState: false,
  hasPrf: false,
  hasLargeBlob: false,
  hasCredBlob: false,
  hasMinPinLength: false,
}

/**
 * Playwright's own virtual authenticator, for browsers without one: its user says yes, its passkeys are bound to the device,
 * and it is there for all pages of the context.
 *
 * @see https://playwright.dev/docs/api/class-credentials
 */
export class ContextAuthenticator implements PageAuthenticator {
  readonly #context: BrowserContext

  private constructor(context: BrowserContext) {
    this.#context = context
  }

  /** @throws Error for options that it does not have */
  static async attach(page: Page, options: VirtualAuthenticatorOptions = {}): Promise<ContextAuthenticator> {
    const asked = Object.entries(options) as [keyof VirtualAuthenticatorOptions, unknown][]
    const missing = asked.filter(([name, value]) => value !== undefined && value !== always[name]).map(([name]) => name)
    if (missing.length > 0) throw new Error(`${onlyInChromium} It was asked for ${missing.join(', ')}.`)
    await page.context().credentials.install()
    return new ContextAuthenticator(page.context())
  }

  async credentials(): Promise<VirtualCredential[]> {
    const held = await this.#context.credentials.get()
    return held.map(({ id, rpId, signCount, userHandle, privateKey }) => ({
      credentialId: base64(id),
      isResidentCredential: true,
      rpId,
      privateKey: base64(privateKey),
      signCount,
      userHandle: base64(userHandle),
    }))
  }

  async setUserVerified(isUserVerified: boolean): Promise<void> {
    if (!isUserVerified) throw new Error(onlyInChromium)
  }

  async setPresence(enabled: boolean): Promise<void> {
    if (!enabled) throw new Error(onlyInChromium)
  }

  /** @throws Error for what it would say otherwise than whose passkey it was: a server refuses that */
  async add(credential: VirtualCredential): Promise<void> {
    const { credentialId, rpId, userHandle, privateKey, signCount, backupEligibility, isResidentCredential } =
      credential
    if (backupEligibility)
      throw new Error('Playwright’s authenticator has no synced passkeys: it would say that this one is device-bound.')
    if (!rpId || !userHandle || !isResidentCredential)
      throw new Error('Playwright’s authenticator takes passkeys alone: discoverable, with RP ID and user handle.')
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
      throw new Error('Playwright’s authenticator signs with ES256 alone, and this passkey has a key of another kind.')
    await this.#context.credentials.create(rpId, {
      ...{
        id: base64url(credentialId),
        userHandle: base64url(userHandle),
        privateKey: base64url(privateKey),
        signCount,
      },
      publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64url'),
    })
  }

  async setBackup(_: string, flags: BackupFlags): Promise<void> {
    if (Object.values(flags).includes(true)) throw new Error(onlyInChromium)
  }

  async setWrongAnswers(wrong: WrongAnswers = {}): Promise<void> {
    if (Object.values(wrong).includes(true)) throw new Error(onlyInChromium)
  }

  async forget(credentialId: string): Promise<void> {
    await this.#context.credentials.delete(base64url(credentialId))
  }

  async remove(): Promise<void> {
    throw new Error(onlyInChromium)
  }

  nextCredential(): Promise<VirtualCredential> {
    return this.#next((before) => before === undefined)
  }

  nextAssertion(): Promise<VirtualCredential> {
    return this.#next((before, { signCount }) => before !== undefined && signCount > before.signCount)
  }

  /** The first credential that differs so from what was held at the call. */
  async #next(is: (before: VirtualCredential | undefined, now: VirtualCredential) => boolean) {
    const held = new Map((await this.credentials()).map((one) => [one.credentialId, one]))
    let found: VirtualCredential | undefined
    const look = async () => {
      found = (await this.credentials()).find((one) => is(held.get(one.credentialId), one))
      return found
    }
    await expect.poll(look, { intervals: [20], timeout: 0 }).toBeDefined()
    return found as unknown as VirtualCredential
  }
}

const onlyInChromium = 'Playwright’s authenticator cannot do that: its user always says yes. Chromium’s can.'

function base64(text: string): string {
  return Buffer.from(text, 'base64url').toString('base64')
}

function base64url(text: string): string {
  return Buffer.from(text, 'base64').toString('base64url')
}

import type { Page } from '@playwright/test'
import { CdpAuthenticator } from './cdp-authenticator.ts'
import { ContextAuthenticator } from './context-authenticator.ts'
import type { PageAuthenticator, VirtualAuthenticatorOptions } from './page-authenticator.ts'

export type { BackupFlags, VirtualAuthenticatorOptions, VirtualCredential, WrongAnswers } from './page-authenticator.ts'
export type VirtualAuthenticator = PageAuthenticator

export const VirtualAuthenticator = {
  /**
   * Gives a page an authenticator; it lasts as long as the page. Chromium's own where it is Chromium, else Playwright's.
   *
   * @throws Error for options that Playwright's authenticator does not have
   */
  attach(page: Page, options: VirtualAuthenticatorOptions = {}): Promise<VirtualAuthenticator> {
    const isChromium = page.context().browser()?.browserType().name() === 'chromium'
    return isChromium ? CdpAuthenticator.attach(page, options) : ContextAuthenticator.attach(page, options)
  },
}

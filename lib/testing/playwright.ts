import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import { PlaygroundPage } from './playground-page.ts'
import { VirtualAuthenticator, type VirtualAuthenticatorOptions } from './virtual-authenticator.ts'

export { expect } from '@playwright/test'
export { PlaygroundPage } from './playground-page.ts'
export {
  type BackupFlags,
  VirtualAuthenticator,
  type VirtualAuthenticatorOptions,
  type VirtualCredential,
  type WrongAnswers,
} from './virtual-authenticator.ts'

export interface PlaygroundFixtures {
  /** How the authenticator is reached. */
  transport: NonNullable<VirtualAuthenticatorOptions['transport']>
  /** A passkey provider whose user says yes, on `page`; in Chromium a synced one. */
  authenticator: VirtualAuthenticator
  /** The Playground, by its accessible names. */
  playground: PlaygroundPage
}

/** Playwright's test with a passkey provider on the page and the Playground's names: the one fixture to import. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & PlaygroundFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<PlaygroundFixtures>({
  transport: ['internal', { option: true }],
  authenticator: async ({ page, transport }, use) => use(await VirtualAuthenticator.attach(page, { transport })),
  playground: async ({ page }, use) => use(new PlaygroundPage(page)),
})

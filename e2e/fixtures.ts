import { test as base, expect } from '@playwright/test'
import { VirtualAuthenticator, type VirtualAuthenticatorOptions } from '#lib/testing/virtual-authenticator.ts'
import { PlaygroundPage } from './playground-page.ts'
import { newTenant, type Tenant, type TenantWishes } from './tenant.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** Makes a tenant. */
  newTenant: (wishes?: TenantWishes) => Promise<Tenant>
  /** A tenant that is there already. */
  tenant: Tenant
  /** How the authenticator is reached. */
  transport: NonNullable<VirtualAuthenticatorOptions['transport']>
  /** A synced passkey provider whose user says yes, on `page`. */
  authenticator: VirtualAuthenticator
  playground: PlaygroundPage
  /** Console messages that a test expects; every other error fails it. */
  expectedErrors: RegExp[]
}

/** Playwright's test with what the Playground needs: tenants made by the operator's command line, an authenticator, the page. */
export const test = base.extend<Fixtures & { quiet: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  newTenant: async ({}, use, info) => {
    let count = 0
    await use((wishes = {}) =>
      newTenant(`e2e-${info.testId.slice(-12)}-${info.retry}-${count++}-${Date.now().toString(36)}`, wishes),
    )
  },
  tenant: async ({ newTenant }, use) => use(await newTenant()),
  transport: ['internal', { option: true }],
  authenticator: async ({ page, transport }, use) => use(await VirtualAuthenticator.attach(page, { transport })),
  playground: async ({ page }, use) => use(new PlaygroundPage(page)),
  expectedErrors: [[], { option: true }],
  quiet: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(error.message))
      await use(undefined)
      expect(errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([])
    },
    { auto: true },
  ],
})

/** What Chromium logs of requests that the server refused with these statuses. */
export function refused(...statuses: number[]): RegExp[] {
  return [new RegExp(`^Failed to load resource: .*status of (?:${statuses.join('|')}) `)]
}

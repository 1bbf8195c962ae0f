import { test as base, expect, type PlaygroundPage } from '#lib/testing/playwright.ts'
import { newTenant, type Tenant, type TenantWishes } from './tenant.ts'

export { expect } from '#lib/testing/playwright.ts'

interface Fixtures {
  /** Makes a tenant. */
  newTenant: (wishes?: TenantWishes) => Promise<Tenant>
  /** A tenant that is there already. */
  tenant: Tenant
  /** The Playground where ada has just registered a passkey at the tenant. */
  registered: PlaygroundPage
  /** The same, once ada has signed in with it. */
  signedIn: PlaygroundPage
  /** Console messages that a test expects; every other error fails it. */
  expectedErrors: RegExp[]
}

/** The Playground's test, with tenants made by the operator's command line and an eye on the console. */
export const test = base.extend<Fixtures & { quiet: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  newTenant: async ({}, use, info) => {
    let count = 0
    await use((wishes = {}) =>
      newTenant(`e2e-${info.testId.slice(-12)}-${info.retry}-${count++}-${Date.now().toString(36)}`, wishes),
    )
  },
  tenant: async ({ newTenant }, use) => use(await newTenant()),
  registered: async ({ tenant, playground, authenticator: _ }, use) => {
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await use(playground)
  },
  signedIn: async ({ registered }, use) => {
    await registered.authenticates()
    await use(registered)
  },
  expectedErrors: [[], { option: true }],
  quiet: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
      })
      page.on('pageerror', (error) => errors.push(error.message))
      await use(undefined)
      // An answer that is still on its way through a test's hands ends with the test, and is nobody's error.
      await Promise.all([page, page.context()].map((where) => where.unrouteAll({ behavior: 'ignoreErrors' })))
      expect(errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([])
    },
    { auto: true },
  ],
})

/** What Chromium logs of requests that the server refused with these statuses. */
export function refused(...statuses: number[]): RegExp[] {
  return [new RegExp(`^Failed to load resource: .*status of (?:${statuses.join('|')}) `)]
}

import type { Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { admin } from './admin.ts'
import { test as base, expect } from './fixtures.ts'
import type { Tenant } from './tenant.ts'

export { expect, refused } from './fixtures.ts'

/** Somebody who is signed in to a tenant's Console on a page. */
export interface Member {
  name: string
  tenant: Tenant
  page: Page
  authenticator: VirtualAuthenticator
}

/** The Console's test: `member` is the first member of the test's own tenant, signed in on `page`. */
export const test = base.extend<{ member: Member }>({
  member: async ({ page, tenant, authenticator }, use) => {
    const name = 'First Member'
    await join(page, await setUpLink(tenant.slug), name)
    await use({ name, tenant, page, authenticator })
  },
})

/** A link for the first member of a tenant, made with the operator's command line. */
export async function setUpLink(slug: string): Promise<string> {
  return (await admin<{ link: string }>('console', 'invite', '--tenant', slug)).link
}

/** Joins by a link, on a page with an authenticator; ends signed in. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await alive(page)
}

/** Signs in on a page whose authenticator holds a member's passkey. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/console/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await alive(page)
}

/** Goes to a page by the navigation, which a phone has folded. */
export async function goTo(page: Page, name: string): Promise<void> {
  const pages = page.getByRole('navigation', { name: 'Console' })
  const fold = pages.getByRole('button', { expanded: false })
  if (await fold.isVisible()) await fold.click()
  await pages.getByRole('link', { name, exact: true }).click()
}

/** Opens what is the member's own, at the right of the header. */
export async function openOwn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Signed in as/ }).click()
}

/** Signs out, as people do. */
export async function signOut(page: Page): Promise<void> {
  await openOwn(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
}

/** The Console's first page has read how it goes: from then on its buttons listen. */
async function alive(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Console' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('region').first()).toBeVisible()
}

/** A second person: a page of their own browser context, with an authenticator of their own. */
export async function another(page: Page): Promise<{ page: Page; authenticator: VirtualAuthenticator }> {
  const context = await page.context().browser()?.newContext()
  if (!context) throw new Error('The page has no browser of its own.')
  const theirs = await context.newPage()
  return { page: theirs, authenticator: await VirtualAuthenticator.attach(theirs) }
}

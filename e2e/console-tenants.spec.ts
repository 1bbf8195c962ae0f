import type { Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { expect, refused, setUpLink, test } from './console.ts'
import { newTenant, type Tenant } from './tenant.ts'

// A stale page is refused, and asks to sign in again.
test.use({ expectedErrors: refused(401) })

const users = (page: Page) => page.getByRole('list', { name: 'Test users' }).getByRole('link')
const cardOf = (page: Page) => page.getByRole('complementary', { name: 'Tenant and pages' })

async function register({ key }: Tenant, username: string): Promise<void> {
  const baseUrl = process.env.BASE_URL ?? ''
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = new Client({ apiKey: key, baseUrl })
  await passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
}

test('who is a member of two tenants sees one at a time, and a tab that still shows the other changes and takes home nothing', async ({
  page,
  member: { tenant: one },
}) => {
  test.slow()
  const other = await newTenant(`o-${crypto.randomUUID().slice(0, 13)}`, { name: 'Globex Pay' })
  await register(one, 'ada')
  await register(other, 'grace')
  await page.goto(await setUpLink(other.slug))
  await page.getByRole('button', { name: 'Join as First Member' }).click()
  await expect(cardOf(page)).toContainText(other.id)
  await page.goto('/console/users')
  await expect(users(page)).toHaveText(['grace'])

  const stale = await page.context().newPage()
  await stale.goto('/console/audit')
  const theirs = (await stale.getByRole('link', { name: 'Export CSV' }).getAttribute('href')) ?? ''
  await stale.goto('/console/webhooks/new')
  await fill(stale)

  await cardOf(page).getByRole('button', { name: one.name }).click()
  await expect(page).toHaveURL(/\/console$/)
  await expect(cardOf(page)).toContainText(one.id)

  // Refused, the tab reads itself anew, and shows the tenant that the session is in.
  await stale.getByRole('button', { name: 'Create endpoint' }).click()
  await expect(cardOf(stale)).toContainText(one.id)
  await page.goto('/console/webhooks')
  await expect(page.getByRole('heading', { name: 'No test endpoint yet' })).toBeVisible()
  expect((await page.request.get(theirs)).status()).toBe(401)

  await page.goto('/console/users')
  await expect(users(page)).toHaveText(['ada'])
  await page.keyboard.press('Control+k')
  await page.keyboard.type('grace')
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Nothing of that name here')
  await page.keyboard.press('Escape')

  await fill(stale)
  await stale.getByRole('button', { name: 'Create endpoint' }).click()
  await expect(stale.getByTestId('secret')).toBeVisible()
  await page.goto('/console/webhooks')
  await expect(page.getByRole('link', { name: 'https://hook.example/' })).toBeVisible()

  await cardOf(page).getByRole('button', { name: other.name }).click()
  await expect(cardOf(page)).toContainText(other.id)
  expect(await (await page.request.get(theirs)).text()).toContain('member.joined')
  await page.goto('/console/webhooks')
  await expect(page.getByRole('heading', { name: 'No test endpoint yet' })).toBeVisible()
})

async function fill(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'URL' }).fill('https://hook.example/')
  await page.getByRole('checkbox', { name: 'user.created', exact: true }).check()
}

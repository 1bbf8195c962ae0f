import type { Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { expect, test } from './console.ts'
import { tabTo } from './focus.ts'
import { sound, soundInBoth } from './sound.ts'
import type { Tenant } from './tenant.ts'

const field = (page: Page) => page.getByRole('combobox', { name: 'Find a page, a user, a key' })
const chosen = (page: Page) => page.getByRole('listbox', { name: 'Found' }).getByRole('option', { selected: true })

async function register({ key }: Tenant, username: string): Promise<void> {
  const baseUrl = process.env.BASE_URL ?? ''
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = new Client({ apiKey: key, baseUrl })
  await passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
}

test('the keyboard alone finds a user, a page and a key by its whole text, whose secret stays in the browser', async ({
  page,
  member: { tenant },
}) => {
  test.slow()
  await register(tenant, 'ada')
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/find?')) asked.push(decodeURIComponent(request.url()))
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nobody')
  await expect(field(page)).toBeFocused()
  await expect(field(page)).toHaveValue('nobody')
  await field(page).fill('')
  await expect(page.getByRole('group', { name: 'Go to' }).getByRole('option')).not.toHaveCount(0)
  await soundInBoth(page, 'find')
  await page.keyboard.type('AD')
  await expect(chosen(page)).toContainText('ada')
  await expect(chosen(page)).toContainText('1 passkey, not signed in yet')
  await page.keyboard.press('ArrowDown')
  await expect(chosen(page)).not.toContainText('1 passkey')
  await page.keyboard.press('ArrowUp')
  await expect(chosen(page)).toHaveAttribute('href', /^\/console\/users\/usr_/)
  await sound(page, 'found')
  // Entered before the answer is there, it opens the first of it.
  await field(page).fill('')
  await page.keyboard.type('audi')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/audit$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('/')
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toContainText('Audit')
  await page.keyboard.insertText(tenant.key)
  await expect(field(page)).toHaveValue(tenant.key.split('_', 3).join('_'))
  await expect(chosen(page)).toContainText('e2e')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/console/keys/${tenant.keyId}$`))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('nobody-of-that-name')
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Nothing of that name here')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(asked.join('\n')).toContain(`sk_test_${tenant.keyId}`)
  expect(asked.join('\n')).not.toContain(tenant.key.slice(21, 40))
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(tenant.key.slice(21, 40))
})

test('one switch keeps live on every page, with an edge and in words; a phone has the pages in one row', async ({
  page,
  member: { tenant },
}) => {
  const environment = page.getByRole('navigation', { name: 'Environment' })
  const pages = page.getByRole('navigation', { name: 'Console' })
  await page.goto('/console/keys')
  await expect(page.getByTestId('live-edge')).toHaveCount(0)
  await environment.getByRole('link', { name: 'Live' }).click()
  await expect(page.getByText('No live key yet')).toBeVisible()
  for (const name of ['Members', 'Audit', 'Webhooks']) {
    await pages.getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page).toHaveURL(/\?environment=live$/)
    await expect(page.getByTestId('live-edge')).toBeVisible()
    await expect(environment.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page')
  }
  await soundInBoth(page, 'live')
  // What is of one environment says so in the address; the other environment shows the list that it is in.
  const { id } = await tenant.addKey('usage:read', 'live')
  await page.goto(`/console/keys/${id}`)
  await expect(page).toHaveURL(/\?environment=live$/)
  await expect(page.getByTestId('live-edge')).toBeVisible()
  await environment.getByRole('link', { name: 'Test' }).click()
  await expect(page).toHaveURL(/\/console\/keys$/)
  await expect(page.getByTestId('live-edge')).toHaveCount(0)

  await page.setViewportSize({ width: 390, height: 844 })
  const fold = pages.getByRole('button', { expanded: false })
  await expect(fold).toContainText('Keys')
  expect((await page.getByRole('heading', { level: 1 }).boundingBox())?.y).toBeLessThan(200)
  await expect(pages.getByRole('link', { name: 'Usage' })).toBeHidden()
  await tabTo(page, fold)
  await page.keyboard.press('Enter')
  await sound(page, 'the pages on a phone')
  await pages.getByRole('link', { name: 'Usage' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible()
  await expect(pages.getByRole('link', { name: 'Keys', exact: true })).toBeHidden()
  await page.getByRole('button', { name: /^Find a user/ }).click()
  await expect(field(page)).toBeFocused()
  await sound(page, 'find on a phone')
})

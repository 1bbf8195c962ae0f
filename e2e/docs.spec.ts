import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { sound, soundInBoth } from './sound.ts'

test('the documentation is read without a script, tabs included', async ({
  browser,
  contextOptions,
  ignoreHTTPSErrors,
}) => {
  const context = await browser.newContext({
    ...contextOptions,
    ignoreHTTPSErrors: Boolean(ignoreHTTPSErrors),
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  const answer = await page.goto(`${process.env.BASE_URL}/docs`)
  expect([answer?.status(), new URL(page.url()).pathname]).toEqual([200, '/docs/start'])
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Contents' }).getByRole('link').first()).toBeVisible()
  const { key } = await demo(page)
  const call = page
    .locator('.code-group')
    .filter({ has: page.getByRole('radio', { name: 'curl' }) })
    .first()
  await expect(call).toContainText(key)
  await expect(call).toContainText(`${process.env.BASE_URL}/v1/tenant`)
  await expect(call.getByText('import { Client }')).toBeHidden()
  await call.getByRole('radio', { name: 'TypeScript' }).check()
  await expect(call.getByText('import { Client }')).toBeVisible()
  // What needs a script is not there to be pressed.
  await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(0)
  await expect(page.getByRole('combobox')).toHaveCount(0)
  expect((await page.goto(`${process.env.BASE_URL}/docs/nothing`))?.status()).toBe(404)
  await context.close()
})

test('a language that is chosen once is chosen everywhere, code is copied whole, and search is by keyboard', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/docs/start')
  const { key } = await demo(page)
  await page.getByRole('radio', { name: 'Python' }).last().check()
  await expect(page.getByText('pip install')).toBeVisible()
  const call = page.locator('.code-group').filter({ hasText: 'from webauthn_playground' }).first()
  await call.getByRole('button', { name: 'Copy' }).click()
  await expect(call.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`api_key="${key}"`)
  await page.reload()
  await expect(page.getByText('pip install')).toBeVisible()

  await page.keyboard.press('ControlOrMeta+k')
  const search = page.getByRole('combobox', { name: 'Search the docs' })
  await expect(search).toBeFocused()
  await search.fill('verify where it arrives')
  await expect(page.getByRole('option', { selected: true })).toContainText('Verify it where it arrives')
  await soundInBoth(page, 'search')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/docs\/start#verify-it-where-it-arrives$/)
  await page.setViewportSize({ width: 360, height: 780 })
  await soundInBoth(page, 'phone')
  await page.goto('/docs/passkeys')
  await sound(page, 'long names on a phone')
})

test('the first load of the documentation is at most 60 kB of script, from here alone', async ({ page }) => {
  const scripts = new Set<string>()
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${process.env.BASE_URL}/`)) elsewhere.push(request.url())
  })
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await page.goto('/docs/start')
  await page.waitForLoadState('networkidle')
  const bodies = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).body()))
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
  expect(scripts.size).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(60_000)
  expect(elsewhere).toEqual([])
})

test('the type of a problem opens the entry of its code, and a call is tried from the reference', async ({
  page,
  tenant,
}) => {
  // Axe reads all seventy operations.
  test.slow()
  const refused = await page.request.get('/v1/keys', { headers: { authorization: `Bearer ${tenant.key}` } })
  const { type } = await refused.json()
  await page.goto(type)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['insufficient_scope'])
  await expect(page.getByText('The key was made for something else.')).toBeVisible()
  const inContents = page
    .getByRole('navigation', { name: 'Contents' })
    .getByRole('link', { name: 'insufficient_scope' })
  await expect(inContents).toHaveAttribute('aria-current', 'location')
  await soundInBoth(page, 'entry')

  // How often it happened is of the demo key, then of the tab's own, where that may read it.
  const often = page.locator('[data-how-often="insufficient_scope"]')
  await expect(often).toContainText('Acme Wallet, test: ')
  const reader = (await tenant.addKey('usage:read')).secret
  const logged = () => page.request.get('/v1/logs?status=403', { headers: { authorization: `Bearer ${reader}` } })
  await expect.poll(async () => (await (await logged()).json()).data.length).toBe(1)
  for (const [key, words] of [
    [reader, `${tenant.name}, test: 1 in the last 24 hours.`],
    [tenant.key, `How often it happened to ${tenant.name} is for keys with usage:read`],
  ] as const) {
    await page.evaluate((kept) => sessionStorage.setItem('playground.api-key', kept), key)
    await page.reload()
    await expect(often).toContainText(words)
  }
  await page.evaluate(() => sessionStorage.clear())
  await page.reload()
  await page.getByRole('link', { name: 'All errors' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Errors' })).toBeVisible()

  await page.goto('/docs/reference#keys.read')
  const operation = page.locator('[id="keys.read"]')
  await expect(operation.getByRole('link', { name: 'not_found' })).toBeVisible()
  await page.locator('[id="tenant.read"]').getByText('Try it').click()
  await page.getByLabel('API key').fill(tenant.key)
  await page.getByRole('button', { name: 'Send tenant.read' }).click()
  await expect(page.getByText(/^200 OK, \d+ ms$/)).toBeVisible()
  await expect(page.locator('[id="tenant.read"]').getByText(`"id": "${tenant.id}"`)).toBeVisible()
  await expect(page.getByText('ratelimit-policy:')).toBeVisible()
  // The key of one is in the next, and is nowhere shown.
  await operation.getByText('Try it').click()
  await expect(operation.getByLabel('API key')).toHaveValue(tenant.key)
  expect(await page.locator('[id="tenant.read"] pre').allTextContents()).not.toContainEqual(
    expect.stringContaining(tenant.key),
  )
  await page.setViewportSize({ width: 360, height: 780 })
  await sound(page, 'reference')
})

/** The reader's key, as the page shows it. */
async function demo(page: Page): Promise<{ key: string }> {
  const key = (await page.locator('article mark').first().textContent()) ?? ''
  expect(key).toMatch(/^sk_test_\w{62}$/)
  return { key }
}

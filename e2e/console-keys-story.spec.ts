import type { Page } from '@playwright/test'
import { expect, refused, test } from './console.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Takes the secret that is shown, and says that it is stored. */
async function store(page: Page): Promise<string> {
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  return secret
}

// Each change of a live key is refused once, until it is confirmed.
test.use({ expectedErrors: refused(403) })

test('a live key’s whole life: made, used, rotated, revoked, each by a passkey, and the audit log shows it all', async ({
  page,
  request,
  member,
}) => {
  test.slow()
  const use = async (secret: string) =>
    (await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${secret}` } })).status()

  await page.goto('/console/keys')
  await page.getByRole('link', { name: 'Live', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No live key yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Create New Key' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Storefront')
  await page.getByRole('radio', { name: 'Full automation' }).check()
  await button(page, 'Create key').click()
  const first = await store(page)
  expect(await use(first)).toBe(200)

  await page.getByRole('link', { name: 'Storefront', exact: true }).click()
  await page.getByRole('link', { name: 'Rotate', exact: true }).click()
  await button(page, 'Create the new key').click()
  const second = await store(page)
  expect(await use(second)).toBe(200)
  await expect(page.getByText('The new key is in use.')).toBeVisible()
  await button(page, 'Revoke anyway').click()
  await page.getByRole('textbox', { name: 'Type the key’s name to confirm' }).fill('Storefront')
  await button(page, 'Revoke key').click()
  await expect(page.getByRole('heading', { name: 'The key is rotated' })).toBeVisible()
  expect(await use(first)).toBe(401)
  expect(await use(second)).toBe(200)

  await page.getByRole('link', { name: 'Audit' }).click()
  const log = page.getByRole('main')
  for (const sentence of [/made a key: Storefront/, /rotated a key: Storefront/, /revoked a key: Storefront/])
    await expect(log.getByRole('button', { name: new RegExp(`^${member.name} ${sentence.source}`) })).toBeVisible()
  expect(await page.content()).not.toContain(first)
})

import type { APIRequestContext, Page } from '@playwright/test'
import { expect, refused, test } from './console.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const current = (page: Page) => page.getByRole('list', { name: 'Steps' }).locator('[aria-current=step]')

/** Uses a key, as whatever it is deployed to would. */
async function use(request: APIRequestContext, secret: string): Promise<number> {
  return (await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${secret}` } })).status()
}

/** Makes the successor on the page of a rotation, and stores it. */
async function create(page: Page): Promise<string> {
  await button(page, 'Create the new key').click()
  return store(page)
}

/** Says of the new key that it is stored. */
async function store(page: Page): Promise<string> {
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  return secret
}

test('a rotation follows real traffic, can be left and continued, and ends with the old key revoked', async ({
  page,
  request,
  member,
}) => {
  test.slow()
  const { tenant } = member
  expect(await use(request, tenant.key)).toBe(200)
  await page.goto('/console/keys')
  await page.getByRole('link', { name: 'e2e' }).click()
  await page.getByRole('link', { name: 'Rotate', exact: true }).click()
  await expect(current(page)).toContainText('Create')
  await page.getByRole('radio', { name: '1 hour' }).check()
  await button(page, 'Create the new key').click()
  const ends = page.getByRole('note').filter({ hasText: /^The old key works until .+It stops by itself in/ })
  await expect(page.getByTestId('secret')).toBeVisible()
  await expect(current(page)).toContainText('Deploy')
  await expect(ends).toBeVisible()
  const successor = await store(page)
  expect(successor).not.toBe(tenant.key)
  await expect(current(page)).toContainText('Deploy')
  await expect(ends).toBeVisible()
  await page.reload()
  await expect(current(page)).toContainText('Deploy')
  await expect(ends).toBeVisible()
  await expect(page.getByText('Waiting for the first request with the new key')).toBeVisible()

  await page.getByRole('link', { name: 'Test keys' }).click()
  await expect(page.getByText('created, not used yet')).toBeVisible()
  await page.getByRole('link', { name: 'Continue rotation of e2e' }).click()
  await expect(current(page)).toContainText('Deploy')

  expect(await use(request, successor)).toBe(200)
  await expect(current(page)).toContainText('Verify')
  await expect(page.getByText('The new key is in use.')).toBeVisible()
  await expect(page.getByRole('timer')).toHaveText(/^(?:09|10):\d\d$/)
  await expect(page.getByText('The old key was not used since the new one was made.')).toBeVisible()

  expect(await use(request, tenant.key)).toBe(200)
  const again = page.getByRole('note').filter({ hasText: 'The old key was used after the new one was made' })
  await expect(again).toContainText(/from (?:127\.0\.0\.1|::1)/)

  await button(page, 'Revoke anyway').click()
  await page.getByRole('dialog').getByRole('textbox').fill('e2e')
  await button(page, 'Revoke key').click()
  await expect(page.getByRole('heading', { name: 'The key is rotated' })).toBeVisible()
  expect(await use(request, tenant.key)).toBe(401)
  expect(await use(request, successor)).toBe(200)
})

test('a verified rotation lets the old key go without typing', async ({ page, request, member }) => {
  const { tenant } = member
  await page.goto(`/console/keys/${tenant.keyId}/rotate`)
  await expect(current(page)).toContainText('Create')
  const successor = await create(page)
  expect(await use(request, successor)).toBe(200)
  // Ten minutes of silence, as the server tells of them.
  await page.route(`**/console/api/keys/${tenant.keyId}`, async (route) => {
    const response = await route.fetch()
    const key = await response.json()
    if (key.rotation?.state === 'deployed') key.rotation.state = 'verified'
    await route.fulfill({ response, json: key })
  })
  await expect(current(page)).toContainText('Revoke')
  await button(page, 'Revoke the old key').click()
  await expect(page.getByRole('heading', { name: 'The key is rotated' })).toBeVisible()
  expect(await use(request, tenant.key)).toBe(401)
})

test('without an overlap the old key stops at once, and the new one is still waited for', async ({
  page,
  request,
  member,
}) => {
  test.slow()
  const { tenant } = member
  await page.goto(`/console/keys/${tenant.keyId}/rotate`)
  await page.getByRole('radio', { name: 'None' }).check()
  await expect(page.getByText('Without an overlap, requests fail')).toBeVisible()
  const successor = await create(page)
  await expect(current(page)).toContainText('Deploy')
  await expect(page.getByText('The old key works no more')).toBeVisible()
  expect(await use(request, tenant.key)).toBe(401)
  await page.goto('/console/keys')
  await page.getByRole('link', { name: 'Continue rotation of e2e' }).first().click()
  expect(await use(request, successor)).toBe(200)
  await expect(page.getByRole('heading', { name: 'The key is rotated' })).toBeVisible()
})

test.describe('a live key', () => {
  test.use({ expectedErrors: refused(403) })

  test('is rotated only after a passkey said yes', async ({ page, member }) => {
    test.slow()
    const { id } = await member.tenant.addKey('passkeys:register', 'live')
    await page.goto(`/console/keys/${id}/rotate`)
    await member.authenticator.setUserVerified(false)
    await button(page, 'Create the new key').click()
    await expect(
      page
        .getByRole('main')
        .getByRole('alert')
        .filter({ hasText: /refused at once|dialogue was closed/ }),
    ).toBeVisible()
    await page.goto('/console/keys?environment=live')
    await expect(page.getByRole('list', { name: 'Live keys' }).getByRole('heading')).toHaveCount(1)
    await member.authenticator.setUserVerified(true)
    await page.goto(`/console/keys/${id}/rotate`)
    expect(await create(page)).toMatch(/^sk_live_/)
    await expect(current(page)).toContainText('Deploy')
  })
})

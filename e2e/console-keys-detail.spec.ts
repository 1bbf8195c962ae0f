import type { Locator, Page } from '@playwright/test'
import { expect, test } from './console.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('an allowlist is edited, tested before and after it is saved, and kept in canonical form', async ({
  page,
  request,
  member,
}) => {
  test.slow()
  await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${member.tenant.key}` } })
  await page.goto(`/console/keys/${member.tenant.keyId}`)
  const card = page.getByRole('region', { name: 'Allowed addresses' })
  const entry = card.getByRole('textbox', { name: 'Address or CIDR' })
  const address = card.getByRole('textbox', { name: 'Address to test' })
  const verdict = card.getByRole('status').filter({ hasText: /passes|does not pass/ })

  await address.fill('203.0.113.9')
  await button(page, 'Test address').click()
  await expect(verdict).toContainText('203.0.113.9 passes. The key has no allowlist')
  await entry.fill('203.0.113.1/24')
  await expect(entry).toHaveAccessibleDescription(/has host bits set: did you mean 203.0.113.0\/24\?/)
  await entry.press('Enter')
  await expect(entry).toHaveAttribute('aria-invalid', 'true')
  await entry.fill('2001:DB8::0:1')
  await expect(entry).toHaveAccessibleDescription('Kept as 2001:db8::1.')
  await entry.press('Enter')
  await entry.fill('203.0.113.0/24, 198.51.100.7')
  await button(page, 'Add').click()
  const rows = card.getByRole('list', { name: 'Allowed addresses', exact: true }).getByRole('listitem')
  await expect(rows).toHaveText(['2001:db8::1', '203.0.113.0/24', '198.51.100.7'])
  await expect(card.getByText('This list shuts out addresses that used the key')).toBeVisible()

  await address.fill('192.0.2.1')
  await button(page, 'Test address').click()
  await expect(verdict).toContainText('192.0.2.1 does not pass')
  await button(page, 'Remove 198.51.100.7').click()
  await expect(entry).toBeFocused()
  await card.getByRole('button', { name: /^Add \S/ }).click()
  await expect(card.getByText('on the list', { exact: true })).toBeVisible()
  await expect(card.getByText('This list shuts out')).toHaveCount(0)
  await button(page, 'Save addresses').click()
  await expect(card.getByText('Saved.')).toBeVisible()

  await page.reload()
  await expect(rows).toHaveCount(3)
  await address.fill('::ffff:203.0.113.200')
  await address.press('Enter')
  await expect(verdict).toContainText('203.0.113.200 passes. 203.0.113.200 is within 203.0.113.0/24')
  await address.fill('here')
  await button(page, 'Test address').click()
  await expect(address).toHaveAccessibleDescription(/is no IPv4 or IPv6 address/)
})

test('a permission is taken away, a key renamed, its end set', async ({ page, request, member }) => {
  test.slow()
  const { tenant } = member
  await page.goto(`/console/keys/${tenant.keyId}`)
  await page.getByRole('checkbox', { name: 'passkeys:register' }).uncheck()
  await button(page, 'Take away 1 permission').click()
  const permissions = page.getByRole('region', { name: 'Permissions' })
  await expect(permissions.getByText('Saved.')).toBeVisible()
  await expect(permissions.getByRole('checkbox')).toHaveCount(1)
  await page.getByRole('checkbox', { name: 'passkeys:authenticate' }).uncheck()
  await button(page, 'Take away 1 permission').click()
  await expect(permissions.getByRole('alert').filter({ hasText: 'needs at least one' })).toBeVisible()
  await button(page, 'Undo').click()

  await button(page, 'Rename').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Kiosk')
  await page.getByRole('textbox', { name: 'Name' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Kiosk' })).toBeVisible()
  await expect(button(page, 'Rename')).toBeFocused()

  await page.getByRole('radio', { name: 'On a date' }).check()
  await page.getByLabel('Last day').fill('2020-01-01')
  await button(page, 'Save expiry').click()
  await expect(page.getByLabel('Last day')).toHaveAccessibleDescription(/This day is over/)
  await page.getByRole('radio', { name: '30 days' }).check()
  await button(page, 'Save expiry').click()
  await expect(page.getByRole('region', { name: 'Expiry' }).getByText('Saved.')).toBeVisible()

  const answer = await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${tenant.key}` } })
  const { key } = await answer.json()
  expect(key).toMatchObject({ name: 'Kiosk', scopes: ['passkeys:authenticate'] })
  expect(Date.parse(key.expiresAt) - Date.now()).toBeGreaterThan(29 * 86_400_000)
})

test('a key is revoked only by its name, and what breaks is said before', async ({ page, request, member }) => {
  test.slow()
  const { tenant } = member
  const status = async () =>
    (await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${tenant.key}` } })).status()
  expect(await status()).toBe(200)
  await page.goto(`/console/keys/${tenant.keyId}`)
  await button(page, 'Revoke').click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: 'Type the key’s name to confirm' })
  await expect(name).toBeFocused()
  await expect(dialog).toContainText('1 request was made with it in the last 14 days')
  await name.fill('e2')
  await button(page, 'Revoke key').click()
  await expect(name).toHaveAccessibleDescription(/This is not the name/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(button(page, 'Revoke')).toBeFocused()
  expect(await status()).toBe(200)

  await button(page, 'Revoke').click()
  await name.fill('e2e')
  await name.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Revoked')
  await expect(button(page, 'Revoke')).toHaveCount(0)
  expect(await status()).toBe(401)
  await page.getByRole('link', { name: 'Test keys' }).click()
  await expect(page.getByRole('heading', { name: 'No test key works any more' })).toBeVisible()
  await page.getByText('Revoked and expired keys (1)').click()
  await expect(page.getByRole('list', { name: 'Revoked and expired keys' })).toContainText('e2e')
})

test('a change of a live key is called off while its passkey is waited for, and made at the next try', async ({
  page,
  request,
  member,
}) => {
  test.slow()
  const { tenant, authenticator } = member
  const { id, secret } = await tenant.addKey('passkeys:register passkeys:authenticate', 'live')
  const status = async () =>
    (await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${secret}` } })).status()
  await page.goto(`/console/keys/${id}`)
  const dialog = page.getByRole('dialog')
  const permissions = page.getByRole('region', { name: 'Permissions' })
  const heading = page.getByRole('heading', { level: 1 })

  /** Presses a button, calls the passkey off, and says yes at the second try. */
  async function changeOfMind(place: Locator, save: string, cancel: string, unchanged: () => Promise<void>) {
    await authenticator.setPresence(false)
    await place.getByRole('button', { name: save, exact: true }).click()
    await expect(place.getByRole('button', { name: 'Waiting for your passkey' })).toBeVisible()
    await place.getByRole('button', { name: cancel, exact: true }).click()
    await expect(place.getByRole('alert').filter({ hasText: 'Cancelled' })).toBeVisible()
    await authenticator.setPresence(true)
    await unchanged()
    await place.getByRole('button', { name: save, exact: true }).click()
  }

  await page.getByRole('checkbox', { name: 'passkeys:authenticate' }).uncheck()
  await changeOfMind(permissions, 'Take away 1 permission', 'Cancel', async () => {
    await expect(permissions.getByRole('checkbox')).toHaveCount(2)
    await expect(button(page, 'Undo')).toBeVisible()
  })
  await expect(permissions.getByRole('checkbox')).toHaveCount(1)

  await button(page, 'Rename').click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Kiosk')
  await changeOfMind(dialog, 'Save name', 'Cancel', () => expect(heading).toHaveText('e2e'))
  await expect(heading).toHaveText('Kiosk')

  await button(page, 'Revoke').click()
  await dialog.getByRole('textbox').fill('Kiosk')
  await changeOfMind(dialog, 'Revoke key', 'Keep it', async () => expect(await status()).toBe(200))
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Revoked')
  expect(await status()).toBe(401)
})

test('a change that is called off before the browser asks for a passkey asks for none', async ({ page, member }) => {
  const { id } = await member.tenant.addKey('passkeys:register passkeys:authenticate', 'live')
  const calledOff = Promise.withResolvers<void>()
  await page.route(
    /\/confirm\/begin$/,
    async (route) => {
      await calledOff.promise
      await route.continue()
    },
    { times: 1 },
  )
  await page.goto(`/console/keys/${id}`)
  const permissions = page.getByRole('region', { name: 'Permissions' })
  await page.getByRole('checkbox', { name: 'passkeys:authenticate' }).uncheck()
  await button(page, 'Take away 1 permission').click()
  await button(page, 'Cancel').click()
  calledOff.resolve()
  await expect(permissions.getByRole('alert').filter({ hasText: 'Cancelled' })).toBeVisible()
  await expect(permissions.getByRole('checkbox')).toHaveCount(2)
  await button(page, 'Take away 1 permission').click()
  await expect(permissions.getByRole('checkbox')).toHaveCount(1)
})

test('old keys are reminded of, and permissions that they do not use', async ({ page, member }) => {
  await page.route(/\/console\/api\/keys/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    const age = (key: { activity?: object }) =>
      key.activity
        ? { ...key, activity: { ...key.activity, rotationDue: true, unusedScopes: ['passkeys:register'] } }
        : key
    const body = await response.json()
    await route.fulfill({
      response,
      json: Array.isArray(body.data) ? { ...body, data: body.data.map(age), due: body.data } : age(body),
    })
  })
  await page.goto('/console/keys')
  const reminder = page.getByRole('note').filter({ hasText: 'A key is due for rotation' })
  await expect(reminder.getByRole('link', { name: 'Rotate e2e' })).toHaveAttribute('href', /\/rotate$/)
  await page.goto(`/console/keys/${member.tenant.keyId}`)
  await expect(page.getByRole('note').filter({ hasText: 'Due for rotation' })).toBeVisible()
  await button(page, 'Untick it').click()
  await expect(page.getByRole('checkbox', { name: 'passkeys:register' })).not.toBeChecked()
  await expect(button(page, 'Take away 1 permission')).toBeVisible()
})

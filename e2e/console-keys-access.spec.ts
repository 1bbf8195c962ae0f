import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './console.ts'
import { tabTo } from './focus.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Expects that axe finds nothing on the page as it is, and that nothing makes it wider than the screen. */
async function sound(page: Page, stage: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary }))),
    stage,
  ).toEqual([])
  const { width = 0 } = page.viewportSize() ?? {}
  expect(await page.evaluate(() => document.documentElement.scrollWidth), stage).toBeLessThanOrEqual(width)
}

for (const [look, options] of [
  ['light', { colorScheme: 'light', viewport: { width: 1440, height: 900 } }],
  ['dark on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }],
] as const) {
  test.describe(look, () => {
    test.use({ ...options, contextOptions: { reducedMotion: 'reduce' } })

    test('the keys’ pages are accessible', async ({ page, request, member: { tenant } }) => {
      test.slow()
      await expect(page.getByRole('list', { name: 'Test keys' })).toBeVisible()
      await sound(page, 'list')
      await page.goto('/console/keys?environment=live')
      await expect(page.getByRole('heading', { name: 'No live key yet' })).toBeVisible()
      await sound(page, 'empty')
      await page.goto('/console/keys/new')
      await button(page, 'Create key').click()
      await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
      await page.getByRole('radio', { name: 'Full automation' }).check()
      await page.getByRole('radio', { name: 'On a date' }).check()
      await page.getByRole('radio', { name: 'Live' }).check()
      await sound(page, 'form with mistakes')
      await page.getByRole('radio', { name: 'Test' }).check()
      await page.getByRole('radio', { name: 'Never' }).check()
      await page.getByRole('textbox', { name: 'Name' }).fill('Billing service with quite a long name for one key')
      await button(page, 'Create key').click()
      await expect(page.getByTestId('secret')).toBeVisible()
      await button(page, 'Done').click()
      await sound(page, 'secret')

      await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${tenant.key}` } })
      await page.goto(`/console/keys/${tenant.keyId}`)
      const entry = page.getByRole('textbox', { name: 'Address or CIDR' })
      await entry.fill('203.0.113.0/24')
      await entry.press('Enter')
      await entry.fill('203.0.113.1/24')
      await entry.press('Enter')
      await page.getByRole('textbox', { name: 'Address to test' }).fill('192.0.2.1')
      await button(page, 'Test address').click()
      await page.getByRole('checkbox', { name: 'passkeys:register' }).uncheck()
      await expect(page.getByText('This list shuts out')).toBeVisible()
      await sound(page, 'key under edit')
      await button(page, 'Revoke').click()
      await button(page, 'Revoke key').click()
      await sound(page, 'revoking')
      await page.keyboard.press('Escape')

      await page.goto(`/console/keys/${tenant.keyId}/rotate`)
      await expect(button(page, 'Create the new key')).toBeVisible()
      await sound(page, 'rotation: create')
      await button(page, 'Create the new key').click()
      const secret = (await page.getByTestId('secret').textContent()) ?? ''
      await page.getByRole('checkbox', { name: 'I have stored it' }).check()
      await button(page, 'Done').click()
      await expect(page.getByText('Waiting for the first request')).toBeVisible()
      await sound(page, 'rotation: deploy')
      for (const key of [secret, tenant.key])
        await request.get('/v1/tenant', { headers: { Authorization: `Bearer ${key}` } })
      await expect(page.getByText('The old key was used after the new one was made')).toBeVisible()
      await sound(page, 'rotation: verify')
      await page.goto('/console/keys')
      await expect(page.getByText('deployed, waiting until this key is silent')).toBeVisible()
      await sound(page, 'list with a rotation')
    })
  })
}

test('the keyboard alone makes a key, stores it, finds it and revokes it', async ({ page, member: _ }) => {
  test.slow()
  await expect(page.getByRole('list', { name: 'Test keys' })).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Create New Key' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/keys\/new/)
  await tabTo(page, page.getByRole('textbox', { name: 'Name' }))
  await page.keyboard.type('Kiosk')
  await tabTo(page, page.getByRole('radio', { name: 'Test' }))
  await tabTo(page, page.getByRole('radio', { name: 'Read-only monitoring' }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('checkbox', { name: 'usage:read' }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('textbox', { name: 'Address or CIDR' }))
  await page.keyboard.type('203.0.113.0/24')
  await page.keyboard.press('Enter')
  await tabTo(page, button(page, 'Create key'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Your new key' })).toBeFocused()
  await tabTo(page, button(page, 'Copy key'))
  await tabTo(page, page.getByRole('checkbox', { name: 'I have stored it' }))
  await page.keyboard.press('Space')
  await tabTo(page, button(page, 'Done'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Kiosk' })).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Kiosk' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Kiosk' })).toBeVisible()
  await tabTo(page, button(page, 'Revoke'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('Kiosk')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('Revoked')
})

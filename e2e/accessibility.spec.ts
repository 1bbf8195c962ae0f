import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, refused, test } from './fixtures.ts'
import { host } from './settings.ts'

test.use({ expectedErrors: refused(403, 404) })

/** Expects that axe finds nothing on the page as it is. */
async function sound(page: Page, stage: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  )
  expect(found, stage).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('axe finds nothing before a ceremony', async ({ page, tenant, playground }) => {
      test.slow()
      await playground.open()
      await sound(page, 'empty')
      await playground.demoKeys.click()
      await expect(page.getByRole('menu')).toBeVisible()
      await sound(page, 'menu')
      await page.keyboard.press('Escape')
      await playground.register.click()
      await sound(page, 'key missing')
      await playground.apiKey.fill('hello')
      await expect(playground.apiKey).toHaveAccessibleDescription(/begins with/)
      await sound(page, 'key malformed')
      await playground.apiKey.fill((await tenant.addKey('keys:manage', 'live')).secret)
      await expect(playground.tenant.getByRole('note')).toHaveCount(2)
      await sound(page, 'warnings')
      await playground.openOptions()
      await sound(page, 'options')
    })

    test('axe finds nothing in the results', async ({ page, tenant, playground, authenticator: _ }) => {
      test.slow()
      await playground.open(tenant.key, 'ada')
      await playground.registers()
      await sound(page, 'registered')
      await playground.authenticates()
      await expect(page.getByText('Signature verified')).toBeVisible()
      await sound(page, 'token')
      await playground.show('Checks')
      await sound(page, 'checks')
    })

    test('axe finds nothing in the messages of a ceremony', async ({ page, signedIn: playground }) => {
      test.slow()
      await playground.show('Ceremony')
      for (const message of [/^options/, /^assertion/, /^token/]) {
        await page.getByRole('button', { name: message }).click()
        await sound(page, `message ${message}`)
      }
      await page.getByRole('button', { name: 'Raw', exact: true }).click()
      await sound(page, 'raw')
    })

    test('axe finds nothing in the list of passkeys', async ({ page, signedIn: playground }) => {
      test.slow()
      await playground.show('Passkeys')
      await page.getByRole('button', { name: /^Rename / }).click()
      await sound(page, 'renaming')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: /^Delete / }).click()
      await sound(page, 'deleting')
    })

    test('axe finds nothing in failures and while waiting', async ({ page, newTenant, playground, authenticator }) => {
      test.slow()
      const tenant = await newTenant({ origins: 'https://other.example', rpId: host })
      await playground.open(tenant.key, 'ada')
      await expect(playground.tenant).toContainText(tenant.name)
      await playground.authenticate.click()
      await playground.expectState('error')
      await sound(page, 'refused')
      await playground.show('Checks')
      await sound(page, 'no checks')
      await authenticator.setPresence(false)
      await playground.register.click()
      await expect(playground.status).toContainText('Waiting for your authenticator')
      await sound(page, 'waiting')
    })
  })
}

import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

test('each option that was set says what became of it, and why', async ({
  page,
  context,
  tenant,
  playground,
  authenticator: _,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await stayingCopied(page)
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  await playground.registers()
  await page.getByRole('tab', { name: 'Asked and got 4' }).click()
  const view = page.getByRole('region', { name: 'Asked and got' })
  await expect(view.getByText(/^4 asked: /)).toBeVisible()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('honoured')
  await expect(view.getByRole('row', { name: /Resident key/ })).toContainText('cannot be told')
  const copy = view.getByRole('button', { name: 'Copy as Markdown', exact: true })
  await copy.click()
  await expect(view.getByText('Copied', { exact: true })).toBeVisible()
  await expect(copy).toHaveText('Copy as Markdown')
  await soundInBoth(page, 'asked and got, and copied')
  await page.setViewportSize({ width: 360, height: 780 })
  await soundInBoth(page, 'asked and got on a phone')

  await playground.authenticates()
  await page.getByRole('tab', { name: 'Asked and got 1' }).click()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('UV 1')
})

/** What is said of a copy for two seconds stays, for as long as somebody looks. */
async function stayingCopied(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const later = setTimeout
    const stays = (run: () => void, wait?: number) => (wait === 2_000 ? 0 : later(run, wait))
    Object.assign(window, { setTimeout: stays })
  })
}

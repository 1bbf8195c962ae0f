import { expect, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

test('each option that was set says what became of it, and why', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  await playground.registers()
  await page.getByRole('tab', { name: 'Asked and got 4' }).click()
  const view = page.getByRole('region', { name: 'Asked and got' })
  await expect(view.getByText(/^4 asked: /)).toBeVisible()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('honoured')
  await expect(view.getByRole('row', { name: /Resident key/ })).toContainText('cannot be told')
  await soundInBoth(page, 'asked and got')
  await page.setViewportSize({ width: 360, height: 780 })
  await soundInBoth(page, 'asked and got on a phone')

  await playground.authenticates()
  await page.getByRole('tab', { name: 'Asked and got 1' }).click()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('UV 1')
})

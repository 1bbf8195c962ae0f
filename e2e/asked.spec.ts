import { expect, test } from './fixtures.ts'
import { expectSound } from './sound.ts'

test('each option that was set says what became of it, and why', async ({ page, tenant, playground, authenticator: _ }) => {
  const options = { 'create.attestation': 'direct', 'create.extensions.credProps': 'true', 'create.extensions.uvm': 'true' }
  await page.goto(`/playground?${new URLSearchParams(options)}`)
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await page.getByRole('tab', { name: 'Asked and got 3' }).click()
  const view = page.getByRole('region', { name: 'Asked and got' })
  await expect(view.getByText(/^3 asked: /)).toBeVisible()
  await expect(view.getByRole('row', { name: /credProps/ })).toContainText('honoured')
  await expect(view.getByRole('row', { name: /uvm/ })).toContainText('ignored by the browser')
  await view.getByRole('radio', { name: /^Not as asked/ }).check()
  await expect(view.getByRole('row', { name: /credProps/ })).toBeHidden()
  await expectSound(page)
})

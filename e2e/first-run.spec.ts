import { expect, test } from './fixtures.ts'

test('a stranger gets from a demo key to a verified token in four clicks', async ({
  page,
  playground,
  authenticator,
}) => {
  await playground.open()
  await page.getByRole('button', { name: 'Use a demo key' }).click()
  await page.getByRole('menuitem', { name: 'Acme Wallet' }).click()
  await expect(playground.tenant).toContainText('Acme Wallet')
  await playground.username.fill(`stranger-${Date.now().toString(36)}`)

  const made = authenticator.nextCredential()
  await playground.register.click()
  expect((await made).isResidentCredential).toBe(true)
  await playground.expectState('success')

  const used = authenticator.nextAssertion()
  await playground.authenticate.click()
  expect((await used).signCount).toBe(2)
  await expect(page.getByText('Signature verified')).toBeVisible()
  const claims = await playground.claims()
  expect(claims).toMatchObject({ providerTenantName: 'Acme Wallet', environment: 'test', aud: 'mpc-server:test' })
  await expect(page.getByRole('region', { name: 'Token' })).toContainText(String(claims.providerTenantId))
})

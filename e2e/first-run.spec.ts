import { expect, test } from './fixtures.ts'
import { host } from './settings.ts'

test('a stranger gets from a demo key to a verified token in four clicks', async ({
  page,
  playground,
  authenticator,
}) => {
  await playground.open()
  await playground.demoKeys.click()
  await page.getByRole('menuitem', { name: 'Acme Wallet' }).click()
  await expect(playground.tenant).toContainText('Acme Wallet')
  await expect(playground.username).not.toHaveValue('')

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

test('the empty page offers the first step, and pressing it leaves Register under the finger', async ({
  page,
  playground,
}) => {
  await playground.open()
  await page.getByRole('button', { name: 'Try it with Acme Wallet' }).click()
  await expect(playground.tenant).toContainText('Acme Wallet')
  await expect(page.getByRole('heading', { name: /^Make a passkey for / })).toBeVisible()
  await expect(playground.register).toBeFocused()
})

test('a pasted key shows its tenant at once, and works', async ({
  page,
  context,
  tenant,
  playground,
  authenticator,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.open()
  await page.evaluate((key) => navigator.clipboard.writeText(`  ${key}\n`), tenant.key)
  await playground.apiKey.focus()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(playground.tenant).toContainText(tenant.name)
  await expect(playground.tenant).toContainText(tenant.id)
  await expect(playground.tenant.getByRole('list', { name: 'Scopes' }).getByRole('listitem')).toHaveText([
    'passkeys:register',
    'passkeys:authenticate',
  ])
  await playground.username.fill('ada')
  const made = authenticator.nextCredential()
  await playground.registers()
  expect(await made).toMatchObject({ rpId: host, userHandle: expect.any(String) })
  await playground.authenticates()
  expect(await playground.claims()).toMatchObject({ providerTenantId: tenant.id, preferred_username: 'ada' })
})

test('the steps tell how far one has come', async ({ page, tenant, playground, authenticator }) => {
  const current = page.getByRole('list', { name: 'Steps' }).locator('[aria-current=step]')
  await playground.open()
  await expect(current).toContainText('Key')
  await playground.apiKey.fill(tenant.key)
  await expect(current).toContainText('Username')
  await playground.username.fill('ada')
  await expect(current).toContainText('Register')
  const made = authenticator.nextCredential()
  await playground.registers()
  await made
  await expect(current).toContainText('Authenticate')
  await playground.authenticates()
  await expect(current).toHaveCount(0)
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('Token, done')
})

import { expect, refused, test } from './fixtures.ts'
import { host } from './settings.ts'

test('another key is another tenant: the card and the token follow it', async ({
  newTenant,
  playground,
  authenticator,
}) => {
  const tenants = [await newTenant({ name: 'North Bank' }), await newTenant({ name: 'South Bank' })]
  await playground.open()
  for (const { id, name, key } of tenants) {
    await playground.apiKey.fill(key)
    await expect(playground.tenant).toContainText(name)
    await expect(playground.tenant).toContainText(id)
    await playground.username.fill('ada')
    const made = authenticator.nextCredential()
    await playground.registers()
    await made
    await playground.authenticates()
    expect(await playground.claims()).toMatchObject({ providerTenantId: id, providerTenantName: name })
  }
  expect(await authenticator.credentials()).toHaveLength(2)
})

test('a changed key says whose result is still on show', async ({ page, newTenant, playground, authenticator: _ }) => {
  const [north, south] = [await newTenant({ name: 'North Bank' }), await newTenant({ name: 'South Bank' })]
  await playground.open(north.key, 'ada')
  await expect(playground.tenant).toContainText('North Bank')
  await playground.registers()
  await playground.apiKey.fill(south.key)
  await expect(page.getByText('Still on show: the last result of ada at North Bank.')).toBeVisible()
  await playground.registers()
  await expect(page.getByText('Still on show')).toHaveCount(0)
})

test.describe('a passkey of the other demo tenant', () => {
  test.use({ expectedErrors: refused(401) })

  test('is offered, refused, and the refusal is explained', async ({ playground, authenticator }) => {
    await playground.open()
    await playground.borrow('Globex Pay')
    await playground.registers()
    await playground.borrow('Acme Wallet')
    const used = authenticator.nextAssertion()
    await playground.signIn.click()
    await used
    await playground.expectFailure(
      'Refused: Acme Wallet does not know this passkey',
      `It may belong to Globex Pay: the demo tenants share the RP ID ${host}`,
      'switch to the other demo key',
    )
    await playground.borrow('Globex Pay')
    await playground.signIn.click()
    await expect(playground.status).toContainText('is signed in')
    expect(await playground.claims()).toMatchObject({ providerTenantName: 'Globex Pay' })
  })
})

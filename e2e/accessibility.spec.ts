import { expect, refused, test } from './fixtures.ts'
import { host } from './settings.ts'
import { soundInBoth } from './sound.ts'

test.use({ expectedErrors: refused(403, 404) })

test.describe('in light and in dark', () => {
  test('axe finds nothing before a ceremony', async ({ page, tenant, playground }) => {
    test.slow()
    await playground.open()
    await soundInBoth(page, 'empty')
    await playground.demoKeys.click()
    await expect(page.getByRole('menu')).toBeVisible()
    await soundInBoth(page, 'menu')
    await page.keyboard.press('Escape')
    await playground.register.click()
    await soundInBoth(page, 'key missing')
    await playground.apiKey.fill('hello')
    await expect(playground.apiKey).toHaveAccessibleDescription(/begins with/)
    await soundInBoth(page, 'key malformed')
    await playground.apiKey.fill((await tenant.addKey('keys:manage', 'live')).secret)
    await expect(playground.tenant.getByRole('note')).toHaveCount(2)
    await soundInBoth(page, 'warnings')
    await playground.openOptions()
    await playground.json.fill(
      '{ "timeout": "20s", "extensions": { "uvm": true, "largeBlob": {}, "prf": { "eval": {} } } }',
    )
    await soundInBoth(page, 'options')
    await playground.json.fill('{ "timeout": ')
    await soundInBoth(page, 'options that are no JSON')
  })

  test('axe finds nothing in the results', async ({ page, tenant, playground, authenticator: _ }) => {
    test.slow()
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await soundInBoth(page, 'registered')
    await playground.authenticates()
    await expect(page.getByText('Signature verified')).toBeVisible()
    await soundInBoth(page, 'token')
    await playground.show('Checks')
    await soundInBoth(page, 'checks')
  })

  test('axe finds nothing in the messages of a ceremony', async ({ page, signedIn: playground }) => {
    test.slow()
    await playground.show('Ceremony')
    for (const message of [/^options/, /^assertion/, /^token/]) {
      await page.getByRole('button', { name: message }).click()
      await soundInBoth(page, `message ${message}`)
    }
    await page.getByRole('button', { name: 'Raw', exact: true }).click()
    await soundInBoth(page, 'raw')
  })

  test('axe finds nothing in the list of passkeys', async ({ page, signedIn: playground }) => {
    test.slow()
    await playground.show('Passkeys')
    await page.getByRole('button', { name: /^Rename / }).click()
    await soundInBoth(page, 'renaming')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Delete / }).click()
    await soundInBoth(page, 'deleting')
  })

  test('axe finds nothing in failures and while waiting', async ({ page, newTenant, playground, authenticator }) => {
    test.slow()
    const tenant = await newTenant({ origins: 'https://other.example', rpId: host })
    await playground.open(tenant.key, 'ada')
    await expect(playground.tenant).toContainText(tenant.name)
    await playground.authenticate.click()
    await playground.expectState('error')
    await soundInBoth(page, 'refused')
    await playground.show('Checks')
    await soundInBoth(page, 'no checks')
    await authenticator.setPresence(false)
    await playground.register.click()
    await expect(playground.status).toContainText('Waiting for your authenticator')
    await soundInBoth(page, 'waiting')
  })
})

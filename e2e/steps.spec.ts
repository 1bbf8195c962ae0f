import { expect, refused, test } from './fixtures.ts'

test.describe('a token that has expired', () => {
  test('is over in its step and in the banner, and Authenticate is next', async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await page.clock.install()
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    await playground.authenticates()
    await expect(playground.step('Token')).toHaveText(/Token, done60 min left/)
    await expect(page.getByText('Signature verified')).toBeVisible()
    await page.clock.fastForward('00:30:00')
    await expect(playground.step('Token')).toHaveText(/Token, done(?:30|29) min left/)
    await page.clock.fastForward('00:30:05')
    await expect(playground.step('Token')).toHaveText(/Token, failedexpired/)
    await expect(playground.step('Authenticate')).toHaveAttribute('aria-current', 'step')
    await expect(playground.step('Register')).toContainText(', done')
    await expect(playground.status).toContainText('ada’s token has expired.')
    await expect(page.getByText('Expired, though its signature is good')).toBeVisible()
    await playground.show('Passkeys')
    await expect(page.getByText('Sign in to see your passkeys')).toBeVisible()
    const begun = page.waitForRequest('**/authenticate/begin')
    await page.getByRole('button', { name: 'Sign in as ada' }).click()
    await begun
  })
})

test('a passkey that is deleted is claimed by no step and no banner', async ({ page, signedIn: playground }) => {
  await playground.show('Passkeys')
  await page.getByRole('button', { name: /^Delete / }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(playground.step('Register')).toHaveText(/Registermake a passkey/)
  await expect(playground.step('Register')).toHaveAttribute('aria-current', 'step')
  await expect(playground.step('Authenticate')).not.toContainText('done')
  await expect(playground.step('Token')).toHaveText(/Token, failedpasskey deleted/)
  await expect(playground.status).toContainText('ada’s passkey is deleted.')
  await expect(page.getByText('No passkey on the server')).toBeVisible()
  await playground.show('Token')
  await expect(page.getByText('The passkey that it came from is deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Make a passkey for ada' }).click()
  await expect(playground.status).toContainText('ada has a passkey')
  await expect(playground.step('Register')).toContainText(', done')
})

test.describe('a step that failed', () => {
  test.use({ expectedErrors: refused(401, 404) })

  test('says why, and is done once it succeeds', async ({ page, tenant, playground, authenticator: _ }) => {
    await playground.open(tenant.key, 'ada')
    await playground.authenticate.click()
    await expect(playground.step('Authenticate')).toHaveText(/Authenticate, failedrun 1, no passkey here/)
    await expect(playground.step('Register')).toHaveAttribute('aria-current', 'step')
    await playground.registers()
    await playground.authenticates()
    await expect(page.getByRole('list', { name: 'Steps' })).not.toContainText('failed')
  })

  test('is the key’s where it was revoked since, and a demo key is one press away', async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await playground.open(tenant.key, 'ada')
    await expect(playground.tenant).toContainText(tenant.name)
    await tenant.revokeKey(tenant.keyId)
    await playground.register.click()
    await playground.expectFailure('The server does not accept this API key', 'revoked', 'use a demo key')
    await expect(playground.step('Key')).toHaveText(/Key, failednot accepted/)
    await expect(playground.tenant).toHaveCount(0)
    await page.getByRole('button', { name: /^Take .+ demo key$/ }).click()
    await expect(playground.tenant).toContainText('tnt_')
    await expect(playground.step('Key')).toContainText(', done')
  })
})

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`after Register at ${width} px, what was made is told in four facts, and used by one button`, async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await page.setViewportSize({ width, height })
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    const facts = page.getByRole('region', { name: 'Result' })
    for (const [term, fact] of [
      ['Provider', /\S/],
      ['Kept', /Synced.*backed up/],
      ['Person', /Verified/],
      ['Algorithm', /EdDSA|ES256/],
    ] as const) {
      await expect(
        facts
          .locator('div')
          .filter({ has: page.getByRole('term').getByText(term, { exact: true }) })
          .last(),
      ).toHaveText(fact)
    }
    const use = page.getByRole('button', { name: 'Use it to sign in' })
    await expect(use).toBeInViewport()
    await use.click()
    await expect(playground.status).toContainText('ada is signed in')
    await expect(use).toHaveCount(0)
  })
}

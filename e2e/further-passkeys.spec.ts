import { VirtualAuthenticator } from '#lib/testing/virtual-authenticator.ts'
import { expect, refused, test } from './fixtures.ts'

test.describe('without a sign-in', () => {
  test.use({ expectedErrors: refused(403) })

  test('a name that has a passkey cannot be registered again', async ({
    page,
    tenant,
    authenticator,
    registered: playground,
  }) => {
    await page.reload()
    await playground.apiKey.fill(tenant.key)
    await playground.username.fill('ada')
    await playground.register.click()
    await playground.expectFailure(
      'ada already has a passkey here',
      'Only the user may add another one',
      'Press Authenticate first',
    )
    expect(await playground.lastResult()).toMatchObject({ code: 'user_exists', status: 403 })
    expect(await authenticator.credentials()).toHaveLength(1)
    await expect(playground.step('Register')).toContainText('done')
    await expect(playground.step('Authenticate')).toHaveAttribute('aria-current', 'step')
    await page.getByRole('button', { name: 'Sign in as ada' }).click()
    await expect(playground.status).toContainText('ada is signed in')
  })

  test('a new name is one press away, and Register the next', async ({ page, tenant, registered: playground }) => {
    await page.reload()
    await playground.apiKey.fill(tenant.key)
    await playground.username.fill('ada')
    await playground.register.click()
    await page.getByRole('button', { name: 'Make up a new name' }).click()
    await expect(playground.username).not.toHaveValue('ada')
    await expect(playground.register).toBeFocused()
    await expect(page.getByRole('button', { name: 'Make up a new name' })).toHaveCount(0)
    await playground.registers()
  })
})

test('after Authenticate a second authenticator may join, and both are listed', async ({
  page,
  authenticator,
  signedIn: playground,
}) => {
  await authenticator.remove()
  const key = await VirtualAuthenticator.attach(page, {
    transport: 'usb',
    defaultBackupEligibility: false,
    defaultBackupState: false,
  })
  const made = key.nextCredential()
  await playground.registers()
  await made
  await playground.show('Passkeys')
  await expect(playground.passkeys).toHaveCount(2)
  await expect(playground.tab('Passkeys')).toHaveAccessibleName('Passkeys 2')
  const items = page.getByRole('list', { name: 'Passkeys' })
  await expect(items.getByText('Synced')).toHaveCount(1)
  await expect(items.getByText('Device-bound')).toHaveCount(1)
})

test('an authenticator that holds one of the user’s passkeys makes no other', async ({
  authenticator,
  signedIn: playground,
}) => {
  await playground.register.click()
  await playground.expectFailure(
    'This authenticator already holds a passkey for this user',
    'excludeCredentials',
    'Press Authenticate to use it',
  )
  expect(await playground.lastResult()).toMatchObject({ code: 'InvalidStateError' })
  expect(await authenticator.credentials()).toHaveLength(1)
})

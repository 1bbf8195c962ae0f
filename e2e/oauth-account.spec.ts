import { VirtualAuthenticator } from '#lib/testing/virtual-authenticator.ts'
import { expect, signUp, test } from './oauth.ts'
import { looks, sound } from './sound.ts'

test('a user sees which apps they let in, and a revoked one has to ask again', async ({
  page,
  app,
  newApp,
  authenticator: _,
}) => {
  const ledger = await newApp({ name: 'Ledger', scope: 'openid' })
  await app.open(page)
  await signUp(page, 'ada')
  await page.getByRole('button', { name: 'Allow' }).click()
  await app.tokens(page)
  await app.open(page, { resource: 'urn:mpc-server' })
  await page.getByRole('button', { name: 'Allow' }).click()
  await app.answer(page)
  await ledger.open(page)
  await page.getByRole('button', { name: 'Allow' }).click()
  await ledger.tokens(page)

  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  await expect(page.getByText('They may use your account ada at Acme Wallet.')).toBeVisible()
  const apps = page.getByRole('list', { name: 'Apps' }).getByRole('heading')
  expect((await apps.allTextContents()).sort()).toEqual(['Ledger', 'Photo Book'])
  await expect(page.getByRole('list', { name: 'What Ledger may do' })).toHaveText('Sign you in, and know you again')
  await expect(page.getByRole('list', { name: 'What Photo Book may do' }).getByRole('listitem')).toHaveText([
    'Sign you in, and know you again',
    'See your username and display name',
    'Read the usage figures of this service at the API',
    'Read the usage figures of this service at the MPC server',
  ])
  await page.getByRole('button', { name: 'Revoke access to Photo Book' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke access to Photo Book?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(apps).toHaveCount(2)
  await page.getByRole('button', { name: 'Revoke access to Photo Book' }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(apps).toHaveText(['Ledger'])
  await expect(page.getByRole('heading', { name: 'Your apps' })).toBeFocused()
  await page.reload()
  await expect(apps).toHaveText(['Ledger'])

  await ledger.open(page)
  await ledger.tokens(page)
  await app.open(page)
  await expect(page.getByRole('heading', { name: 'Photo Book asks for access' })).toBeVisible()
})

test('a user adds a passkey, names it, deletes the one before, and ends a session elsewhere', async ({
  page,
  app,
  authenticator,
}) => {
  await app.open(page)
  await signUp(page, 'ada')
  await page.goto('/account')
  const passkeys = page.getByRole('list', { name: 'Your passkeys' }).getByRole('listitem')
  await expect(passkeys).toHaveText([/signed in with it.*made just now/])
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await page.getByRole('button', { name: /^Delete / }).click()
  await expect(page.getByRole('dialog')).toContainText('It is your only passkey')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Confirm and delete' })).toHaveCount(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('button', { name: 'Confirm it is you' }).click()
  await expect(page.getByRole('button', { name: 'Create a passkey' })).toBeVisible()
  await authenticator.remove()
  await VirtualAuthenticator.attach(page, { transport: 'usb' })
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(passkeys).toHaveCount(2)
  await page
    .getByRole('button', { name: /^Rename / })
    .last()
    .click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Key ring')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(passkeys.last()).toContainText('Key ring')
  await page.getByRole('button', { name: 'Delete Key ring' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm and delete' }).click()
  await expect(passkeys).toHaveCount(1)
  await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeFocused()
  await expect(page.getByRole('list', { name: 'Your sessions' }).getByRole('listitem')).toHaveText([
    /Chrome.*this one.*signed in/,
  ])
})

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use(options)

    test('who signed out signs in again with a passkey, and axe finds nothing on the way', async ({
      page,
      app,
      authenticator: _,
    }) => {
      test.slow()
      await app.open(page)
      await signUp(page, 'ada')
      await page.goto('/account/grants')
      await expect(page).toHaveURL(/\/account#apps$/)
      await expect(page.getByText('No app has access')).toBeVisible()
      await sound(page, 'empty')
      await app.open(page)
      await page.getByRole('button', { name: 'Allow' }).click()
      await app.answer(page)
      await page.goto('/account')
      await page.getByRole('button', { name: 'Revoke access to Photo Book' }).click()
      await sound(page, 'revoking')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible()
      await sound(page, 'signed out')
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
      await expect(page.getByText('They may use your account ada')).toBeVisible()
      await sound(page, 'apps')
    })
  })
}

import { expect, refused, signUp, test } from './oauth.ts'
import { sound, soundInBoth } from './sound.ts'

// An error's page has the status of the error.
test.use({ expectedErrors: refused(400), viewport: { width: 360, height: 740 } })

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

test('a device is connected by its code, and by nobody who did not begin that', async ({
  page,
  newApp,
  authenticator: _,
}) => {
  test.slow()
  const { clientId } = await newApp({ name: 'Ledger', scope: 'openid', grants: 'device_code' })
  const asked = await page.request.post('/oauth/device', { form: { client_id: clientId, scope: 'openid' } })
  const { user_code, device_code } = (await asked.json()) as { user_code: string; device_code: string }
  const token = () =>
    page.request.post('/oauth/token', { form: { client_id: clientId, grant_type: deviceGrant, device_code } })

  const badge = page.getByText('test', { exact: true })
  await page.goto('/device')
  const code = page.getByRole('textbox', { name: 'Code' })
  await expect(code).toBeFocused()
  // In the typeface of the other pages.
  expect(await page.evaluate(async () => [...(await document.fonts.ready)].map(({ status }) => status))).toEqual([
    'loaded',
  ])
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(code).toHaveAccessibleDescription('Enter the code that the device shows.')
  await code.fill('BBBB-BBBB')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(code).toHaveAccessibleDescription(/^No device shows this code/)
  await soundInBoth(page, 'wrong code')
  await code.fill(user_code.toLowerCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Is this your device?' })).toBeVisible()
  await expect(page.getByRole('status')).toHaveText(user_code)
  await expect(page.getByText('Continue only if you began this.')).toBeVisible()
  await expect(badge).toBeVisible()
  await soundInBoth(page, 'confirm')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Then the device whose code you entered goes on.')).toBeVisible()
  await expect(badge).toBeVisible()
  await signUp(page, 'ada')
  await expect(page.getByRole('note')).toContainText('Did you begin this yourself?')
  await expect(badge).toBeVisible()
  await sound(page, 'consent')
  expect((await token()).status()).toBe(400)
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('heading', { name: 'Back to your device' })).toBeVisible()
  await expect(badge).toBeVisible()
  await soundInBoth(page, 'done')
  expect((await token()).status()).toBe(200)
})

test('a sign-out is asked for, done, and said', async ({ page, app, authenticator: _ }) => {
  await app.open(page)
  await signUp(page, 'ada')
  const address = `/oauth/logout?client_id=${app.clientId}`
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Sign out of Acme Wallet?' })).toBeVisible()
  await soundInBoth(page, 'asked')
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await page.goto('/account/grants')
  await expect(page.getByText('They may use your account ada')).toBeVisible()
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await soundInBoth(page, 'done')
  await page.goto('/account/grants')
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible()
})

test('a request that cannot go back to its app is explained', async ({ page, app }) => {
  const right = new URL(await app.address())
  const wrong = async (name: string, value: string) => {
    const address = new URL(right)
    address.searchParams.set(name, value)
    await page.goto(address.href)
  }
  await wrong('client_id', 'cli_<b>nobody</b>')
  await expect(page.getByRole('heading', { name: 'This app is not known here' })).toBeVisible()
  await expect(page.getByText('invalid_client')).toBeVisible()
  await soundInBoth(page, 'client')
  await wrong('redirect_uri', 'https://evil.example/')
  await expect(page.getByRole('heading', { name: 'This app asked to send you somewhere it may not' })).toBeVisible()
  await expect(page.getByText('https://evil.example/')).toBeVisible()
  await expect(page.getByText(app.redirectUri)).toBeVisible()
  await soundInBoth(page, 'redirect URI')
  await page.goto(right.href)
  await expect(page.getByRole('heading', { name: 'Sign in to Acme Wallet' })).toBeVisible()
})

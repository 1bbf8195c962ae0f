import type { Page } from '@playwright/test'
import { another, join, setUpLink } from './console.ts'
import { tabTo } from './focus.ts'
import { closeSignUp, expect, refused, signUp, test } from './oauth.ts'
import { looks, sound } from './sound.ts'

const allow = (page: Page) => page.getByRole('button', { name: 'Allow' })

test('somebody new makes a passkey, allows the app, and is not asked again', async ({
  page,
  app,
  tenant,
  authenticator,
}) => {
  await app.open(page)
  await expect(page.getByRole('heading', { name: `Sign in to ${tenant.name}` })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(
    `Photo Book wants to sign you in. Then you go back to ${new URL(app.redirectUri).host}.`,
  )
  await expect(page.getByText('test', { exact: true })).toBeVisible()
  await expect(page.getByTestId('status')).toHaveAttribute('data-state', 'idle')
  const made = authenticator.nextCredential()
  await signUp(page, 'ada')
  expect((await made).isResidentCredential).toBe(true)
  await expect(page.getByRole('heading', { name: 'Photo Book asks for access' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'What it asks for' }).getByRole('listitem')).toHaveText([
    /^Know who you are: username, display name, user id/,
    /^Read the usage figures of this service/,
  ])
  await expect(page.getByText('new', { exact: true })).toHaveCount(0)
  await allow(page).click()
  const { claims, scope } = await app.tokens(page)
  expect(scope).toBe('usage:read')
  await app.open(page)
  expect((await app.tokens(page)).claims?.sub).toBe(claims?.sub)
})

test('a passkey signs in without a username, and with one', async ({ page, app, authenticator }) => {
  await app.open(page)
  await signUp(page, 'ada')
  await allow(page).click()
  const { sub } = (await app.tokens(page)).claims ?? {}
  await app.open(page, { prompt: 'login' })
  const used = authenticator.nextAssertion()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await used
  expect((await app.tokens(page)).claims?.sub).toBe(sub)
  await app.open(page, { prompt: 'login', loginHint: 'ada' })
  await expect(page.getByRole('textbox', { name: 'Username' })).toHaveValue('ada')
  await page.getByRole('button', { name: 'Continue' }).click()
  expect((await app.tokens(page)).claims?.sub).toBe(sub)
})

test('Deny sends the app away with access_denied, and it is asked again', async ({ page, app, authenticator: _ }) => {
  await app.open(page, { state: 'mine' })
  await signUp(page, 'ada')
  await page.getByRole('button', { name: 'Deny' }).click()
  const answer = await app.answer(page)
  expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 'mine', iss: process.env.BASE_URL })
  expect(answer.has('code')).toBe(false)
  await app.open(page)
  await allow(page).click()
  expect((await app.answer(page)).has('code')).toBe(true)
})

test('a heavy scope is off until it is switched on: it is in no token and on no page, and is asked for again alone', async ({
  page,
  newApp,
  authenticator: _,
}) => {
  const scope = 'openid profile usage:read mpc:sign'
  const app = await newApp({ scope, optional: 'usage:read mpc:sign' })
  const sign = page.getByRole('switch', { name: 'Sign with your MPC keys' })
  const heavy = page.getByRole('list', { name: 'What it could do in your name' })
  await app.open(page)
  await signUp(page, 'ada')
  await expect(page.getByRole('switch', { name: 'Read the usage figures' })).toBeChecked()
  await expect(sign).not.toBeChecked()
  await expect(sign).toHaveAccessibleDescription(/^Off\. A key that asks for your approval/)
  await expect(heavy.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible()
  await allow(page).click()
  expect((await app.tokens(page)).scope).toBe('usage:read')
  await page.goto('/account')
  await expect(page.getByRole('list', { name: 'What Photo Book may do' }).getByRole('listitem')).toHaveText([
    'Sign you in, and know you again',
    'See your username and display name',
    'Read the usage figures of this service',
  ])

  await app.open(page)
  await expect(page.getByRole('switch')).toHaveCount(1)
  await expect(page.getByText(/^You allowed before: .*Read the usage figures/)).toBeVisible()
  await sign.check()
  await allow(page).click()
  expect((await app.tokens(page)).scope?.split(' ').sort()).toEqual(['mpc:sign', 'usage:read'])
})

test('what is new is marked where some of it was allowed before', async ({ page, app, authenticator: _ }) => {
  await app.open(page, { scope: 'openid profile' })
  await signUp(page, 'ada')
  await allow(page).click()
  await app.tokens(page)
  await app.open(page, { scope: 'openid profile usage:read' })
  const asked = page.getByRole('list', { name: 'What it asks for' }).getByRole('listitem')
  await expect(asked).toHaveText([/^Read the usage figures of this service at the API.*new/])
  await expect(page.getByText('You allowed before: Know who you are: username, display name, user id.')).toBeVisible()
})

test.describe('refusals', () => {
  test.use({ expectedErrors: refused(403, 404) })

  test('a username that is missing, unknown or taken is explained, and the error gets the focus', async ({
    page,
    app,
    authenticator,
  }) => {
    await app.open(page)
    const field = page.getByRole('textbox', { name: 'Username' })
    const status = page.getByTestId('status')
    for (const [button, words] of [
      ['Create a passkey', 'Choose a username first.'],
      ['Continue', 'Enter your username first.'],
    ] as const) {
      if (button === 'Continue') await page.getByRole('button', { name: 'Use my username instead' }).click()
      await page.getByRole('button', { name: button }).click()
      await expect(field).toHaveAccessibleDescription(new RegExp(words))
      await expect(field).toBeFocused()
    }
    await field.fill('ada')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(status).toHaveAttribute('data-state', 'error')
    await expect(status).toBeFocused()
    await expect(status).toContainText('“ada” has no passkey at Acme Wallet')
    await expect(status).toContainText('Press Create a passkey, and the username is yours')
    expect(await authenticator.credentials()).toEqual([])
    await page.getByRole('button', { name: 'Create a passkey' }).click()
    await expect(allow(page)).toBeVisible()

    await app.open(page, { prompt: 'login' })
    await field.fill(' ada ')
    await page.getByRole('button', { name: 'Create a passkey' }).click()
    await expect(status).toContainText('“ada” is taken')
    await expect(status).toBeFocused()
    expect(await authenticator.credentials()).toHaveLength(1)
  })

  test('where sign-up is closed there is no button for it, and nobody is told to press one', async ({
    page,
    app,
    tenant,
    authenticator: _,
  }) => {
    await app.open(page)
    await expect(page.getByRole('button', { name: 'Create a passkey' })).toBeVisible()
    await closeSignUp(tenant)
    await app.open(page)
    await expect(page.getByRole('button')).toHaveText(['Sign in with a passkey', 'Use my username instead'])
    await expect(page.getByText('Ask Acme Wallet for one.')).toBeVisible()
    await page.getByRole('button', { name: 'Use my username instead' }).click()
    await page.getByRole('textbox', { name: 'Username' }).fill('ada')
    await expect(page.getByRole('button')).toHaveText(['Sign in with a passkey', 'Continue'])
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByTestId('status')).toContainText('ask Acme Wallet for an account')
    await expect(page.getByTestId('status')).not.toContainText('Create a passkey')
  })

  test('a sign-in that nobody answers can be cancelled and tried again', async ({ page, app, authenticator }) => {
    await app.open(page)
    await authenticator.setPresence(false)
    await page.getByRole('textbox', { name: 'Username' }).fill('ada')
    await page.getByRole('button', { name: 'Create a passkey' }).click()
    await expect(page.getByTestId('status')).toHaveAttribute('data-state', 'working')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByTestId('status')).toContainText('Cancelled')
    await authenticator.setPresence(true)
    await signUp(page, 'ada')
  })

  test('an interaction is good in the browser that began it, and once', async ({ page, app, authenticator: _ }) => {
    await app.open(page)
    const { page: other } = await another(page)
    await other.goto(page.url())
    await expect(other.getByRole('heading', { name: 'This sign-in is no longer open' })).toBeVisible()
    await expect(other.getByRole('main')).toContainText('Go back to the app and sign in again')
    await other.context().close()
    await signUp(page, 'ada')
    const asked = page.url()
    await allow(page).click()
    await app.tokens(page)
    await page.goto(asked)
    await expect(page.getByRole('heading', { name: 'This sign-in is no longer open' })).toBeVisible()
  })

  for (const [look, options] of looks) {
    test.describe(look, () => {
      test.use(options)

      test('axe finds nothing, and nothing is wider than the screen', async ({ page, app, authenticator: _ }) => {
        test.slow()
        await app.open(page)
        await sound(page, 'sign-in')
        await page.getByRole('button', { name: 'Use my username instead' }).click()
        await page.getByRole('textbox', { name: 'Username' }).fill('a'.repeat(64))
        await page.getByRole('button', { name: 'Continue' }).click()
        await expect(page.getByTestId('status')).toContainText('has no passkey')
        await sound(page, 'refused')
        await signUp(page, 'a'.repeat(64))
        await sound(page, 'consent')
        await page.goto('/interaction/nobody-knows')
        await expect(page.getByRole('heading')).toBeVisible()
        expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(
          options.colorScheme === 'dark',
        )
        await sound(page, 'no longer open')
      })
    })
  }
})

test('another account can be used, which is then the one that is asked', async ({ page, app, authenticator }) => {
  await app.open(page)
  await signUp(page, 'ada')
  await expect(page.getByText('ada', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Use another account' }).click()
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible()
  await signUp(page, 'grace')
  await expect(page.getByText('grace', { exact: true })).toBeVisible()
  expect(await authenticator.credentials()).toHaveLength(2)
  await allow(page).click()
  await app.tokens(page)
  await page.goto('/account/grants')
  await expect(page.getByText('They may use your account grace')).toBeVisible()
})

test('the pages carry the tenant’s branding, and none of the product’s parts', async ({
  page,
  app,
  tenant,
  authenticator: _,
}) => {
  await join(page, await setUpLink(tenant.slug), 'First Member')
  await page.goto('/console/branding')
  await page.getByRole('textbox', { name: 'Name' }).fill('Acme & Friends')
  await page.getByRole('textbox', { name: 'Colour', exact: true }).fill('#FFD500')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await app.open(page)
  await expect(page).toHaveTitle('Sign in to Acme & Friends')
  const band = page.getByText('Acme & Friends', { exact: true }).locator('..')
  await expect(band).toHaveCSS('background-color', 'rgb(255, 213, 0)')
  await expect(band).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(page.getByRole('navigation')).toHaveCount(0)
  // Yellow cannot be told from the card: the button has the shade of it that can.
  const button = page.getByRole('button', { name: 'Sign in with a passkey' })
  await expect(button).toHaveCSS('background-color', 'rgb(168, 141, 0)')
  await expect(button).toHaveCSS('color', 'rgb(0, 0, 0)')
  await signUp(page, 'ada')
  await expect(band).toHaveCSS('background-color', 'rgb(255, 213, 0)')
})

test('the keyboard alone makes a passkey and allows the app', async ({ page, app, authenticator: _ }) => {
  await app.open(page)
  await expect(page.getByRole('button', { name: 'Create a passkey' })).toBeVisible()
  await tabTo(page, page.getByRole('textbox', { name: 'Username' }))
  await page.keyboard.type('ada')
  await tabTo(page, page.getByRole('button', { name: 'Create a passkey' }))
  await page.keyboard.press('Enter')
  await expect(allow(page)).toBeVisible()
  await tabTo(page, allow(page))
  await page.keyboard.press('Enter')
  expect((await app.answer(page)).has('code')).toBe(true)
})

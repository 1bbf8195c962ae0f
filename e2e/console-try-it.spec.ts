import type { Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { admin } from './admin.ts'
import { expect, type Member, refused, test } from './console.ts'
import { tabTo } from './focus.ts'
import { sound } from './sound.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const tryIt = (page: Page) => page.getByRole('region', { name: 'Try it' })
const message = (page: Page, name: string) => page.getByRole('article', { name })

/** A step of the flow, by its title. */
function step(page: Page, name: string) {
  const title = page.getByRole('heading', { name: new RegExp(`^${name}`), level: 3 })
  return page.getByRole('list', { name: 'Steps of the flow' }).getByRole('listitem').filter({ has: title })
}

/** Makes a client of the member's tenant, and goes to its page. */
async function newClient(
  { page, tenant }: Member,
  type: 'public' | 'confidential',
  grants: string,
  scopes: string,
  ...more: string[]
) {
  const made = await admin<{ clientId: string; clientSecret?: string }>(
    ...['oauth-clients', 'create', '--tenant', tenant.slug, '--environment', 'test', '--type', type],
    ...['--name', 'Photo Book', '--grants', grants, '--scopes', scopes],
    ...(grants.includes('authorization_code') ? ['--redirect-uri', 'https://app.example.com/callback'] : []),
    ...more,
  )
  await page.goto(`/console/oauth-clients/${made.clientId}`)
  await tryIt(page).getByRole('button', { name: 'Try it' }).click()
  return made
}

/** Presses what opens a window; answers with the window, in which there is an authenticator. */
async function opens(page: Page, press: () => Promise<void>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await press()
  const popup = await opened
  await VirtualAuthenticator.attach(popup)
  return popup
}

/** Makes an account in the window, and answers the consent. */
async function joins(popup: Page, answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await popup.getByRole('textbox', { name: 'Username' }).fill(`ada-${crypto.randomUUID().slice(0, 8)}`)
  await popup.getByRole('button', { name: 'Create a passkey' }).click()
  await popup.getByRole('button', { name: answer, exact: true }).click()
}

const done = (page: Page) => expect(tryIt(page).getByText('The whole flow is done.')).toBeVisible()

test('the whole flow with a client, from a redirect URI that is added for it to a call of the API', async ({
  page,
  member,
}) => {
  test.slow()
  const { clientId } = await newClient(
    member,
    'public',
    'authorization_code refresh_token',
    'openid profile usage:read',
  )
  await button(page, 'Sign in as a user').click()
  await expect(tryIt(page).getByText('Add the redirect URI first')).toBeVisible()
  await expect(button(page, 'Add the redirect URI')).toBeFocused()
  await sound(page, 'without its redirect URI')
  await button(page, 'Add the redirect URI').click()
  const uris = page.getByRole('textbox', { name: /^Redirect URI \d$/ })
  await expect(uris).toHaveCount(2)
  await expect(uris.nth(1)).toHaveValue(`${new URL(page.url()).origin}/console/oauth-clients/callback`)

  const popup = await opens(page, () => button(page, 'Sign in as a user').click())
  await joins(popup)
  await done(page)
  expect(popup.isClosed()).toBe(true)
  await expect(step(page, 'API call')).toContainText(`The API answers for ${member.tenant.name}, test`)
  await expect(message(page, 'API request').getByRole('row', { name: /^client/ })).toContainText(clientId)
  for (const [title, outcome] of [
    ['Authorization', /The page has a code/],
    ['Code exchange', /an access token, an ID token, a refresh token/],
    ['Renewal', /a new refresh token in place of the old one/],
  ] as const) {
    await step(page, title).getByRole('heading').getByRole('button').click()
    await expect(step(page, title)).toContainText(outcome)
  }
  await step(page, 'Code exchange').getByRole('heading').getByRole('button').click()
  for (const token of ['Access token', 'ID token'])
    await expect(page.getByRole('region', { name: token }).getByText('Signature verified')).toBeVisible()
  await sound(page, 'exchanged')

  await button(page, 'Remove the redirect URI').click()
  await expect(button(page, 'Add the redirect URI')).toBeVisible()
  await expect(uris).toHaveCount(1)
  await page.goto('/console/audit')
  await expect(page.getByRole('button', { name: /changed an OAuth client: Photo Book/ })).toHaveCount(2)
})

test('a denial, a second press and a closed window are explained, and another try works', async ({ page, member }) => {
  test.slow()
  await newClient(member, 'public', 'authorization_code', 'openid')
  await button(page, 'Add the redirect URI').click()
  await expect(button(page, 'Remove the redirect URI')).toBeVisible()
  await joins(await opens(page, () => button(page, 'Sign in as a user').click()), 'Deny')
  await expect(step(page, 'Authorization')).toContainText('Access was denied')
  await expect(message(page, 'Authorization response').getByRole('row', { name: /^error / })).toContainText(
    'access_denied',
  )
  // Pressed again before the first one knows where to send anybody, it has one window, and the first one's goes away.
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/.well-known/oauth-authorization-server', (route) => held.then(() => route.continue()))
  const first = await opens(page, () => button(page, 'Sign in as a user').click())
  const closed = await opens(page, () => button(page, 'Sign in as a user').click())
  release()
  await closed.getByRole('button', { name: 'Allow', exact: true }).waitFor()
  expect(first.isClosed()).toBe(true)
  await closed.close()
  await expect(step(page, 'Authorization')).toContainText('It went away before the server had an answer')

  await page.evaluate(() => Object.assign(window, { open: () => null }))
  await button(page, 'Sign in as a user').click()
  const link = page.getByRole('link', { name: 'Open the sign-in page yourself' })
  const own = await opens(page, () => link.click())
  await own.getByRole('button', { name: 'Allow', exact: true }).click()
  await done(page)
})

test.describe('a confidential client', () => {
  test.use({ expectedErrors: refused(400, 401) })

  test('shows its secret to the server and to nobody else', async ({ page, member }) => {
    test.slow()
    const { clientSecret = '' } = await newClient(member, 'confidential', 'client_credentials', 'usage:read')
    const secret = page.getByRole('textbox', { name: 'Client secret' })
    await button(page, 'Ask for a token').click()
    await expect(secret).toHaveAccessibleDescription(/Enter the client’s secret/)
    await expect(secret).toHaveAttribute('type', 'password')
    await secret.fill(`${clientSecret.slice(0, -1)}_`)
    await button(page, 'Ask for a token').click()
    await expect(step(page, 'Token for itself')).toContainText('The client was not let in')
    await secret.fill(clientSecret)
    await button(page, 'Ask for a token').click()
    await done(page)
    await expect(step(page, 'API call')).toContainText(`The API answers for ${member.tenant.name}, test`)
    await step(page, 'Token for itself').getByRole('heading').getByRole('button').click()
    await expect(page.getByRole('region', { name: 'Access token' }).getByText('Signature verified')).toBeVisible()
    const request = message(page, 'Token request')
    await request.getByRole('button', { name: 'Raw', exact: true }).click()
    await expect(request.getByRole('region', { name: 'request' })).toContainText('authorization: Basic (')
    await sound(page, 'token for itself')
    const shown = await tryIt(page).textContent()
    for (const text of [clientSecret, Buffer.from(clientSecret).toString('base64').slice(4, -4)])
      expect(shown).not.toContain(text)

    await button(page, 'Add a secret').click()
    const made = (await page.getByTestId('secret').textContent()) ?? ''
    await page.getByRole('checkbox', { name: 'I have stored it' }).check()
    await button(page, 'Done').click()
    await expect(secret).toHaveValue(made)
    await expect(secret).toHaveAttribute('type', 'password')
    await button(page, 'Ask for a token').click()
    await done(page)
  })

  test('signs people in on another device', async ({ page, member }) => {
    test.slow()
    const { clientSecret = '' } = await newClient(
      member,
      'confidential',
      'urn:ietf:params:oauth:grant-type:device_code refresh_token',
      'openid usage:read',
    )
    await page.getByRole('textbox', { name: 'Client secret' }).fill(clientSecret)
    const popup = await opens(page, () => button(page, 'Begin as a device').click())
    await popup.getByRole('button', { name: 'Continue' }).click()
    const confirmed = popup.getByRole('heading', { name: 'Is this your device?' })
    if (await confirmed.isVisible()) await popup.getByRole('button', { name: 'Continue' }).click()
    await joins(popup)
    await done(page)
    await expect.poll(() => popup.isClosed()).toBe(true)
    await expect(step(page, 'API call')).toContainText(`The API answers for ${member.tenant.name}, test`)
  })
})

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('the keyboard alone tries a client, whose tokens are bound to a key', async ({ page, member }) => {
    test.slow()
    await newClient(member, 'public', 'authorization_code', 'openid usage:read', '--dpop-required')
    await page.reload()
    await tabTo(page, tryIt(page).getByRole('button', { name: 'Try it' }))
    await page.keyboard.press('Enter')
    await expect(tryIt(page).locator(':focus')).toHaveCount(1)
    const add = button(page, 'Add the redirect URI')
    await expect(add).toBeVisible()
    await tabTo(page, add)
    await page.keyboard.press('Enter')
    await expect(button(page, 'Remove the redirect URI')).toBeVisible()
    await expect(page.getByRole('checkbox', { name: 'Bind the tokens to a key' })).toBeChecked()
    await sound(page, 'ready')
    const begin = button(page, 'Sign in as a user')
    await tabTo(page, begin)
    const popup = await opens(page, () => page.keyboard.press('Enter'))
    await joins(popup)
    await done(page)
    await expect(message(page, 'API request').getByRole('row', { name: /^authorization/ })).toContainText('DPoP ey')
    await sound(page, 'done')
  })
})

test('the callback page alone says what it is for', async ({ page }) => {
  await page.goto('/console/oauth-clients/callback')
  await expect(page.getByRole('heading', { name: 'Nothing to take back' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the Console' })).toBeVisible()
  await sound(page, 'callback')
})

import type { Page } from '@playwright/test'
import { type PlaygroundPage, VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, refused, test } from './fixtures.ts'
import { sound } from './sound.ts'

const steps = [
  ...(['Authorization', 'Code exchange', 'Renewal', 'API call', 'Who it is', 'Token status', 'Revocation'] as const),
]
type Step = (typeof steps)[number]

/** The OAuth tab, by its accessible names. */
class OAuthTab {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true })
  }
  choice(name: string) {
    return this.page.getByRole('checkbox', { name, exact: true })
  }
  step(name: Step) {
    const title = this.page.getByRole('heading', { name: new RegExp(`^${name}`), level: 3 })
    return this.page.getByRole('list', { name: 'Steps of the flow' }).getByRole('listitem').filter({ has: title })
  }
  message(name: string) {
    return this.page.getByRole('article', { name })
  }

  /** Opens a step that is folded. */
  async show(name: Step): Promise<void> {
    await this.step(name).getByRole('heading').getByRole('button').click()
  }

  /** Presses what opens the popup; answers with the popup, which has an authenticator. */
  async opens(press: Promise<void> | (() => Promise<void>)): Promise<Page> {
    const opened = this.page.context().waitForEvent('page')
    await (typeof press === 'function' ? press() : press)
    const popup = await opened
    await VirtualAuthenticator.attach(popup)
    return popup
  }
}

/** Makes an account in the popup, and answers the consent. */
async function joins(popup: Page, answer: 'Allow' | 'Deny' = 'Allow'): Promise<string> {
  const username = `ada-${crypto.randomUUID().slice(0, 8)}`
  await popup.getByRole('textbox', { name: 'Username' }).fill(username)
  await popup.getByRole('button', { name: 'Create a passkey' }).click()
  await popup.getByRole('button', { name: answer, exact: true }).click()
  return username
}

async function opened(page: Page, playground: PlaygroundPage, key?: string): Promise<OAuthTab> {
  await playground.open(key)
  await playground.show('OAuth')
  return new OAuthTab(page)
}

let errors: string[]
test.beforeEach(({ context }) => {
  errors = []
  // The fixture watches the page; this watches its popups.
  context.on('page', (popup) => {
    popup.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    popup.on('pageerror', (error) => errors.push(error.message))
  })
})
test.afterEach(() => expect(errors).toEqual([]))

test('a stranger sees the whole flow in three clicks and a sign-in', async ({ page, playground }) => {
  await playground.open()
  const app = new OAuthTab(page)
  await playground.tab('OAuth').click()
  await page.getByRole('button', { name: 'Begin with Acme Wallet' }).click()
  const popup = await app.opens(() => app.button('Run it all').click())
  const username = await joins(popup)
  await expect(page.getByText('The whole flow is done.')).toBeVisible()
  expect(popup.isClosed()).toBe(true)

  const outcomes: Record<Step, RegExp> = {
    Authorization: /The page has a code/,
    'Code exchange': /an access token, an ID token, a refresh token/,
    Renewal: /a new refresh token in place of the old one/,
    'API call': /The API answers for Acme Wallet, test/,
    'Who it is': new RegExp(`The user is ${username}`),
    'Token status': /The token is active/,
    Revocation: /Everything that came from this consent has ended/,
  }
  await expect(app.step('Revocation')).toContainText(outcomes.Revocation)
  await expect(app.message('Status request').getByRole('row', { name: /^active/ })).toContainText('false')
  for (const step of steps.slice(0, -1)) {
    await app.show(step)
    await expect(app.step(step)).toContainText(outcomes[step])
    await expect(
      app
        .step(step)
        .getByRole('article')
        .getByText(/^(?:GET|POST)$/),
    ).toBeVisible()
  }
  // The page's own ceremonies are another matter.
  await playground.expectState('idle')
})

test('a scope that the server leaves out is said to be, before and after', async ({ page, tenant, playground }) => {
  const app = await opened(page, playground, tenant.key)
  const lasting = app.choice('offline_access')
  await lasting.check()
  await expect(lasting).toHaveAccessibleDescription(/will be left out, since the request does not ask for consent/)
  const leftOut = page.getByRole('note').filter({ hasText: 'offline_access was left out' })
  await joins(await app.opens(() => app.button('Authorize in a popup').click()))
  await expect(app.step('Authorization')).toContainText('The page has a code')
  await expect(leftOut).toContainText('Ask for consent again')

  await app.choice('Ask for consent again').check()
  await expect(lasting).toHaveAccessibleDescription('Stay connected while you are away')
  const popup = await app.opens(() => app.button('Authorize in a popup').click())
  await expect(popup.getByRole('list', { name: 'What it asks for' })).toContainText('Stay connected while you are away')
  await popup.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(app.step('Authorization')).toContainText('The page has a code')
  await expect(leftOut).toHaveCount(0)
})

test('step by step, with the request pushed and the tokens bound to a key', async ({ page, tenant, playground }) => {
  test.slow()
  const app = await opened(page, playground, tenant.key)
  await app.choice('Bind the tokens to a key').check()
  await app.choice('Push the request').check()
  const popup = await app.opens(() => app.button('Authorize in a popup').click())
  await expect(page.getByText('Waiting for you in the other window.')).toBeVisible()
  expect([...new URL(await addressOf(app)).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
  const username = await joins(popup)
  await expect(app.step('Authorization')).toContainText('The page has a code')

  const pair = page.getByRole('region', { name: 'PKCE pair' }).getByRole('listitem')
  const [verifier = '', hash = '', challenge = ''] = await pair.locator('p:nth-child(2)').allTextContents()
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  expect([hash, challenge]).toEqual([digest.toString('hex'), digest.toString('base64url')])
  await app.button('2 Pushed request').click()
  await expect(app.message('Pushed request').getByRole('row', { name: /^code_challenge / })).toContainText(challenge)

  await app.button('Exchange the code').click()
  for (const token of ['Access token', 'ID token'])
    await expect(page.getByRole('region', { name: token }).getByText('Signature verified')).toBeVisible()
  const access = page.getByRole('region', { name: 'Access token' })
  await access.getByRole('button', { name: 'What the access token says' }).click()
  await expect(access.getByRole('row', { name: /^typ/ })).toContainText('at+jwt')
  await expect(access.getByRole('row', { name: /^aud/ })).toContainText(`${new URL(page.url()).origin}/v1`)
  await expect(access.getByRole('row', { name: /^providerTenantId/ })).toContainText(tenant.id)
  const jkt = JSON.parse(
    (await access.getByRole('row', { name: /^cnf/ }).getByRole('cell').first().textContent()) ?? '',
  ).jkt
  expect(jkt).toMatch(/^[\w-]{43}$/)
  await expect(page.getByRole('region', { name: 'ID token' })).toContainText(`audience playground_${tenant.id}`)
  await sound(page, 'exchanged')

  await app.button('Call the API').click()
  await expect(app.step('API call')).toContainText(`The API answers for ${tenant.name}, test`)
  const request = app.message('API request')
  await expect(request.getByRole('row', { name: /^authorization/ })).toContainText('DPoP ey')
  await request.getByRole('button', { name: 'Raw', exact: true }).click()
  await expect(request.getByRole('region', { name: 'request' })).toContainText('GET /v1/tenant HTTP/1.1')
  const proof = page.getByRole('region', { name: 'DPoP proof' })
  await proof.getByRole('button', { name: 'What the DPoP proof says' }).click()
  await expect(proof.getByRole('row', { name: /^htu/ })).toContainText('/v1/tenant')
  await expect(proof.getByRole('row', { name: /^typ/ })).toContainText('dpop+jwt')
  await sound(page, 'called')

  await app.button('Userinfo').click()
  await expect(app.step('Who it is')).toContainText(`The user is ${username}`)
  await app.button('Refresh').click()
  await expect(app.step('Renewal')).toContainText('A new access token')
  await expect(page.getByRole('region', { name: 'Access token' }).getByText('Signature verified')).toBeVisible()
})

/** Where the popup was sent, as the page tells. */
async function addressOf(app: OAuthTab): Promise<string> {
  const request = app.message('Authorization request')
  await request.getByRole('button', { name: 'Raw', exact: true }).click()
  const text = await request.getByText(/^GET http/).textContent()
  return (text ?? '').replace(/^GET /, '').trim()
}

test.describe('a token for the MPC server', () => {
  test.use({ expectedErrors: refused(401) })

  test('is for nobody else', async ({ page, tenant, playground }) => {
    const app = await opened(page, playground, tenant.key)
    await page.getByRole('radio', { name: 'MPC server' }).check()
    await joins(await app.opens(() => app.button('Authorize in a popup').click()))
    await expect(app.step('Authorization')).toContainText('The page has a code')
    await app.button('Exchange the code').click()
    const access = page.getByRole('region', { name: 'Access token' })
    await expect(access.getByText('Signature verified')).toBeVisible()
    await expect(access).toContainText('audience mpc-server:test')
    await app.button('Call the API').click()
    await expect(app.step('API call')).toContainText('Refused, and rightly so')
  })
})

test('a denial, a closed window and a blocked one are explained, and another try works', async ({
  page,
  tenant,
  playground,
}) => {
  test.slow()
  const app = await opened(page, playground, tenant.key)
  await app.button('Refresh').click()
  await expect(app.step('Renewal')).toContainText('There is no refresh token yet: exchange the code first.')

  await joins(await app.opens(() => app.button('Authorize in a popup').click()), 'Deny')
  await expect(app.step('Authorization')).toContainText('Access was denied')
  await expect(app.step('Authorization')).toContainText('Authorize again, and press Allow.')
  await expect(app.message('Authorization response').getByRole('row', { name: /^error / })).toContainText(
    'access_denied',
  )
  await sound(page, 'denied')

  const closed = await app.opens(() => app.button('Authorize in a popup').click())
  await closed.close()
  await expect(app.step('Authorization')).toContainText('It went away before the server had an answer')

  const unwanted = await app.opens(() => app.button('Authorize in a popup').click())
  await app.button('Stop waiting').click()
  await expect(app.step('Authorization')).toContainText('You stopped waiting')
  await expect.poll(() => unwanted.isClosed()).toBe(true)

  await page.evaluate(() => Object.assign(window, { open: () => null }))
  await app.button('Authorize in a popup').click()
  await expect(page.getByRole('note')).toContainText('Your browser blocked the popup')
  await sound(page, 'blocked')
  const link = page.getByRole('link', { name: 'Open the sign-in page yourself' })
  const address = (await link.getAttribute('href')) ?? ''
  const own = await app.opens(async () => void (await (await page.context().newPage()).goto(address)))
  await own.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(own.getByText('The Playground has the answer.')).toBeVisible()
  await expect(app.step('Authorization')).toContainText('The page has a code')
  // Who allowed it once is not asked again.
  await app.button('Authorize in a popup').click()
  const quick = page.context().waitForEvent('page')
  await link.click()
  await expect.poll(async () => (await quick).isClosed()).toBe(true)
  await expect(app.step('Authorization')).toContainText('The page has a code')
  await app.button('Exchange the code').click()
  await expect(app.step('Code exchange')).toContainText('The app holds')
})

test('a live key is told where its clients are made', async ({ page, tenant, playground }) => {
  const { secret } = await tenant.addKey('usage:read', 'live')
  const app = await opened(page, playground, secret)
  await expect(page.getByRole('link', { name: 'OAuth clients in the Console' })).toHaveAttribute(
    'href',
    '/console/oauth-clients',
  )
  await expect(app.button('Authorize in a popup')).toHaveCount(0)
  await playground.apiKey.fill(tenant.key)
  await expect(app.button('Authorize in a popup')).toBeVisible()
})

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 360, height: 780 }, colorScheme: 'dark' })

  test('the tab fits and is sound, and the keyboard alone works it', async ({ page, tenant, playground }) => {
    test.slow()
    const app = await opened(page, playground, tenant.key)
    const fits = () =>
      expect
        .poll(() => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)))
        .toBeLessThanOrEqual(360)
    await expect(app.button('Authorize in a popup')).toBeVisible()
    await fits()
    const popup = await app.opens(() => app.button('Run it all').press('Enter'))
    await joins(popup)
    await expect(page.getByText('The whole flow is done.')).toBeVisible()
    for (const step of steps) {
      if (step !== 'Revocation') await app.step(step).getByRole('heading').getByRole('button').press('Enter')
      await fits()
    }
    await app.step('Code exchange').getByRole('heading').getByRole('button').press('Enter')
    await page.getByRole('button', { name: 'What the ID token says' }).press('Enter')
    await fits()
    await sound(page, 'exchange, unfolded')
  })
})

test('the callback page alone says what it is for', async ({ page }) => {
  await page.goto('/playground/callback')
  await expect(page.getByRole('heading', { name: 'Nothing to take back' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open the Playground' })).toBeVisible()
  await sound(page, 'callback')
})

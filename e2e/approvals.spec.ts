import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { another } from './console.ts'
import { tabTo } from './focus.ts'
import { type App, expect, refused, signUp, test } from './oauth.ts'
import { looks, sound } from './sound.ts'

type Action = Parameters<Client['approvals']['create']>[0]['action']

const action = {
  type: 'mpc.sign',
  keyId: 'mpk_treasury',
  messageHash: createHash('sha256').update('Pay').digest('base64url'),
  display: { title: 'Pay 12.50 USDC to Globex', lines: ['From Treasury', 'Fee 0.01 USDC'] },
} satisfies Action

/** What an app with this user's access token asks them, and how it learns the answer. */
async function askedBy(app: App, page: Page, wanted: Action = action) {
  await app.open(page)
  await signUp(page, 'ada')
  await page.getByRole('button', { name: 'Allow' }).click()
  const { accessToken } = await app.tokens(page)
  const { approvals } = new Client({ accessToken, baseUrl: String(process.env.BASE_URL) })
  const { id, url } = await approvals.create({ action: wanted })
  return { url, read: () => approvals.read(id) }
}

const approve = (page: Page) => page.getByRole('button', { name: 'Approve' })
const decline = (page: Page) => page.getByRole('button', { name: 'Decline' })
const over = (page: Page) => page.getByRole('heading', { name: 'This approval is no longer open' })

const scope = 'openid mpc:sign'

test('the user sees who asks and for what, approves with a passkey, and the app is given the approval', async ({
  page,
  newApp,
  tenant,
  authenticator,
}) => {
  const { url, read } = await askedBy(await newApp({ scope }), page)
  const response = await page.goto(url)
  expect(response?.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-frame-options': 'DENY',
  })
  await expect(page).toHaveTitle('Photo Book asks for your approval')
  const main = page.getByRole('main')
  await expect(main).toContainText(`It wants to sign one message with your MPC key at ${tenant.name}.`)
  await expect(main).toContainText('You are asked as ada.')
  const words = page.getByRole('region', { name: 'In the words of Photo Book' })
  for (const line of ['Pay 12.50 USDC to Globex', 'From Treasury', 'Fee 0.01 USDC'])
    await expect(words).toContainText(line)
  await expect(page.getByText('mpk_treasury', { exact: true })).toBeVisible()
  await expect(page.getByText(action.messageHash, { exact: true })).toBeVisible()
  expect(await read()).toEqual({ status: 'pending' })
  const used = authenticator.nextAssertion()
  await approve(page).click()
  await used
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeFocused()
  const { status, approval } = await read()
  expect([status, typeof approval]).toEqual(['approved', 'string'])
  expect(await read()).toEqual({ status: 'approved' })
  await page.reload()
  await expect(over(page)).toBeVisible()
})

test('Decline needs no passkey, and the app learns that and nothing else', async ({ page, newApp, authenticator }) => {
  const { url, read } = await askedBy(await newApp({ scope }), page)
  await page.goto(url)
  await authenticator.setPresence(false)
  await decline(page).click()
  await expect(page.getByRole('heading', { name: 'Declined' })).toBeFocused()
  expect(await read()).toEqual({ status: 'declined' })
})

test('the keyboard alone approves', async ({ page, newApp, authenticator: _ }) => {
  const { url, read } = await askedBy(await newApp({ scope }), page)
  await page.goto(url)
  await expect(approve(page)).toBeVisible()
  await tabTo(page, approve(page))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible()
  expect((await read()).status).toBe('approved')
})

test.describe('framed', () => {
  test.use({ expectedErrors: [/^Framing .*frame-ancestors/] })

  test('another site cannot frame the page', async ({ page, newApp, authenticator: _ }) => {
    const app = await newApp({ scope })
    const { url } = await askedBy(app, page)
    await page.goto(app.redirectUri)
    const console = page.waitForEvent('console', (message) => message.type() === 'error')
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), url)
    expect((await console).text()).toMatch(/frame-ancestors|X-Frame-Options/)
    await expect(page.frameLocator('iframe').getByRole('button', { name: 'Approve' })).toHaveCount(0)
  })
})

test.describe(() => {
  test.use({ expectedErrors: refused(404) })

  test('of two windows with the same approval, one is answered, and the other says so', async ({
    page,
    newApp,
    authenticator: _,
  }) => {
    const { url, read } = await askedBy(await newApp({ scope }), page)
    await page.goto(url)
    const { page: other } = await another(page)
    await other.goto(url)
    await decline(other).click()
    await expect(other.getByRole('heading', { name: 'Declined' })).toBeVisible()
    await other.context().close()
    await approve(page).click()
    await expect(page.getByTestId('status')).toContainText('This page is no longer good')
    await expect(page.getByTestId('status')).toBeFocused()
    expect(await read()).toEqual({ status: 'declined' })
  })
})

test('a passkey that nobody touches leaves it open, and can be tried again; what changes is said in words', async ({
  page,
  newApp,
  authenticator,
}) => {
  const { url, read } = await askedBy(await newApp({ scope }), page, {
    ...{ type: 'mpc.update', keyId: action.keyId, display: { title: 'Nothing to worry about' } },
    messageHash: createHash('sha256').update('{"approval":"never","maxPerHour":0}').digest('base64url'),
    change: { approval: 'never', maxPerHour: 0 },
  })
  await page.goto(url)
  const words = 'Signatures need no passkey: whoever has the token of your sign-in can sign.'
  await expect(page.getByText(words)).toBeVisible()
  await authenticator.setPresence(false)
  await approve(page).click()
  await expect(page.getByTestId('status')).toHaveAttribute('data-state', 'working')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByTestId('status')).toContainText('Cancelled')
  expect(await read()).toEqual({ status: 'pending' })
  await authenticator.setPresence(true)
  await approve(page).click()
  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible()
})

const longest: Action = {
  ...action,
  keyId: `mpk_${'k'.repeat(64)}`,
  display: { title: 'W'.repeat(64), lines: Array.from({ length: 12 }, () => 'W'.repeat(160)) },
}

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use(options)

    test('axe finds nothing, and nothing is wider than the screen', async ({ page, newApp, authenticator: _ }) => {
      test.slow()
      const { url } = await askedBy(await newApp({ scope }), page, longest)
      await page.goto(url)
      await expect(approve(page)).toBeVisible()
      await sound(page, 'asking')
      await approve(page).click()
      await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible()
      await sound(page, 'approved')
      await page.goto(url)
      await expect(over(page)).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(
        options.colorScheme === 'dark',
      )
      await sound(page, 'no longer open')
    })
  })
}

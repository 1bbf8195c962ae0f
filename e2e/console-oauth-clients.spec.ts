import type { APIRequestContext, Page } from '@playwright/test'
import { expect, refused, test } from './console.ts'
import { looks, sound } from './sound.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const redirectUri = (page: Page, row: number) => page.getByRole('textbox', { name: `Redirect URI ${row}` })
const facts = (page: Page) => page.getByRole('region', { name: 'Facts' })

/** Fills in the form of a new client, as far as every app that people sign in to needs it. */
async function fillIn(page: Page, name: string, uri = 'http://localhost:5173/callback'): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await redirectUri(page, 1).fill(uri)
  await page.getByRole('radio', { name: 'Sign-in', exact: true }).check()
}

/** Makes a public client with the form, and ends on its own page. */
async function make(page: Page, name: string, environment: 'test' | 'live' = 'test'): Promise<void> {
  await page.goto(`/console/oauth-clients/new?environment=${environment}`)
  await fillIn(page, name)
  await button(page, 'Create client').click()
  await button(page, 'Done').click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Takes the secret that is shown, and says that it is stored. */
async function store(page: Page): Promise<string> {
  await expect(page.getByTestId('secret')).toHaveText(/^cs_[0-9A-Za-z]{43}$/)
  const secret = (await page.getByTestId('secret').textContent()) ?? ''
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await button(page, 'Done').click()
  await expect(page.getByTestId('secret')).toHaveCount(0)
  return secret
}

/** Whether a client gets a token of its own with a secret: the token endpoint's status. */
async function tokenStatus(request: APIRequestContext, clientId: string, secret: string): Promise<number> {
  const answer = await request.post('/oauth/token', {
    headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    form: { grant_type: 'client_credentials' },
  })
  return answer.status()
}

test('a public client is made from the empty page: an id, how to begin, and no secret', async ({ page, member: _ }) => {
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'OAuth clients' }).click()
  await expect(page.getByRole('heading', { name: 'No test client yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Create client' }).click()
  await expect(page.getByRole('checkbox', { name: /client_credentials/ })).toBeDisabled()
  await expect(page.getByRole('checkbox', { name: 'oauth:manage' })).toHaveAccessibleDescription(
    /no user can give it away/,
  )
  await fillIn(page, 'Acme Wallet for iPhone')
  await button(page, 'Add a redirect URI').click()
  await redirectUri(page, 2).fill('com.example.app:/callback')
  await button(page, 'Create client').click()
  await expect(page.getByRole('heading', { name: 'The client is made' })).toBeVisible()
  await expect(page.getByTestId('secret')).toHaveCount(0)
  const snippet = page.getByRole('region', { name: 'sign-in', exact: true })
  await expect(snippet).toContainText('openssl dgst -sha256')
  const [, clientId = ''] = /client_id=(cli_\w+)&/.exec((await snippet.textContent()) ?? '') ?? []
  expect(clientId).toMatch(/^cli_/)
  await page.getByRole('radio', { name: 'TypeScript' }).check()
  await expect(snippet).toContainText("scope: 'openid profile'")
  await expect(snippet).toContainText('oauth.exchangeCode')
  await button(page, 'Done').click()
  await expect(facts(page)).toContainText(clientId)

  await page.getByRole('link', { name: 'Test OAuth clients' }).click()
  const card = page.getByRole('list', { name: 'Test OAuth clients' }).getByRole('listitem').first()
  await expect(card).toContainText('Acme Wallet for iPhone')
  await expect(card).toContainText('Public')
  await expect(card).toContainText('Scopes2')
  await expect(card.getByRole('listitem')).toHaveText(['http://localhost:5173/callback', 'com.example.app:/callback'])
  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('heading', { name: 'No live client yet' })).toBeVisible()
})

test('a secret is shown once, and replaced by another while both work', async ({ page, request, member: _ }) => {
  test.slow()
  await page.goto('/console/oauth-clients/new')
  await fillIn(page, 'Acme Backend')
  await page.getByRole('radio', { name: 'Confidential' }).check()
  await page.getByRole('checkbox', { name: /client_credentials/ }).check()
  await page.getByRole('checkbox', { name: 'keys:manage', exact: true }).check()
  await button(page, 'Create client').click()
  await button(page, 'Done').click()
  await expect(page.getByRole('checkbox', { name: 'I have stored it' })).toBeFocused()
  const old = await store(page)
  await expect(facts(page)).toContainText('client_credentials')
  const clientId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  await page.reload()
  const secrets = page.getByRole('list', { name: 'Secrets' })
  await expect(secrets.getByRole('listitem')).toHaveCount(1)
  await expect(secrets).toContainText(`cs_…${old.slice(-4)}`)
  expect(await page.content()).not.toContain(old)
  await expect(page.getByRole('button', { name: /^Remove cs_/ })).toHaveCount(0)

  await button(page, 'Add a secret').click()
  const next = await store(page)
  await expect(page.getByText('Two secrets work')).toBeVisible()
  await expect(button(page, 'Add a secret')).toHaveCount(0)
  expect(await Promise.all([old, next].map((secret) => tokenStatus(request, clientId, secret)))).toEqual([200, 200])
  await button(page, `Remove cs_…${old.slice(-4)}`).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(secrets.getByRole('listitem')).toHaveCount(1)
  await expect(secrets).toContainText(`cs_…${next.slice(-4)}`)
  expect(await Promise.all([old, next].map((secret) => tokenStatus(request, clientId, secret)))).toEqual([401, 200])
})

test.describe('refused by the server', () => {
  test.use({ expectedErrors: refused(400, 404) })

  test('what is wrong is said at its field, and one is taken there', async ({ page, member: _ }) => {
    await page.goto('/console/oauth-clients/new')
    const name = page.getByRole('textbox', { name: 'Name' })
    await button(page, 'Create client').click()
    await expect(name).toBeFocused()
    await expect(name).toHaveAccessibleDescription(/Give the app a name/)
    await expect(redirectUri(page, 1)).toHaveAccessibleDescription(/Say where people go back to/)
    await expect(page.getByRole('group', { name: 'Scopes' })).toHaveAccessibleDescription(/at least one scope/)

    await fillIn(page, 'Acme Wallet')
    await button(page, 'Add a redirect URI').click()
    await redirectUri(page, 2).fill('http://app.example.com/callback')
    await button(page, 'Create client').click()
    await expect(redirectUri(page, 2)).toBeFocused()
    await expect(redirectUri(page, 2)).toHaveAccessibleDescription(/on a host that is not this machine/)
    await expect(redirectUri(page, 1)).toHaveAccessibleDescription('')
    const list = await page.request.get('/console/api/oauth-clients?environment=test')
    expect(await list.json()).toEqual({ data: [] })
    await redirectUri(page, 2).fill('https://app.example.com/callback')
    await button(page, 'Create client').click()
    await expect(page.getByRole('heading', { name: 'The client is made' })).toBeVisible()
  })

  test('parts of a client are changed, and it is deleted once its name is typed', async ({ page, member: _ }) => {
    await make(page, 'Acme Wallet')
    await redirectUri(page, 1).fill('https://app.example.com/#here')
    await button(page, 'Save redirect URIs').click()
    await expect(redirectUri(page, 1)).toHaveAccessibleDescription(/has a fragment/)
    await redirectUri(page, 1).fill('https://app.example.com/callback')
    await button(page, 'Save redirect URIs').click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await page.getByRole('checkbox', { name: /refresh_token/ }).uncheck()
    await page.getByRole('switch', { name: 'Require DPoP' }).check()
    await button(page, 'Save access').click()
    await expect(facts(page)).toContainText('DPoP')
    await page.reload()
    await expect(redirectUri(page, 1)).toHaveValue('https://app.example.com/callback')
    await expect(page.getByRole('checkbox', { name: /refresh_token/ })).not.toBeChecked()

    await button(page, 'Delete').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Delete client' }).click()
    await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(/exactly as it stands/)
    await dialog.getByRole('textbox').fill('Acme Wallet')
    const address = page.url()
    await dialog.getByRole('button', { name: 'Delete client' }).click()
    await expect(page.getByRole('heading', { name: 'No test client yet' })).toBeVisible()
    await page.goto(address)
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Not found')
  })
})

test('a live client is made and deleted only after a passkey said yes', async ({ page, member }) => {
  await member.authenticator.setUserVerified(false)
  await page.goto('/console/oauth-clients/new?environment=live')
  await fillIn(page, 'Production')
  await button(page, 'Create client').click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/refused at once|dialogue was closed/)
  await member.authenticator.setUserVerified(true)
  await button(page, 'Create client').click()
  await button(page, 'Done').click()
  await button(page, 'Delete').click()
  await page.getByRole('dialog').getByRole('textbox').fill('Production')
  await member.authenticator.setUserVerified(false)
  await button(page, 'Delete client').click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/refused at once|dialogue was closed/)
  await page.reload()
  await expect(facts(page)).toContainText('live')
  await button(page, 'Delete').click()
  await page.getByRole('dialog').getByRole('textbox').fill('Production')
  await member.authenticator.setUserVerified(true)
  await button(page, 'Delete client').click()
  await expect(page.getByRole('heading', { name: 'No live client yet' })).toBeVisible()
})

test('sign-up is closed only after a passkey said yes, and the audit log knows', async ({ page, member }) => {
  await page.goto('/console/oauth-clients')
  const open = page.getByRole('switch', { name: 'People may make an account' })
  await expect(open).toBeChecked()
  await member.authenticator.setUserVerified(false)
  await open.click()
  await expect(page.getByRole('alert').filter({ hasText: /refused at once|dialogue was closed/ })).toBeVisible()
  await expect(open).toBeChecked()
  await member.authenticator.setUserVerified(true)
  await open.click()
  await expect(page.getByText('Saved. Only people who have a passkey come in.')).toBeVisible()
  await page.reload()
  await expect(open).not.toBeChecked()
  await page.goto('/console/audit')
  await expect(page.getByRole('button', { name: /changed who may sign up/ })).toBeVisible()
})

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use(options)

    test('the pages are accessible', async ({ page, member: _ }) => {
      test.slow()
      await page.goto('/console/oauth-clients/new')
      await button(page, 'Create client').click()
      await sound(page, 'mistakes')
      await fillIn(page, 'Acme Backend', `https://app.example.com/${'a-long-path/'.repeat(20)}`)
      await page.getByRole('radio', { name: 'Confidential' }).check()
      await button(page, 'Create client').click()
      await expect(page.getByTestId('secret')).toBeVisible()
      await sound(page, 'secret')
      await store(page)
      await expect(facts(page)).toBeVisible()
      await sound(page, 'client')
      await page.goto('/console/oauth-clients')
      await expect(page.getByRole('list', { name: 'Test OAuth clients' })).toBeVisible()
      await sound(page, 'list')
    })
  })
}

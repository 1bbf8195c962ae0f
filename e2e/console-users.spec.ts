import { mergeTests, type Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { another, test as console, expect, refused } from './console.ts'
import { test as oauth, signUp } from './oauth.ts'
import { sound } from './sound.ts'

const test = mergeTests(console, oauth)

// What came from a user who is gone is refused.
test.use({ expectedErrors: refused(400, 401, 404) })

/** Registers a passkey of a software authenticator, further ones too. */
async function register(page: Page, apiKey: string, username: string) {
  const baseUrl = new URL(page.url()).origin
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const client = new Client({ apiKey, baseUrl })
  return client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
}

/** Looks at a page as it is, and in the dark on a phone. */
async function soundAnywhere(page: Page, stage: string): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 }
  await sound(page, stage)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 360, height: 780 })
  await sound(page, `${stage}, dark on a phone`)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(before)
}

test('a member finds a user, takes a passkey away, and deletes the user with all that they had', async ({
  page,
  member: { tenant },
  app,
}) => {
  test.slow()
  await page.goto('/console/users')
  await expect(page.getByRole('region', { name: 'No user yet' })).toContainText('register one at the Playground')
  await expect(page.getByRole('link', { name: 'Open the Playground' })).toHaveAttribute('href', '/playground')

  // Ada lets an app in, and has a second passkey; Bob is there, too.
  const { page: adas } = await another(page)
  await app.open(adas)
  await signUp(adas, 'ada')
  await adas.getByRole('button', { name: 'Allow' }).click()
  const { accessToken } = await app.tokens(adas)
  const { secret } = await tenant.addKey('passkeys:register passkeys:manage')
  const second = (await register(page, secret, 'ada')).passkey
  await register(page, secret, 'bob')

  await page.reload()
  const list = page.getByRole('list', { name: 'Test users' })
  await expect(list.getByRole('link')).toHaveText(['bob', 'ada'])
  await soundAnywhere(page, 'users')
  await page.getByRole('textbox', { name: 'Search' }).fill('x')
  await expect(page.getByText('No test username begins with “x”.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Search' }).fill('ad')
  await expect(list.getByRole('link')).toHaveText(['ada'])
  await expect(page).toHaveURL(/\?username=ad$/)
  await list.getByRole('link', { name: 'ada' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'ada' })).toBeVisible()
  const passkeys = page.getByRole('list', { name: 'Passkeys of ada' }).getByRole('listitem')
  await expect(passkeys).toHaveCount(2)
  const sessions = page.getByRole('list', { name: 'Sessions of ada' }).getByRole('listitem')
  await expect(sessions).toHaveCount(1)
  await expect(page.getByRole('list', { name: 'Apps of ada' })).toContainText(app.name)
  const today = page.getByRole('region', { name: 'Today' })
  await expect(today).toContainText(`Allowed the app ${app.name}`)
  await soundAnywhere(page, 'a user')

  await page
    .getByRole('button', { name: `Change ${second.name}` })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('ada can no longer sign in with it.')
  await dialog.getByRole('button', { name: 'Delete passkey' }).click()
  await expect(passkeys).toHaveCount(1)
  await expect(sessions).toHaveCount(1)
  await expect(today).toContainText('deleted a passkey of ada')

  await page.getByRole('button', { name: 'Delete user…' }).click()
  await expect(dialog).toContainText('The passkey goes with ada, for good.')
  await expect(dialog).toContainText('1 session, what 1 app may do for ada and every token')
  await sound(page, 'deleting')
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(dialog).toContainText('Type ada exactly as it stands here.')
  await dialog.getByRole('textbox').fill('ada')
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(list.getByRole('link')).toHaveText(['bob'])

  await page.goBack()
  await expect(page.getByText('There is no such user')).toBeVisible()

  // Nothing of hers works any more.
  const userinfo = await page.request.get('/oauth/userinfo', { headers: { Authorization: `Bearer ${accessToken}` } })
  expect(userinfo.status()).toBe(401)
  await app.open(adas, { prompt: 'none' })
  expect((await app.answer(adas)).get('error')).toBe('login_required')
})

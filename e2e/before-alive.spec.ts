import type { Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, test } from './console.ts'

/** Opens a page that hears nothing until the answer is called. */
async function openDeaf(page: Page, path: string): Promise<() => Promise<void>> {
  let live = () => {}
  const waits = new Promise<void>((resolve) => {
    live = resolve
  })
  await page.route('**/*.js', (route) => waits.then(() => route.fallback()))
  await page.goto(path, { waitUntil: 'commit' })
  return async () => {
    expect(await page.evaluate(() => 'early' in window), 'nothing has been heard so far').toBe(true)
    live()
    await page.waitForFunction(() => !('early' in window))
  }
}

test('what is written, chosen and pressed before the page is alive is heard once it is, in its order', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const live = await openDeaf(page, '/playground')
  await playground.username.fill('ada')
  await playground.apiKey.fill(tenant.key)
  await playground.remember.check()
  await playground.preset('High assurance').check()
  // Once, though it is pressed again because nothing happened; it would be undone otherwise.
  const show = page.getByRole('button', { name: 'Show', exact: true })
  await show.click()
  await show.click()
  await page.getByRole('button', { name: 'Theme: system' }).press('Enter')
  await playground.register.click()
  await playground.expectState('idle')
  await live()

  await playground.expectState('success')
  await expect(playground.status).toContainText('ada has a passkey')
  await expect(playground.register).toBeFocused()
  await expect(playground.remember).toBeChecked()
  await expect(playground.preset('High assurance')).toBeChecked()
  await expect(page.getByText('High assurance, 5 set')).toBeVisible()
  await expect(playground.apiKey).toHaveValue(tenant.key)
  await expect(page.getByRole('button', { name: 'Hide', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Theme: light' })).toBeVisible()
  await expect(page).toHaveURL(/username=ada/)
  // It listens itself from then on: a press is one press.
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()
  await page.reload()
  await expect(playground.apiKey).toHaveValue(tenant.key)
})

test('what is pressed before the options of the address are read is done with them', async ({
  page,
  tenant,
  playground,
}) => {
  await VirtualAuthenticator.attach(page, { transport: 'usb', hasResidentKey: false })
  const path = '/playground?create.authenticatorSelection.residentKey=discouraged'
  const first = await (await page.request.get(path)).text()
  let come = () => {}
  const pressed = new Promise<void>((resolve) => {
    come = resolve
  })
  // What reads the address is a script that only an address like this asks for.
  await page.route('**/*.js', async (route) => {
    const isFirst = first.includes(new URL(route.request().url()).pathname)
    if (!isFirst) await pressed
    return route.fallback()
  })
  await page.goto(path)
  await page.waitForFunction(() => window.early?.read)
  await playground.username.fill('ada')
  await playground.apiKey.fill(tenant.key)
  await playground.register.click()
  await playground.expectState('idle')
  come()
  await playground.expectState('success')
  await expect(playground.username).toHaveValue('ada')
})

test('a key pressed before the page is alive does what it does afterwards, and moves neither caret nor focus', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const live = await openDeaf(page, '/playground')
  await playground.apiKey.fill(tenant.key)
  await playground.username.pressSequentially('aa')
  await playground.username.press('ArrowLeft')
  await playground.username.press('d')
  await playground.username.press('Enter')
  await live()
  await expect(playground.status).toContainText('ada has a passkey')
  await expect(playground.username).toBeFocused()
  await playground.username.press('x')
  await expect(playground.username).toHaveValue('adxa')
})

test('what is chosen in the Console before the page is alive is asked for, and the Back button takes it back', async ({
  page,
  member,
}) => {
  await page.goto('/console/members')
  const live = await openDeaf(page, '/console/audit')
  const [action, search, from] = [
    page.getByRole('combobox', { name: 'Action' }),
    page.getByRole('textbox', { name: 'Search' }),
    page.getByLabel('From', { exact: true }),
  ]
  await search.fill(member.name)
  await action.selectOption('member.joined')
  await from.fill('2020-01-01')
  await live()
  await expect(page).toHaveURL(/\?action=member\.joined&from=2020-01-01&q=First\+Member$/)
  await expect(action).toHaveValue('member.joined')
  await expect(search).toHaveValue(member.name)
  await expect(from).toHaveValue('2020-01-01')
  await expect(page.getByRole('main').getByRole('listitem')).toHaveText(/First Member joined/)
  await page.goBack()
  await expect(page).toHaveURL(/\/console\/audit$/)
  await expect(action).toHaveValue('')
})

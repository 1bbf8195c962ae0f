import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type Member, test as signedIn } from './console.ts'
import { expect } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

/** A member whose tenant has a key with a life behind it: made, changed by another key, revoked. */
const test = signedIn.extend<{ lived: Member & { keyId: string } }>({
  lived: async ({ member }, use) => {
    const { secret, id } = await member.tenant.addKey('keys:manage usage:read passkeys:register')
    const client = new Client({ apiKey: secret, baseUrl: process.env.BASE_URL ?? '' })
    const made = await client.keys.create({ name: 'Storefront', scopes: ['usage:read', 'passkeys:register'] })
    await client.keys.update(made.id, { scopes: ['usage:read'], allowedIps: ['203.0.113.0/24'] })
    await client.keys.revoke(made.id)
    await member.page.goto('/console/audit')
    await expect(line(member.page, /revoked a key/)).toBeVisible()
    await use({ ...member, keyId: id })
  },
})

/** An event, by its sentence: the button that opens it. */
function line(page: Page, sentence: RegExp): Locator {
  return page.getByRole('main').getByRole('button', { name: sentence, expanded: false })
}

async function sentences(page: Page): Promise<string[]> {
  return page.locator('main li button[aria-expanded]').allTextContents()
}

test('the log tells of a key’s life in sentences, newest first', async ({ lived: { page } }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
  await expect(page.getByText('The log only grows.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: /^Today, / })).toBeVisible()
  expect((await sentences(page)).slice(0, 3).map((sentence) => sentence.trim())).toEqual([
    'The key e2e revoked a key: Storefront test',
    'The key e2e changed a key: Storefront test',
    'The key e2e made a key: Storefront test',
  ])
  expect(await sentences(page)).toContainEqual(expect.stringMatching(/^The operator made the tenant/))
  expect(await sentences(page)).toContainEqual(expect.stringMatching(/^First Member joined/))
})

test('an event opens to what was before and what after, what changed first, and to all of it as JSON', async ({
  lived: { page },
}) => {
  await line(page, /changed a key: Storefront/).focus()
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'What changed' })
  const rows = table.getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(table.getByRole('row', { name: /scopes/ }).getByRole('deletion')).toHaveText('passkeys:register')
  await expect(table.getByRole('row', { name: /allowedIps/ }).getByRole('insertion')).toHaveText('+ 203.0.113.0/24')
  await page.getByRole('button', { name: /^Show \d+ that stayed$/ }).click()
  await expect(table.getByRole('row', { name: /hint/ })).toBeVisible()
  await page.getByRole('button', { name: 'Show as JSON' }).click()
  const event = JSON.parse((await page.getByRole('region', { name: 'event' }).textContent()) ?? '')
  expect(event).toMatchObject({ action: 'key.updated', actor: { type: 'key' }, before: { allowedIps: [] } })
  await expect(page.getByRole('button', { name: `Copy request id ${event.requestId}` })).toBeVisible()
  await page.getByRole('link', { name: 'Go to the key' }).click()
  await expect(page).toHaveURL(new RegExp(`/console/keys/${event.target.id}$`))
})

test('a filter stands in the address, is shown to whom it is sent, and goes away again', async ({
  lived: { page },
}) => {
  const all = await sentences(page)
  await page.getByRole('combobox', { name: 'Action' }).selectOption('key.updated')
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('test')
  await page.getByRole('textbox', { name: 'Search' }).fill('STOREFRONT')
  await expect(page).toHaveURL(/\?action=key\.updated&of=test&q=STOREFRONT$/)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('STOREFRONT')
  await expect.poll(() => sentences(page)).toEqual(['The key e2e changed a key: Storefront test'])
  await page.getByRole('textbox', { name: 'Search' }).fill('nobody at all')
  await expect(page.getByText('Nothing like that was found')).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).last().click()
  await expect(page).toHaveURL(/\/console\/audit$/)
  await expect(page.getByRole('textbox', { name: 'Search' })).toHaveValue('')
  await expect.poll(() => sentences(page)).toEqual(all)
})

test('the log says for whom, is searched by username, and tells sign-ins from changes', async ({
  member: { page, tenant },
}) => {
  const baseUrl = process.env.BASE_URL ?? ''
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = new Client({ apiKey: tenant.key, baseUrl })
  for (const username of ['ada', 'bob'])
    await passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
  const { ceremonyId, publicKey } = await passkeys.authenticate.begin({ username: 'ada' })
  await passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey) })
  const signedIn = /^The user ada signed in with .+ through the key e2e test$/
  const registered = (name: string) => new RegExp(`^The key e2e registered a passkey for ${name}: .+ test$`)
  await page.goto('/console/audit?q=ADA')
  await expect
    .poll(() => sentences(page))
    .toEqual([expect.stringMatching(signedIn), expect.stringMatching(registered('ada'))])
  await page.getByRole('radio', { name: 'Changes' }).check()
  await expect(page).toHaveURL(/\?q=ADA&kind=changes$/)
  await expect.poll(() => sentences(page)).toEqual([expect.stringMatching(registered('ada'))])
  await line(page, registered('ada')).click()
  await page.getByRole('link', { name: 'Everything about ada' }).click()
  await expect(page).toHaveURL(/\/console\/audit\?user=ada$/)
  await page.reload()
  await expect
    .poll(() => sentences(page))
    .toEqual([expect.stringMatching(signedIn), expect.stringMatching(registered('ada'))])
  await page.getByRole('button', { name: 'About ada: show everybody' }).click()
  await expect.poll(() => sentences(page)).toContainEqual(expect.stringMatching(registered('bob')))
})

test('days are whole, and the reader’s own', async ({ lived: { page } }) => {
  const all = await sentences(page)
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv'))
  await page.getByLabel('From', { exact: true }).fill(today)
  await page.getByLabel('To', { exact: true }).fill(today)
  await expect(page).toHaveURL(new RegExp(`from=${today}&to=${today}`))
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  expect(await sentences(page)).toEqual(all)
  await page.getByLabel('From', { exact: true }).fill('2020-01-01')
  await page.getByLabel('To', { exact: true }).fill('2020-12-31')
  await expect(page.getByText('Nothing like that was found')).toBeVisible()
})

test('what the filter shows is exported, as CSV and as JSON', async ({ lived: { page } }) => {
  const take = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ])
    return readFile(await download.path(), 'utf8')
  }
  await page.getByRole('textbox', { name: 'Search' }).fill('Storefront')
  await expect.poll(async () => (await sentences(page)).length).toBe(3)
  const events = JSON.parse(await take('Export JSON')) as { action: string }[]
  expect(events.map(({ action }) => action).sort()).toEqual(['key.created', 'key.revoked', 'key.updated'])
  const csv = (await take('Export CSV')).trim().split('\r\n')
  expect(csv).toHaveLength(4)
  expect(csv[0]).toContain('action')
  expect(csv.join()).not.toContain('made the tenant')
})

test('a long log is read page after page', async ({ lived: { page, keyId, tenant } }) => {
  test.slow()
  const { secret } = await tenant.addKey('keys:manage')
  const client = new Client({ apiKey: secret, baseUrl: process.env.BASE_URL ?? '' })
  for (let time = 1; time <= 50; time++) await client.keys.update(keyId, { name: `Name ${time}` })
  await page.reload()
  await expect.poll(async () => (await sentences(page)).length).toBe(50)
  await page.getByRole('button', { name: 'Load more' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('That is the whole log')).toBeVisible()
  const all = await sentences(page)
  expect(all.length).toBeGreaterThan(55)
  expect(all.at(-1)).toMatch(/made the tenant/)
  await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0)
})

test.describe('in light and in dark', () => {
  test('axe finds nothing on the audit page', async ({ lived: { page } }) => {
    test.slow()
    await soundInBoth(page, 'list')
    await line(page, /changed a key: Storefront/).click()
    await line(page, /made a key: Storefront/).click()
    await page.getByRole('button', { name: /that stayed$/ }).click()
    await page.getByRole('button', { name: 'Show as JSON' }).first().click()
    await soundInBoth(page, 'open')
    await page.getByRole('textbox', { name: 'Search' }).fill('nobody at all')
    await expect(page.getByText('Nothing like that was found')).toBeVisible()
    await soundInBoth(page, 'nothing found')
  })
})

test.describe('phone', () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 })

  test('nothing scrolls sideways, opened or not', async ({ lived: { page } }) => {
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= 360)
    expect(await fits()).toBe(true)
    await line(page, /changed a key: Storefront/).tap()
    await expect(page.getByRole('table', { name: 'What changed' })).toBeVisible()
    await page.getByRole('button', { name: 'Show as JSON' }).tap()
    expect(await fits()).toBe(true)
  })
})

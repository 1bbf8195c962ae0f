import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Client } from '#lib/sdk/client.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { admin } from './admin.ts'
import { type Member, refused, test as signedIn } from './console.ts'
import { expect } from './fixtures.ts'
import { soundInBoth } from './sound.ts'
import type { Tenant } from './tenant.ts'

/** A member whose tenant's key asked for the tenant three times, and was refused the passkeys twice. */
const test = signedIn.extend<{ busy: Member }>({
  busy: async ({ member }, use) => {
    await ask(member.tenant, '/v1/tenant', 3)
    await ask(member.tenant, '/v1/passkeys?username=ada', 2)
    await member.page.goto('/console/usage?show=requests')
    await expect(member.page.getByRole('region', { name: 'Over time' })).toBeVisible()
    await use(member)
  },
})

/** Sends a request of the tenant's key so many times, one after the other. */
async function ask({ key }: Tenant, path: string, times: number): Promise<void> {
  const url = `${process.env.BASE_URL}${path}`
  for (let time = 0; time < times; time++) await fetch(url, { headers: { Authorization: `Bearer ${key}` } })
}

/** Rows of the table, each cell's text. */
async function rows(page: Page): Promise<string[][]> {
  const all = await page.getByRole('table', { name: 'Requests over time' }).getByRole('row').all()
  return Promise.all(all.map((row) => row.locator('th, td').allTextContents()))
}

test('real requests are the page’s figures, and the table’s', async ({ busy: { page } }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible()
  const figures = page.getByRole('region', { name: 'Figures' })
  await expect(figures).toContainText('Requests5')
  await expect(figures).toContainText('Errors240 % of requests')
  await expect(page.getByRole('list', { name: 'Legend' }).getByRole('button')).toHaveText([
    'tenant.read3',
    'passkeys.list2',
  ])
  await page.getByRole('button', { name: 'Show as table' }).click()
  expect((await rows(page)).slice(0, 2)).toEqual([
    ['Day', 'All', 'tenant.read', 'passkeys.list'],
    ['Whole range', '5', '3', '2'],
  ])
  await page.getByRole('radio', { name: 'By outcome' }).check()
  expect((await rows(page))[0]).toEqual(['Day', 'All', 'ok', 'insufficient_scope'])
  await page.getByRole('button', { name: 'Show as chart' }).click()
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('insufficient_scope')
})

test('each key stands with its peaks against its limits, and leads to its page', async ({ busy: { page, tenant } }) => {
  const key = page.getByRole('list', { name: 'Usage by key' }).getByRole('listitem').filter({ hasText: 'e2e' })
  await expect(key).toContainText('5 requests, 100 %')
  await expect(key).toContainText('2 errors, 40 %')
  await expect(key).toContainText(/peak \d of 100 a minute/)
  await expect(key).toContainText('peak 1 of 5 at once')
  await key.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/console/keys/${tenant.keyId}$`))
  await expect(page).toHaveTitle('e2e · Console · WebAuthn Playground')
})

test('the CSV has the figures of the view, in the rows that were chosen', async ({ busy: { page } }) => {
  await page.getByRole('radio', { name: '24 hours' }).check()
  await page.getByRole('combobox', { name: 'Rows of the CSV file' }).selectOption('operation')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/test.*operation.*\.csv$/)
  expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n')).toEqual([
    'operation,requests,errors,passkey.registered,passkey.authenticated,token.issued,mpc.key_generated,mpc.signed',
    'passkeys.list,2,2,0,0,0,0,0',
    'tenant.read,3,0,0,0,0,0,0',
  ])
})

test('the view stands in the address, Back goes to the one before, and nothing of test is in live', async ({
  busy: { page },
}) => {
  const environment = page.getByRole('navigation', { name: 'Environment' })
  await environment.getByRole('link', { name: 'Live' }).click()
  await expect(page).toHaveURL(/\?show=requests&environment=live$/)
  await expect(page.getByRole('region', { name: 'No live requests in this range' })).toContainText('curl')
  const keys = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Keys', exact: true })
  await expect(keys).toHaveAttribute('href', '/console/keys?environment=live')
  await page.goBack()
  await expect(environment.getByRole('link', { name: 'Test' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText('Requests5')
  await page.getByRole('radio', { name: 'Custom' }).check()
  await page.getByLabel('To', { exact: true }).fill('2020-01-01')
  await expect(page.getByText('The last day is before the first.')).toBeVisible()
  await page.getByLabel('From', { exact: true }).fill('2020-01-01')
  await expect(page).toHaveURL(/from=2020-01-01&to=2020-01-01/)
  await expect(page.getByRole('region', { name: 'No test requests in this range' })).toBeVisible()
})

test('the quota of the month says what is used, and is announced from 80 % on', async ({ busy: { page, tenant } }) => {
  const allow = async (requests: string) => {
    await admin('tenants', 'quota', '--tenant', tenant.slug, '--requests', requests)
    await page.reload()
  }
  await expect(page.getByRole('region', { name: 'This month' })).toContainText('no quota')
  await allow('6')
  await expect(page.getByRole('meter', { name: 'Quota of this month' })).toHaveAttribute('aria-valuetext', /^5 of 6 /)
  await expect(page.getByRole('region', { name: 'Quota of this month' })).toContainText('83 %, 1 left')
  await expect(page.getByRole('note')).toContainText('83 % of this month’s quota is used')
  await allow('5')
  await expect(page.getByRole('region', { name: 'Quota of this month' })).toContainText('100 %, none left')
  await expect(page.getByRole('note')).toContainText('used up')
})

test('the chart and its legend are used by keyboard', async ({ busy: { page } }) => {
  const legend = page.getByRole('list', { name: 'Legend' }).getByRole('button', { name: 'passkeys.list' })
  await expect(page.getByRole('application')).toBeVisible()
  await page.getByRole('application').focus()
  // The walk begins at the first of 30 days; today is the last.
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowRight')
  const told = page.getByRole('status').filter({ hasText: '5 requests' })
  await expect(told).toContainText('tenant.read3')
  await legend.focus()
  await page.keyboard.press('Space')
  await expect(legend).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(legend).toHaveAttribute('aria-pressed', 'true')
})

test('the chart’s library is loaded where there is a chart, and nowhere else', async ({ member: { page, tenant } }) => {
  const charts = new Set<string>()
  page.on('response', async (response) => {
    if (!response.url().endsWith('.js')) return
    const text = await response.text().catch(() => '')
    if (text.includes('recharts-')) charts.add(response.url())
  })
  for (const path of ['keys', 'audit', 'usage', 'usage?show=requests']) {
    await page.goto(`/console/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
  }
  expect(charts.size).toBe(0)
  await ask(tenant, '/v1/tenant', 1)
  await page.reload()
  await expect(page.getByRole('application')).toBeVisible()
  await expect.poll(() => charts.size).toBeGreaterThan(0)
})

test('it opens on ceremonies: how many, from begin to token, and why not, which leads to those requests', async ({
  page,
  member: { tenant },
}) => {
  test.slow()
  const baseUrl = process.env.BASE_URL ?? ''
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const { passkeys } = new Client({ apiKey: tenant.key, baseUrl })
  await passkeys.register({ username: 'ada' }, { credential: (options) => authenticator.create(options) })
  for (const signature of [undefined, undefined, 'MAYCAQECAQE']) {
    const { ceremonyId, publicKey } = await passkeys.authenticate.begin({ username: 'ada' })
    const { response, ...credential } = authenticator.get(publicKey)
    const sent = { ...credential, response: { ...response, ...(signature ? { signature } : {}) } }
    await passkeys.authenticate.finish({ ceremonyId, credential: sent }).catch(() => undefined)
  }
  await passkeys.authenticate.begin({})
  await page.goto('/console/usage')
  const figures = page.getByRole('region', { name: 'Figures' })
  await expect(figures).toContainText('Sign-ins2nothing before to compare with')
  await expect(figures).toContainText('Success rate of sign-ins66.6 %')
  await expect(page.getByRole('radio', { name: '6 hours' })).toBeChecked()
  const funnel = page.getByRole('region', { name: 'Sign-ins, from begin to token', exact: true })
  await expect(funnel).toContainText(/Begun4 .*Answered3 .*Accepted2 /)
  await expect(funnel).toContainText('1 ceremony had no answer')
  await expect(page.getByRole('region', { name: 'Authenticators' })).toContainText('Provider not known1 100 %')
  await page.getByRole('button', { name: 'Show as table' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table', { name: 'Ceremonies over time' })).toContainText('Whole range4211')
  await soundInBoth(page, 'ceremonies')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  const why = funnel.getByRole('row', { name: /^Signature does not verify/ }).getByRole('link', { name: '1 in Logs' })
  await expect(why).toHaveAttribute(
    'href',
    /\?operation=passkeys\.authenticate\.finish&code=verification_failed&reason=signature&from=/,
  )
  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Live' }).click()
  await expect(page.getByText('No live registration or sign-in yet')).toBeVisible()
})

test.describe('in light and in dark', () => {
  test.use({ expectedErrors: refused(403) })

  test('axe finds nothing on the usage page', async ({ busy: { page } }) => {
    test.slow()
    await expect(page.getByRole('application')).toBeVisible()
    await soundInBoth(page, 'chart')
    await page.getByRole('radio', { name: 'By outcome' }).check()
    await page.getByRole('list', { name: 'Legend' }).getByRole('button', { name: 'ok' }).click()
    await soundInBoth(page, 'without ok')
    await page.getByRole('button', { name: 'Show as table' }).click()
    await soundInBoth(page, 'table')
    await page.goto('/console/usage?show=requests&environment=live')
    await expect(page.getByText('No live requests')).toBeVisible()
    await soundInBoth(page, 'empty')
    await page.goto('/console/usage?show=requests&from=2026-02-02&to=2026-01-01')
    await expect(page.getByText('before the first')).toBeVisible()
    await soundInBoth(page, 'mistake')
  })
})

test.describe('phone', () => {
  test.use({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 })

  test('nothing scrolls sideways but the table in its box', async ({ busy: { page } }) => {
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= 360)
    await expect(page.getByRole('application')).toBeVisible()
    expect(await fits()).toBe(true)
    await page.getByRole('button', { name: 'Show as table' }).tap()
    await expect(page.getByRole('table', { name: 'Requests over time' })).toBeVisible()
    expect(await fits()).toBe(true)
    await page.getByRole('radio', { name: 'Custom' }).tap()
    await expect(page.getByLabel('From', { exact: true })).toBeVisible()
    expect(await fits()).toBe(true)
  })
})

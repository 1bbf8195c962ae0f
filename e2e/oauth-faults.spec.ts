import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, refused, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

test.use({ expectedErrors: refused(400) })

test('six faults of the code flow, by keyboard and one sign-in: each is caught, exported, and tried again without a window', async ({
  page,
  tenant,
  playground,
}) => {
  test.setTimeout(120_000)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.open(tenant.key)
  await playground.show('OAuth')
  const section = page.getByRole('region', { name: 'Break it' })
  const button = (name: string) => section.getByRole('button', { name, exact: true })
  await button('The six faults').press('Enter')
  await expect(section).toContainText('one press, and one sign-in')
  const faults = section.getByRole('navigation', { name: 'OAuth faults' }).getByRole('button')
  await expect(faults).toHaveCount(6)

  const opened = page.context().waitForEvent('page')
  await button('Run all six').press('Enter')
  await signsUp(await opened)
  await expect(section.getByRole('progressbar', { name: 'Waiting time' })).toBeVisible({ timeout: 30_000 })
  await expect(section.getByText('6 of 6 caught', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(section).toContainText('no window opens')
  await expect(faults.filter({ hasText: /caught$/ })).toHaveCount(6)

  for (const [title, said] of [
    [
      'A redirect with one letter more',
      /Caught at both endpoints.*400 invalid_redirect_uri.*This app asked to send you/,
    ],
    ['The wrong state', /Caught by this page.*invalid_response.*which PKCE stops refused.*400 invalid_grant/],
    ['The wrong verifier', /Caught by the token endpoint.*400 invalid_grant/],
    ['Another client’s code', /Caught by the token endpoint.*400 invalid_grant/],
    ['A code, a second time', /Caught by the token endpoint.*The refresh token that the first one got refused/],
    ['The old refresh token', /Caught by the token endpoint.*the same successor accepted.*Its successor refused/],
  ] as const) {
    await faults.filter({ hasText: title }).press('Enter')
    await expect(section.getByRole('article', { name: title })).toContainText(said)
  }
  await soundInBoth(page, 'six faults tried')

  const report = JSON.parse(await exported(page, /^JSON/))
  expect(report).toMatchObject({ total: 6, caught: 6, elsewhere: 0, holes: 0, untried: 0 })
  for (const { id, by, refusedBy } of report.results) expect(by.join(', '), id).toBe(refusedBy)
  expect(await exported(page, /^Markdown/)).toContain('| Another client’s code | Token endpoint | caught |')
  const junit = await exported(page, /^JUnit/)
  expect(junit.match(/<testcase /g)).toHaveLength(6)
  expect(junit).not.toContain('<failure')

  const pages = page.context().pages().length
  await faults.filter({ hasText: 'The wrong verifier' }).press('Enter')
  const fault = section.getByRole('article', { name: 'The wrong verifier' })
  await fault.getByRole('button', { name: 'Try it again' }).press('Enter')
  await expect(button('Run all six')).not.toHaveAttribute('aria-disabled')
  await expect(fault).toContainText('Caught by the token endpoint')
  expect(page.context().pages()).toHaveLength(pages)
  await fault.getByRole('button', { name: 'Copy as…' }).press('Enter')
  await page.getByRole('menuitem', { name: /^curl/ }).press('Enter')
  await expect(fault).toContainText('Copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('# The code with another verifier: must be refused: invalid_grant\ncurl ')
  expect(copied).toContain('"code_verifier=$OTHER_CODE_VERIFIER"')

  await button('Run all six').press('Enter')
  await expect(section.getByRole('progressbar', { name: 'Waiting time' })).toBeVisible({ timeout: 30_000 })
  await button('Stop').press('Enter')
  await expect(section.getByText('5 of 6 caught', { exact: true })).toBeVisible()
  await expect(section).toContainText('1 not tried · stopped')
})

test('whoever says no, closes the window or has it blocked is told so, nothing is tried, and the next press works', async ({
  page,
  tenant,
  playground,
}) => {
  test.slow()
  await playground.open(tenant.key)
  await playground.show('OAuth')
  const section = page.getByRole('region', { name: 'Break it' })
  await section.getByRole('button', { name: 'The six faults' }).click()
  const fault = section.getByRole('article', { name: 'A redirect with one letter more' })
  const opens = async (press: Promise<void>) => {
    const [popup] = await Promise.all([page.context().waitForEvent('page'), press])
    return popup
  }
  await signsUp(await opens(fault.getByRole('button', { name: 'Try it' }).click()), 'Deny')
  await expect(section.getByRole('note')).toContainText('Access was denied. Nothing was tried')
  await expect(fault).toContainText('Not tried yet.')

  const closed = await opens(fault.getByRole('button', { name: 'Try it' }).click())
  await closed.close()
  await expect(section.getByRole('note')).toContainText('The window was closed. Nothing was tried')

  await page.evaluate(() => Object.assign(window, { open: () => null }))
  await fault.getByRole('button', { name: 'Try it' }).click()
  await expect(section).toContainText('Your browser blocked the popup.')
  await soundInBoth(page, 'blocked')
  const own = await opens(section.getByRole('link', { name: 'Open the sign-in yourself' }).click())
  await own.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(fault).toContainText('Caught at both endpoints')
})

/** Makes an account in the window, and answers what is asked for. */
async function signsUp(popup: Page, answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await VirtualAuthenticator.attach(popup)
  await popup.getByRole('textbox', { name: 'Username' }).fill(`ada-${crypto.randomUUID().slice(0, 8)}`)
  await popup.getByRole('button', { name: 'Create a passkey' }).click()
  await popup.getByRole('button', { name: answer, exact: true }).click()
}

async function exported(page: Page, format: RegExp): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export the OAuth report' }).press('Enter')
  await page.getByRole('menuitem', { name: format }).press('Enter')
  return readFileSync(await (await download).path(), 'utf8')
}

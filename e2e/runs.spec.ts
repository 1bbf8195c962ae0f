import type { Page } from '@playwright/test'
import { expect, refused, test } from './fixtures.ts'
import { sound, soundInBoth } from './sound.ts'

const list = (page: Page) => page.getByRole('list', { name: 'Runs' })
const runs = (page: Page) => list(page).getByRole('listitem')
const open = (page: Page, number: number) => page.getByRole('button', { name: `Open run ${number}`, exact: true })
const pick = (page: Page, number: number) => page.getByRole('checkbox', { name: `Pick run ${number}`, exact: true })

test('each ceremony is a run that opens with its own token, and outlives a reload without key and token', async ({
  page,
  tenant,
  signedIn: playground,
}) => {
  const first = await playground.token.textContent()
  await playground.authenticates()
  await expect(playground.token).not.toHaveText(first ?? '')
  const second = await playground.token.textContent()
  const result = await playground.lastResult()
  await expect(runs(page)).toHaveCount(3)
  await expect(runs(page).first()).toContainText('token')
  await expect(open(page, 3)).toHaveAttribute('aria-current', 'true')

  await open(page, 2).press('Enter')
  await expect(playground.token).toHaveText(first ?? '')
  await open(page, 1).click()
  await expect(page.getByRole('region', { name: 'Token' })).toContainText('This run brought no token')
  await playground.show('Checks')
  await expect(playground.panel).toContainText('WebAuthn §7.1')
  await expect(playground.status).toContainText('ada is signed in')
  expect(await playground.lastResult()).toEqual(result)
  await page.getByRole('button', { name: 'Back to the latest' }).click()
  await expect(playground.panel).toContainText('WebAuthn §7.2')
  await page.getByRole('button', { name: 'Go to run 1' }).click()
  await expect(playground.panel).toContainText('WebAuthn §7.1')
  await playground.show('OAuth')
  await expect(runs(page)).toHaveCount(1)

  await expect(page).toHaveURL(/\?tab=oauth&username=ada$/)
  await page.reload()
  await expect(page.getByTestId('runs')).toContainText('3 in this tab')
  await expect(playground.tab('OAuth')).toHaveAttribute('aria-selected', 'true')
  await expect(playground.apiKey).toHaveValue('')
  await playground.show('Checks')
  await expect(playground.panel).toContainText('WebAuthn §7.1')
  await open(page, 3).click()
  await playground.show('Token')
  await expect(page.getByRole('region', { name: 'Token' })).toContainText('The token of this run is not kept')
  await playground.expectState('idle')
  const kept = await page.evaluate(() => JSON.stringify(sessionStorage))
  for (const secret of [tenant.key, first, second]) expect(kept).not.toContain(secret?.split('.').at(-1))
})

test.describe('a list of runs', () => {
  test.use({ expectedErrors: refused(404) })

  test('compares two of them, of whichever kind, and is worked by keyboard', async ({
    page,
    registered: playground,
  }) => {
    await playground.preset('High assurance').check()
    await playground.authenticates()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(page.getByTestId('runs')).toContainText('Check two runs to compare.')
    await pick(page, 1).check()
    await pick(page, 2).check()
    await page.getByRole('button', { name: 'Compare' }).press('Enter')
    const back = page.getByRole('button', { name: 'Back to the result' })
    await expect(back).toBeFocused()
    await expect(page.getByRole('button', { name: 'Compare' })).toHaveCount(0)
    const table = page.getByRole('table', { name: 'Compared runs' })
    const row = (name: string) =>
      table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    await expect(row('userVerification').locator('mark')).toHaveText(['unset', 'required'])
    await expect(row('flags').locator('mark').first()).toContainText('0x')
    await expect(row('rpIdHash')).toHaveCount(0)
    await expect(table.getByRole('rowheader', { name: /challenge|signature/ })).toHaveCount(0)
    await page.getByRole('switch', { name: 'Only differences' }).uncheck()
    await expect(row('rpIdHash').locator('mark')).toHaveCount(0)
    await soundInBoth(page, 'compared')
    await back.click()
    await expect(table).toHaveCount(0)
    await expect(playground.token).toBeVisible()

    await page.getByRole('tab', { name: 'Token' }).focus()
    await page.keyboard.press('j')
    await expect(open(page, 1)).toHaveAttribute('aria-current', 'true')
    await page.keyboard.press('2')
    await expect(playground.tab('Checks')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('c')
    await expect(table).toBeVisible()
    await page.keyboard.press('k')
    await expect(table).toHaveCount(0)
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(help).toContainText('Authenticate')
    await sound(page, 'the list of shortcuts')
    await page.keyboard.press('a')
    await page.keyboard.press('Escape')
    await expect(help).toHaveCount(0)
    await playground.username.press('End')
    await playground.username.pressSequentially('-rack')
    await expect(playground.username).toHaveValue('ada-rack')
    await expect(runs(page)).toHaveCount(2)
    await playground.tab('Token').focus()
    await page.keyboard.press('a')
    await expect(runs(page)).toHaveCount(3)
    await expect(runs(page).first()).toContainText('no passkey here')
  })

  test('on a phone has everything in reach, and nothing is wider than the screen', async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await playground.open(tenant.key, 'ada-with-a-name-as-long-as-a-username-can-be-'.padEnd(64, 'x'))
    await playground.authenticate.click()
    await playground.expectState('error')
    await soundInBoth(page, 'one run')
    await playground.registers()
    await pick(page, 1).check()
    await pick(page, 2).check()
    await soundInBoth(page, 'two runs')
    for (const name of ['Export', 'Import', 'Share', 'Start over'])
      await expect(page.getByRole('button', { name, exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Compare' }).click()
    await expect(page.getByRole('table', { name: 'Compared runs' })).toBeVisible()
    await sound(page, 'compared')
  })
})

test('an address brings tab, options and username to another page, never a key, and what is wrong in it is said', async ({
  page,
  context,
  tenant,
  registered: playground,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.preset('High assurance').check()
  await playground.show('MPC')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByTestId('runs')).toContainText('The address is copied. No key is in it.')
  const shared = await page.evaluate(() => navigator.clipboard.readText())
  expect(shared).toMatch(/\/playground\?tab=mpc&username=ada&preset=high-assurance$/)
  expect(shared).not.toContain(tenant.key)

  const other = await context.newPage()
  await other.goto(shared)
  await expect(other.getByRole('tab', { name: 'MPC' })).toHaveAttribute('aria-selected', 'true')
  await expect(other.getByRole('textbox', { name: 'Username' })).toHaveValue('ada')
  await expect(other.getByRole('radio', { name: 'High assurance' })).toBeChecked()
  await other.goto('/playground?username=bob&create.attestation=maybe&create.timeout=9000')
  await expect(other.getByTestId('status')).toContainText('Left out: create.attestation.')
  await expect(other.getByRole('textbox', { name: 'Username' })).toHaveValue('bob')
  await expect(other).toHaveURL(/\?username=bob&create\.timeout=9000$/)

  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByTestId('runs')).toHaveCount(0)
  await expect(playground.status).toContainText('the key stays')
  await expect(playground.username).toHaveValue('')
  await expect(playground.apiKey).toHaveValue(tenant.key)
  await expect(playground.preset('Passkey')).toBeChecked()
  await expect(page).toHaveURL(/\/playground$/)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Try it with Acme Wallet' })).toBeVisible()
})

import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { admin } from './admin.ts'
import { expect, refused, test } from './console.ts'
import { tabTo } from './focus.ts'
import { looks, sound } from './sound.ts'

const balance = (page: Page) => page.getByRole('region', { name: 'Balance', exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Asks for funds, and expects what the dialogue says of it. */
async function addFunds(page: Page, amount: string, method: string, said: string): Promise<void> {
  await page.getByRole('button', { name: 'Add funds' }).click()
  await dialog(page).getByRole('textbox', { name: 'Amount' }).fill(amount)
  await dialog(page).getByRole('combobox', { name: 'Payment method' }).selectOption({ label: method })
  await dialog(page)
    .getByRole('button', { name: /^(?:Add test|Ask for) funds$/ })
    .click()
  await expect(dialog(page).getByRole('status')).toContainText(said)
  if (said.includes('declined')) {
    await dialog(page).getByRole('button', { name: 'Try again' }).click()
    await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toBeFocused()
    await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveValue(amount)
  }
  await dialog(page)
    .getByRole('button', { name: /^(?:Done|Cancel)$/ })
    .click()
  await expect(dialog(page)).toHaveCount(0)
}

// The server is asked to take a card’s number, and refuses.
test.use({ expectedErrors: refused(400) })

test('a member adds test funds with cards that behave as they are called, and live funds that the operator confirms', async ({
  page,
  member: { name, tenant },
}) => {
  test.slow()
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Account' }).click()
  await expect(page.getByRole('region', { name: 'No money has moved yet' })).toContainText('Nothing here is real')
  await addFunds(page, '10', 'Test card that is declined', 'The card was declined')
  await expect(balance(page)).toContainText('$0.00')
  await addFunds(page, '25.50', 'Test card that is accepted', '$25.50 are in the balance')
  await expect(balance(page)).toContainText('$25.50')
  await addFunds(page, '4', 'Test card that is accepted after a minute', '$4.00 are on their way')
  await expect(page.getByRole('list', { name: 'Pending top-ups' })).toContainText('$4.00pending')

  const lines = page.getByRole('table', { name: 'Every transaction' }).getByRole('row')
  await expect(lines).toHaveCount(2)
  await expect(lines.last()).toContainText('Funds added+$25.50')
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('table', { name: 'Balance over time' }).getByRole('row').nth(1)).toContainText('$25.50')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  expect((await readFile(await download.path(), 'utf8')).split('\r\n')[1]).toMatch(
    /,top_up,2550,USD,2550,0,2550,0,top_/,
  )
  await page.getByRole('combobox', { name: 'Movements' }).selectOption('charge')
  await expect(page).toHaveURL(/type=charge/)
  await expect(page.getByText('No such movement')).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(lines).toHaveCount(2)
  await page.getByLabel('To', { exact: true }).fill('2020-01-31')
  await expect(page.getByText('No such movement')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Download CSV' })).toHaveAttribute('href', /to=2020-0[12]-\d\dT/)
  await page.getByRole('button', { name: 'Show everything' }).click()

  await page.getByRole('textbox', { name: 'Alert below' }).fill('30')
  await page.getByRole('button', { name: 'Save alert' }).click()
  await expect(page.getByText('Set to $30.00.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save alert' })).toBeFocused()
  await expect(balance(page)).toContainText('the balance is lower')

  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Live' }).click()
  await expect(page.getByRole('region', { name: 'No money has moved yet' })).toContainText('First a payment method')
  await page.getByRole('button', { name: 'Add funds' }).click()
  await dialog(page).getByRole('button', { name: 'Add a payment method' }).click()
  const method = page.getByRole('textbox', { name: 'New payment method' })
  await expect(method).toBeFocused()
  await method.fill('4242 4242 4242 4242')
  await page.getByRole('button', { name: 'Add payment method' }).click()
  await expect(method).toHaveAccessibleDescription(/looks like a card’s number/)
  await expect(method).toBeFocused()
  await method.fill('Invoice, net 30')
  await page.getByRole('button', { name: 'Add payment method' }).click()
  await expect(page.getByRole('list', { name: 'Payment methods' })).toContainText('Invoice, net 30')
  await addFunds(page, '1,000', 'Invoice, net 30', '$1,000.00 are on their way')
  const { data } = await admin<{ data: { id: string }[] }>('topups', 'list', '--tenant', tenant.slug)
  await admin('topups', 'confirm', data.at(0)?.id ?? '')
  await page.reload()
  await expect(balance(page)).toContainText('$1,000.00')
  await expect(page.getByRole('list', { name: 'Pending top-ups' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove Invoice, net 30' }).click()
  await dialog(page).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Payment methods' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Payment methods' })).toBeFocused()

  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Audit' }).click()
  await expect(page.getByRole('button', { name: `${name} removed a payment method: Invoice, net 30` })).toBeVisible()
  await expect(page.getByRole('button', { name: /operator added funds: Invoice, net 30/i })).toBeVisible()
})

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use(options)

    test('the page is accessible, and the keyboard alone adds funds', async ({ page, member: _ }) => {
      test.slow()
      await page.goto('/console/account')
      await expect(page.getByRole('region', { name: 'No money has moved yet' })).toBeVisible()
      await sound(page, 'empty')
      await tabTo(page, page.getByRole('button', { name: 'Add funds' }))
      await page.keyboard.press('Enter')
      await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toBeFocused()
      await sound(page, 'adding')
      await page.keyboard.press('Enter')
      await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toHaveAccessibleDescription(/From \$1\.00/)
      await expect(dialog(page).getByRole('textbox', { name: 'Amount' })).toBeFocused()
      await page.keyboard.type('12')
      await page.keyboard.press('Enter')
      await expect(dialog(page).getByRole('status')).toContainText('$12.00 are in the balance')
      await expect(dialog(page).getByRole('button', { name: 'Done' })).toBeFocused()
      await sound(page, 'added')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('table', { name: 'Every transaction' })).toBeVisible()
      await expect(page.getByText(/^The balance at the end of each day/).first()).toBeVisible()
      await sound(page, 'account')
      await page.getByRole('button', { name: 'Show as table' }).click()
      await sound(page, 'table')
      await page.goto('/console/account?environment=live')
      await expect(page.getByRole('region', { name: 'No money has moved yet' })).toBeVisible()
      await sound(page, 'live')
    })
  })
}

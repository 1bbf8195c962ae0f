import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { add, choose } from './options.ts'

test('a mistake is in the field, the JSON’s line, the lint and the set-up at once, and Register leads to it', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const begun: string[] = []
  page.on('request', (request) => request.url().endsWith('/begin') && begun.push(request.url()))
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const { json, sheet } = playground
  await json.fill('{\n  "hints": ["hybrid"],\n  "timeout": "20s"\n}')
  const timeout = playground.options('Registration').getByRole('textbox', { name: 'Timeout' })
  await expect(timeout).toHaveValue('20s')
  await expect(timeout).toHaveAccessibleDescription(/Milliseconds as a number: “20s” is text/)
  await expect(sheet.locator('[data-mark=error]')).toHaveText(/"timeout": "20s"/)
  await expect(page.getByTestId('lint')).toContainText('1 mistake')
  await expect(sheet.getByRole('status')).toContainText('1 mistake Register leads there.')
  await expect(page.getByText('1 option has a mistake')).toBeVisible()
  await playground.closeOptions()
  await playground.register.click()
  await expect(timeout).toBeFocused()
  await expect(playground.status).toContainText('Not started: the registration’s option Timeout has a mistake')
  expect(begun).toEqual([])

  await json.fill('{\n  "timeout": 60000,\n}')
  await expect(sheet.locator('[data-mark=error]')).toHaveCount(1)
  await expect(json).toHaveAccessibleDescription(/^Line 2: nothing follows this comma/)
  await playground.register.click()
  await expect(json).toBeFocused()
  expect(begun).toEqual([])
  await json.fill('{ "timeout": 60000 }')
  await playground.registers()
})

test('what the lint finds stands under the JSON and in the set-up, marks its lines, and is mended by its button', async ({
  page,
  tenant,
  playground,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const { json, sheet } = playground
  const lint = page.getByTestId('lint')
  const create = playground.options('Registration')
  await add(create, 'Hints', 'security-key')
  await expect(lint).toContainText('residentKey: required with hint security-key')
  await expect(sheet.locator('[data-mark=warning]')).toHaveCount(2)
  await expect(page.locator('#options-lint')).toHaveText('1 warning')
  await lint.getByRole('button', { name: 'Prefer it' }).click()
  await expect(lint).not.toContainText('with hint security-key')
  await expect(json).toHaveValue(/"residentKey": "preferred"/)
  await expect(
    create.getByRole('radiogroup', { name: 'Resident key' }).getByRole('radio', { name: 'preferred' }),
  ).toBeChecked()
  await expect(page.locator('#options-lint')).toHaveCount(0)
})

for (const { option, ceremony, button, mistake, write, right } of [
  {
    option: 'Timeout',
    ceremony: 'Authentication',
    button: 'authenticate',
    mistake: 'a whole number of milliseconds',
    write: (group: Locator) => written(group.getByRole('textbox', { name: 'Timeout' }), '0'),
    right: '60000',
  },
  {
    option: 'Allow credentials',
    ceremony: 'Authentication',
    button: 'signIn',
    mistake: 'a+b is not base64url',
    write: async (group: Locator) => {
      await choose(group, 'Allow credentials', 'chosen')
      return written(group.getByRole('textbox', { name: 'Allow credentials: credential IDs' }), 'AAAA a+b')
    },
    right: '',
  },
] as const) {
  test(`a mistake in ${option} stops the ceremony, says so, and takes the focus`, async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    const begun: string[] = []
    page.on('request', (request) => request.url().endsWith('/begin') && begun.push(request.url()))
    await playground.open(tenant.key, 'ada')
    await playground.registers()
    begun.length = 0
    await playground.openOptions()
    const control = await write(playground.options(ceremony))
    await expect(control).toHaveAccessibleDescription(new RegExp(mistake.replace('+', '\\+')))
    await expect(page.getByText('1 option has a mistake')).toBeVisible()
    await playground.closeOptions()

    await playground[button].click()
    await expect(control).toBeFocused()
    await expect(playground.status).toContainText(`Not started: the ${ceremony.toLowerCase()}’s option ${option} has`)
    await expect(playground.status).toContainText(mistake)
    expect(begun).toEqual([])

    await control.fill(right)
    await expect(page.getByText('1 option has a mistake')).toHaveCount(0)
    await playground[button].click()
    await expect(playground.status).toContainText('ada is signed in')
  })
}

test('a number that is not finished is a mistake, and none for the other ceremony', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const timeout = playground.options('Authentication').getByRole('textbox', { name: 'Timeout' })
  await timeout.pressSequentially('-')
  await expect(timeout).toHaveAccessibleDescription(/Milliseconds as a number/)
  await playground.registers()
  await playground.authenticate.click()
  await expect(timeout).toBeFocused()
  await expect(page.getByText('1 option has a mistake')).toBeVisible()
})

async function written(control: Locator, text: string): Promise<Locator> {
  await control.fill(text)
  return control
}

import { expect, test } from './fixtures.ts'
import { tabTo } from './focus.ts'

test('the keyboard alone leads from the address bar to the token and through it', async ({
  page,
  playground,
  authenticator: _,
}) => {
  await playground.open()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, playground.demoKeys)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Acme Wallet' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(playground.tenant).toContainText('Globex Pay')
  await tabTo(page, playground.register)
  await page.keyboard.press('Enter')
  await playground.expectState('success')
  await tabTo(page, playground.authenticate)
  await page.keyboard.press('Space')
  await expect(page.getByText('Signature verified')).toBeVisible()
  await tabTo(page, playground.tab('Token'))
  for (const tab of ['Checks', 'Ceremony', 'Asked and got', 'Passkeys', 'Break it', 'OAuth', 'MPC', 'Token'] as const) {
    await page.keyboard.press('ArrowRight')
    await expect(playground.tab(tab)).toBeFocused()
    await expect(playground.panel).toHaveAccessibleName(new RegExp(`^${tab}`))
  }
  await tabTo(page, page.getByRole('button', { name: 'Copy token' }))
  await tabTo(page, page.getByRole('link', { name: 'Decoder' }))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('decode-input')).toBeVisible()
})

test('Enter in the username begins the next step', async ({ page, tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.username.press('Enter')
  await expect(playground.status).toContainText('has a passkey')
  await playground.username.press('Enter')
  await expect(playground.status).toContainText('is signed in')
  await expect(page.getByText('Signature verified')).toBeVisible()
})

test('a button that goes with what it was for leaves the focus in the result, where the keyboard goes on', async ({
  page,
  registered: playground,
}) => {
  const next = page.getByRole('button', { name: 'Use it to sign in' })
  await next.press('Enter')
  await playground.expectState('success')
  await expect(next).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Result' })).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(playground.tab('Token')).toBeFocused()
})

test('options, checks, messages and passkeys are worked by keyboard, the focus always seen', async ({
  page,
  signedIn: playground,
}) => {
  test.slow()
  await playground.signIn.focus()
  await tabTo(page, playground.preset('Passkey'))
  await page.keyboard.press('ArrowRight')
  await expect(playground.preset('Security key')).toBeChecked()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(playground.sheet).toBeVisible()
  await page.getByRole('button', { name: 'Software authenticator', exact: true }).focus()
  await page.keyboard.press('Tab')
  await expect(playground.sheet.locator(':focus'), 'not what is under the sheet').toHaveCount(1)
  await tabTo(page, page.getByRole('button', { name: 'Reset options' }))
  const hints = playground.options('Registration').getByRole('group', { name: 'Hints' })
  await tabTo(page, hints.getByRole('button', { name: 'Add to Hints' }))
  for (const hint of ['security-key', 'client-device']) {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: hint })).toBeFocused()
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Shift+Tab')
  await expect(hints.getByRole('button', { name: 'client-device, 2 of 2' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(hints.getByRole('button', { name: 'client-device, 1 of 2' })).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(hints.getByRole('button', { name: 'security-key, 1 of 1' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(playground.sheet).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Options', exact: true })).toBeFocused()
  await playground.tab('Token').focus()
  await page.keyboard.press('ArrowRight')
  await tabTo(page, page.getByRole('list', { name: 'Verification steps' }).getByRole('link').last())
  await playground.tab('Checks').focus()
  await page.keyboard.press('ArrowRight')
  await tabTo(page, page.getByRole('button', { name: /^finish/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'finish' })).toBeVisible()
  await playground.tab('Ceremony').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await tabTo(page, page.getByRole('button', { name: /^Rename / }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('Blue laptop')
  await page.keyboard.press('Enter')
  await expect(playground.passkeys).toHaveText(['Blue laptop'])
  await tabTo(page, page.getByRole('button', { name: 'Delete Blue laptop' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No passkey on the server')).toBeVisible()
})

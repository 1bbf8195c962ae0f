import { expect, refused, setUpLink, test } from './console.ts'
import { tabTo } from './focus.ts'
import { looks, sound } from './sound.ts'

// The server asks for confirmations by refusing first.
test.use({ expectedErrors: refused(403) })

for (const [look, options] of looks) {
  test.describe(look, () => {
    test.use({ ...options, contextOptions: { reducedMotion: 'reduce' } })

    test('the entrances are accessible', async ({ page, tenant, authenticator }) => {
      test.slow()
      await page.goto('/console/sign-in')
      await sound(page, 'sign-in')
      await page.goto('/console/join')
      await expect(page.getByRole('main').getByRole('alert')).toContainText('What to do')
      await sound(page, 'no token')
      await page.goto(await setUpLink(tenant.slug))
      await expect(page.getByRole('textbox', { name: 'Your name' })).toBeVisible()
      await sound(page, 'join')
      await authenticator.setPresence(false)
      await page.getByRole('textbox', { name: 'Your name' }).fill('First Member')
      await page.getByRole('button', { name: 'Create a passkey' }).click()
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
      await sound(page, 'waiting')
    })

    test('members and settings are accessible', async ({ page, member: _ }) => {
      test.slow()
      await page.goto('/console/members')
      await expect(page.getByRole('list', { name: 'Members' })).toBeVisible()
      await sound(page, 'members')
      await page.getByRole('button', { name: 'Invite a member' }).click()
      await expect(page.getByRole('button', { name: 'Done' })).toBeVisible()
      await sound(page, 'invited')
      await page.getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: /^Withdraw/ }).click()
      await sound(page, 'withdrawing')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Add a passkey' }).click()
      await sound(page, 'adding a passkey')
      await page.goto('/console/relying-party')
      await page.getByRole('button', { name: 'Add an origin' }).click()
      await page.getByRole('textbox', { name: 'Origin 2' }).fill('https://acme.example')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText(/^Saved\./)).toBeVisible()
      await expect(page.getByText('Browsers do not ask here')).toBeVisible()
      await sound(page, 'relying party')
      await page.goto('/console/branding')
      await page.getByRole('textbox', { name: 'Colour', exact: true }).fill('#ffd500')
      await sound(page, 'branding')
    })
  })
}

test('the keyboard alone invites a member, withdraws it and signs out', async ({ page, member: _ }) => {
  await page.goto('/console/keys')
  await tabTo(page, page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Members' }))
  await page.keyboard.press('Enter')
  const invite = page.getByRole('button', { name: 'Invite a member' })
  await expect(invite).toBeVisible()
  await tabTo(page, invite)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'invitation link' })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Done' }))
  await page.keyboard.press('Enter')
  await expect(invite).toBeFocused()
  await tabTo(page, page.getByRole('button', { name: /^Withdraw/ }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('No invitation is open')).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Sign out' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/sign-in/)
})

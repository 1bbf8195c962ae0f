import { callsOf } from './calls.ts'
import { expect, test } from './fixtures.ts'

test('a button without a username says what is missing, and takes one there', async ({ tenant, playground }) => {
  await playground.open(tenant.key)
  for (const button of [playground.register, playground.authenticate]) {
    await button.click()
    await expect(playground.username).toBeFocused()
    await expect(playground.username).toHaveAccessibleDescription(/Enter a username first/)
    await playground.expectState('idle')
  }
  await playground.username.fill('ada')
  await expect(playground.username).toHaveAccessibleDescription('any name will do')
})

test('a name that is missing or cannot be right is put right by a button in the error', async ({
  page,
  tenant,
  playground,
}) => {
  const makeUp = page.getByRole('button', { name: 'Make up a name' })
  await playground.open(tenant.key)
  await expect(makeUp).toHaveCount(0)
  await playground.register.click()
  for (const text of ['', 'a'.repeat(65)]) {
    if (text) await playground.username.fill(text)
    await makeUp.click()
    await expect(playground.username).toHaveValue(/^demo-/)
    await expect(playground.username).toHaveAccessibleDescription('any name will do')
    await expect(makeUp).toHaveCount(0)
  }
})

test('a name that is no username is told under the field, and not sent', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  await playground.open(tenant.key, '🔑'.repeat(65))
  await expect(playground.username).toHaveAccessibleDescription(/at most 64 characters; this one has 65/)
  await expect(playground.username).toHaveAttribute('aria-invalid', 'true')
  await expect(playground.tenant).toBeVisible()
  const calls = callsOf(page)
  for (const button of [playground.register, playground.authenticate]) {
    await button.click()
    await expect(playground.username).toBeFocused()
    await playground.expectState('idle')
  }
  await playground.username.fill('ada\u202e')
  await expect(playground.username).toHaveAccessibleDescription(/invisible or control character/)
  await playground.username.fill('Ada ')
  await expect(playground.username).not.toHaveAttribute('aria-invalid')
  await playground.register.click()
  await expect(playground.username).toHaveAccessibleDescription(/starts or ends with white space/)
  expect(calls).toEqual([])
  await playground.username.fill('e\u0301'.repeat(64))
  await expect(playground.username).not.toHaveAttribute('aria-invalid')
  await playground.registers()
  expect(await authenticator.credentials()).toHaveLength(1)
})

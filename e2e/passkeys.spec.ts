import { expect, refused, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'
import { stopStopwatch } from './stopwatch.ts'

test.beforeEach(async ({ tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await playground.authenticates()
  await playground.show('Passkeys')
  await expect(playground.passkeys).toHaveCount(1)
})

test('a passkey shows what the server keeps of it', async ({ page, authenticator }) => {
  const [held] = await authenticator.credentials()
  const item = page.getByRole('list', { name: 'Passkeys' })
  await expect(item).toContainText(Buffer.from(held?.credentialId ?? '', 'base64').toString('base64url'))
  await expect(item.getByRole('list', { name: 'Properties' }).getByRole('listitem')).toHaveText([
    'Synced',
    'Backed up',
    /EdDSA|ES256/,
    'internal',
    /attestation/,
  ])
  await expect(item).toContainText('Sign count2')
})

test('a new name shows at once and stays', async ({ page, playground }) => {
  await page.getByRole('button', { name: /^Rename / }).click()
  await page.getByRole('textbox', { name: /^Name of / }).fill('Blue laptop')
  await page.keyboard.press('Enter')
  await expect(playground.passkeys).toHaveText(['Blue laptop'])
  await expect(page.getByRole('button', { name: 'Rename Blue laptop' })).toBeFocused()
  await playground.authenticates()
  await playground.show('Passkeys')
  await expect(playground.passkeys).toHaveText(['Blue laptop'])
})

test('Escape leaves the name as it was', async ({ page, playground }) => {
  const before = await playground.passkeys.allTextContents()
  await page.getByRole('button', { name: /^Rename / }).click()
  await page.getByRole('textbox', { name: /^Name of / }).fill('Never mind')
  await page.keyboard.press('Escape')
  await expect(playground.passkeys).toHaveText(before)
})

test('deleting asks first, and Escape keeps the passkey', async ({ page, playground }) => {
  await page.getByRole('button', { name: /^Delete / }).click()
  const question = page.getByRole('alertdialog', { name: /^Delete .+ from the server\?$/ })
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await expect(question).toHaveAccessibleDescription(/what it opened ends: its sessions, its tokens here/)
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(playground.passkeys).toHaveCount(1)
})

test('a passkey beside the sign-in is asked for by a press, as a run of its own, which says why there is none', async ({
  page,
  playground,
}) => {
  // What a browser answers depends on its password manager: here it has none that signed ada in.
  await page.evaluate(() => {
    const refuse = async ({ mediation }: { mediation?: string } = {}) => {
      throw new DOMException(`mediation ${mediation}`, 'NotAllowedError')
    }
    Object.assign(PublicKeyCredential, { getClientCapabilities: async () => ({ conditionalCreate: true }) })
    Object.assign(navigator.credentials, { create: refuse })
  })
  await page.getByRole('button', { name: 'Add a passkey without a dialogue' }).click()
  await playground.expectState('error')
  await expect(page.getByTestId('runs').locator('[data-run="3"]')).toContainText('Conditional create')
  await expect(page.getByText('a browser makes such a passkey only just after a sign-in').first()).toBeVisible()
  expect((await playground.lastResult())?.code).toBe('NotAllowedError')
  await expect(page.locator('pre', { hasText: 'NotAllowedError: mediation conditional' }).first()).toBeAttached()
  // The form’s own options are as they were.
  await page.getByRole('button', { name: 'Options', exact: true }).click()
  await expect(page.getByTestId('options-json').first()).not.toContainText('conditional')
})

test('its provider is told what has changed by a press, and only of the user’s names and of deletions', async ({
  page,
  playground,
  authenticator,
}) => {
  await page.getByRole('button', { name: /^Rename / }).click()
  await page.getByRole('textbox', { name: /^Name of / }).fill('Blue laptop')
  await page.keyboard.press('Enter')
  const names = page.getByRole('region', { name: '“Blue laptop” is the server’s name alone' })
  await expect(names).toContainText('Nothing has changed for the provider')
  await names.getByRole('button', { name: 'Signal the user’s names' }).click()
  await expect(names.getByRole('region', { name: 'signalCurrentUserDetails', exact: true })).toContainText(
    '"name": "ada"',
  )
  await expect(names).toContainText('The browser took it.')
  expect(await authenticator.credentials()).toHaveLength(1)

  await page.getByRole('button', { name: 'Delete Blue laptop' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await expect(page.getByText('No passkey on the server')).toBeVisible()
  const deletion = page.getByRole('region', { name: /^Tell .+ that “Blue laptop” is deleted$/ })
  expect(await authenticator.credentials()).toHaveLength(1)
  await deletion.getByRole('button', { name: 'Signal the deletion' }).click()
  await expect(deletion.getByText('The browser took it.')).toHaveCount(2)
  await expect(deletion.getByRole('region', { name: 'signalAllAcceptedCredentials', exact: true })).toContainText(
    '"allAcceptedCredentialIds": []',
  )
  await soundInBoth(page, 'signals')
  expect(await authenticator.credentials()).toEqual([])
  await expect(playground.passkeys).toHaveCount(0)
})

test.describe('a passkey deleted on the server', () => {
  test.use({ expectedErrors: refused(401, 404) })

  test.beforeEach(async ({ page }) => {
    await page.getByRole('button', { name: /^Delete / }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await expect(page.getByText('No passkey on the server')).toBeVisible()
  })

  test('signs nobody in with its name, and the name can be registered anew', async ({
    tenant,
    playground,
    authenticator,
  }) => {
    await playground.authenticate.click()
    await playground.expectFailure(
      `ada has no passkey at ${tenant.name}`,
      /Users belong to one tenant/,
      'Press Register first',
    )
    const made = authenticator.nextCredential()
    await playground.registers()
    await made
    await playground.authenticates()
  })

  test('is refused where the authenticator still offers it, until it is told', async ({
    page,
    tenant,
    playground,
    authenticator,
  }) => {
    const used = authenticator.nextAssertion()
    await playground.signIn.click()
    await used
    await playground.expectFailure(`Refused: ${tenant.name} does not know this passkey`, /belong|deleted/, /passkey/)
    expect(await playground.lastResult()).toMatchObject({ code: 'verification_failed', status: 401 })
    await page.getByRole('button', { name: 'Tell the provider' }).click()
    await expect(playground.status).toContainText('The browser took the signal.')
    expect(await authenticator.credentials()).toEqual([])
  })
})

test('a passkey deleted on the authenticator leaves the browser nothing to offer', async ({
  page,
  tenant: _,
  playground,
  authenticator,
}) => {
  const [held] = await authenticator.credentials()
  await authenticator.forget(held?.credentialId ?? '')
  await stopStopwatch(page)
  await playground.authenticate.click()
  await playground.expectFailure(/refused at once/, 'It holds none of ada’s passkeys for localhost', /from the top/)
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
})

test.describe('a list that cannot be read', () => {
  test.use({ expectedErrors: [/ERR_FAILED/] })

  test('is read again by a press, and no ceremony begins', async ({ page, playground }) => {
    await page.route('**/v1/passkeys', (route) => route.abort())
    await playground.authenticates()
    await playground.show('Passkeys')
    await expect(page.getByText('The server could not be reached')).toBeVisible()
    await page.unroute('**/v1/passkeys')
    await page.getByRole('button', { name: 'Read again' }).click()
    await expect(playground.passkeys).toHaveCount(1)
    await expect(playground.status).toContainText('ada is signed in')
  })
})

import { expect, test } from './fixtures.ts'
import { stopStopwatch } from './stopwatch.ts'

test('Sign in with a passkey finds out who it is', async ({ tenant, authenticator, registered: playground }) => {
  await playground.username.fill('')
  const used = authenticator.nextAssertion()
  await playground.signIn.click()
  await used
  await expect(playground.status).toContainText('ada is signed in')
  await expect(playground.username).toHaveValue('ada')
  expect(await playground.claims()).toMatchObject({ preferred_username: 'ada', providerTenantId: tenant.id })
})

test('Sign in with a passkey does not care which name is in the field', async ({ page, registered: playground }) => {
  await playground.username.fill('somebody else')
  const begun = page.waitForRequest('**/authenticate/begin')
  await playground.signIn.click()
  expect((await begun).postDataJSON()).not.toHaveProperty('username')
  await expect(playground.status).toContainText('ada is signed in')
})

test('a device without any passkey is said to be the first reason, with a button that makes one', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key)
  await stopStopwatch(page)
  await playground.signIn.click()
  await playground.expectFailure(/refused at once/, 'It holds no discoverable passkey for localhost', /from the top/)
  await playground.username.fill('ada')
  await page.getByRole('button', { name: 'Make a passkey for ada' }).click()
  await expect(playground.status).toContainText('ada has a passkey')
})

test('nothing asks for a passkey before a button is pressed', async ({ page, tenant, playground, authenticator }) => {
  const begun: string[] = []
  page.on('request', (request) => request.url().includes('/begin') && begun.push(request.url()))
  await page.addInitScript(() => {
    const calls: unknown[] = []
    Object.assign(window, { calls })
    for (const name of ['get', 'create'] as const) {
      const original = navigator.credentials[name].bind(navigator.credentials)
      navigator.credentials[name] = (options?: object) => {
        calls.push(name)
        return original(options)
      }
    }
  })
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.username.focus()
  expect(await page.evaluate('calls')).toEqual([])
  expect(begun).toEqual([])
  const made = authenticator.nextCredential()
  await playground.registers()
  await made
  expect(await page.evaluate('calls')).toEqual(['create'])
})

test('autofill signs in once it is switched on, and only once', async ({
  page,
  authenticator,
  registered: playground,
}) => {
  await playground.username.fill('')
  const begun: string[] = []
  page.on('request', (request) => request.url().includes('/authenticate/begin') && begun.push(request.url()))
  const used = authenticator.nextAssertion()
  await playground.preset('Autofill').check()
  await used
  await expect(playground.status).toContainText('ada is signed in')
  await expect(page.getByText('Signature verified')).toBeVisible()
  await playground.show('Passkeys')
  await expect(playground.passkeys).toHaveCount(1)
  expect(begun).toHaveLength(1)

  // A press opens a dialogue, and is not said to have asked for anything else.
  await playground.show('Asked and got')
  await expect(playground.panel).toContainText('conditional')
  await playground.authenticate.click()
  await expect(page.getByTestId('runs')).toContainText('3 in this tab')
  await expect(playground.token).toBeVisible()
  await playground.show('Asked and got')
  await expect(playground.panel).toContainText('Nothing was asked for')
})

test('while autofill waits, Register works, and the new passkey is offered next', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  // An authenticator that nobody keeps waiting says at once that it has no passkey, which ends an offer.
  const offered = new Promise<void>((offered) => page.exposeFunction('offered', offered))
  await page.addInitScript(() => {
    const original = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = (options) => {
      const waiting = original(options)
      ;(window as { offered?: () => void }).offered?.()
      return waiting
    }
  })
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  await authenticator.setPresence(false)
  await playground.preset('Autofill').check()
  await offered
  await playground.expectState('idle')
  await authenticator.setPresence(true)
  const made = authenticator.nextCredential()
  const used = authenticator.nextAssertion()
  await playground.register.click()
  const { credentialId } = await made
  expect((await used).credentialId).toBe(credentialId)
  await expect(playground.status).toContainText('ada is signed in')
})

test('an offer of passkeys that the browser ends by itself is no failure', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  // Virtual authenticators wait for ever; browsers with people in front of them do not.
  await page.addInitScript(() => {
    const original = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = (options) =>
      (options?.mediation as string) === 'conditional'
        ? new Promise((_, reject) => {
            addEventListener('end-of-offer', () => reject(new DOMException('Timed out.', 'NotAllowedError')))
          })
        : original(options)
  })
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  const begun = page.waitForResponse('**/authenticate/begin')
  await playground.preset('Autofill').check()
  await begun
  await expect(async () => {
    await page.evaluate(() => dispatchEvent(new Event('end-of-offer')))
    await expect(playground.status).toContainText('Autofill is off. The browser ended the offer.', { timeout: 500 })
  }).toPass()
  await playground.expectState('idle')
  await expect(playground.preset('Passkey')).toBeChecked()
  await expect(page.getByRole('list', { name: 'Steps' })).not.toContainText('failed')
  await playground.registers()
})

import { expect, refused, test } from './fixtures.ts'
import { sound, soundInBoth } from './sound.ts'

test.use({ expectedErrors: refused(401) })

test('authenticators in software register, are chosen among, sign in with a token, outlive a reload, and say everywhere what they are', async ({
  page,
  tenant,
  playground,
}) => {
  test.slow()
  const opener = page.getByRole('button', { name: 'Software authenticator', exact: true })
  const panel = page.getByRole('dialog', { name: 'Authenticators in software' })
  const stripe = page.getByRole('region', { name: 'Software authenticator is on' })
  await playground.open(tenant.key, 'ada')
  const browsersOwn = () => page.evaluate(() => navigator.credentials.create === CredentialsContainer.prototype.create)
  expect(await browsersOwn()).toBe(true)
  await opener.click()
  await expect(stripe).toHaveCount(0)
  await panel.getByRole('switch', { name: 'Answer in place of the browser' }).check()
  await panel.getByRole('button', { name: 'Add a roaming authenticator' }).click()
  await expect(panel.getByRole('list', { name: 'Authenticators', exact: true }).getByRole('heading')).toHaveText([
    'Platform',
    'Security key',
  ])
  await panel.getByRole('button', { name: 'Settings of Platform' }).click()
  await soundInBoth(page, 'panel')
  await panel.getByRole('button', { name: 'Settings of Security key' }).click()
  await expect(panel.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Security key')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(stripe).toContainText('nothing here is a real one')
  await expect(opener).toHaveAccessibleDescription('on')
  expect(await browsersOwn()).toBe(false)

  await playground.register.click()
  const choices = page.getByRole('dialog', { name: 'Which software authenticator makes the passkey?' })
  await expect(choices.getByRole('button', { name: /^Platform/ })).toBeFocused()
  await sound(page, 'chooser')
  await page.keyboard.press('Escape')
  await playground.expectState('error')
  expect(await playground.lastResult()).toMatchObject({ code: 'NotAllowedError' })
  await playground.register.click()
  await expect(choices).toBeVisible()
  await page.keyboard.press('Enter')
  await playground.expectState('success')
  const runs = page.getByTestId('runs')
  await expect(runs).toContainText('software “Platform” · synced')
  await expect(page.getByText('as it was set to say')).toBeVisible()
  await expect(page.getByText('by PIN, finger or face')).toHaveCount(0)
  await playground.show('OAuth')
  await expect(playground.panel).toContainText('The sign-in takes an authenticator of the browser’s')
  await playground.authenticates()
  await expect(page.getByText('Signature verified')).toBeVisible()
  await playground.preset('Autofill').check()
  await stripe.getByRole('button', { name: /^Fill in ada/ }).click()
  await expect(runs.getByRole('listitem')).toHaveCount(4)
  await expect(playground.status).toContainText('is signed in')
  await playground.preset('Passkey').check()
  await page.getByRole('button', { name: 'Open run 2' }).click()
  await playground.show('Asked and got')
  await expect(playground.panel).toContainText('enabled: true')
  await playground.show('Passkeys')
  await expect(playground.panel).toContainText('Software authenticator of the Playground')
  await sound(page, 'stripe')

  await page.reload()
  await expect(stripe).toBeVisible()
  await playground.apiKey.fill(tenant.key)
  await playground.authenticates()
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(stripe).toHaveCount(0)
  expect(await page.evaluate(() => sessionStorage.getItem('playground.authenticators'))).toBeNull()
  expect(await browsersOwn()).toBe(true)
})

test('autofill that waits moves to software authenticators that are switched on, and back, and the focus stays where it can go on', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  const opener = page.getByRole('button', { name: 'Software authenticator', exact: true })
  const panel = page.getByRole('dialog', { name: 'Authenticators in software' })
  const stripe = page.getByRole('region', { name: 'Software authenticator is on' })
  const fillIn = stripe.getByRole('button', { name: /^Fill in ada/ })
  const turnOn = async () => {
    await opener.click()
    await panel.getByRole('switch').check()
    await page.keyboard.press('Escape')
  }
  const turnOff = async () => {
    await stripe.getByRole('button', { name: 'Switch it off' }).focus()
    await page.keyboard.press('Enter')
    await expect(stripe).toHaveCount(0)
    await expect(opener).toBeFocused()
  }
  await playground.open(tenant.key, 'ada')
  await turnOn()
  await playground.registers()
  await turnOff()
  const autofill = playground.preset('Autofill')
  // A virtual authenticator that nobody keeps waiting says at once that it has no passkey, which ends an offer.
  await authenticator.setPresence(false)
  await autofill.check()
  for (const times of [1, 2]) {
    await turnOn()
    await expect(fillIn, `time ${times}`).toBeVisible()
    await turnOff()
    await expect(autofill).toBeChecked()
  }
  await opener.click()
  await panel.getByRole('switch').check()
  await panel.getByRole('button', { name: 'Settings of Platform' }).click()
  await panel.getByRole('combobox', { name: 'Tamper' }).selectOption('another-user-handle')
  await page.keyboard.press('Escape')
  await fillIn.click()
  await expect(playground.username).toBeFocused()
  await playground.expectState('error')
  await expect(stripe).toContainText('Platform tampered with its answer, “Another user’s handle”')
  await expect(stripe).toContainText('nobody’s: no other user is known')
  await soundInBoth(page, 'tampered')
})

test('passkeys go to Chromium’s virtual authenticator and come back, and sign in there and here', async ({
  page,
  tenant,
  playground,
}) => {
  const opener = page.getByRole('button', { name: 'Software authenticator', exact: true })
  const panel = page.getByRole('dialog', { name: 'Authenticators in software' })
  const text = panel.getByRole('textbox', { name: 'Passkeys as JSON' })
  await playground.open(tenant.key, 'ada')
  await opener.click()
  await panel.getByRole('switch', { name: 'Answer in place of the browser' }).check()
  await page.keyboard.press('Escape')
  await playground.registers()

  await opener.click()
  await panel.getByRole('button', { name: 'Write as CDP' }).click()
  await expect(panel.getByRole('status')).toContainText('One passkey written as CDP')
  const { credentials } = JSON.parse(await text.inputValue())
  await panel.getByRole('switch').uncheck()
  await panel.getByRole('button', { name: 'Remove Platform' }).click()
  await expect(panel.getByRole('list', { name: 'Authenticators', exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  for (const credential of credentials) await devTools.send('WebAuthn.addCredential', { authenticatorId, credential })
  await playground.authenticates()
  const back = await devTools.send('WebAuthn.getCredentials', { authenticatorId })
  expect(back.credentials).toMatchObject([{ signCount: 1 }])
  await devTools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })

  await opener.click()
  await panel.getByRole('button', { name: 'Add a roaming authenticator' }).click()
  await text.fill(JSON.stringify({ ...back, credentials: [...back.credentials, { credentialId: 'AQID' }] }))
  await panel.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(panel.getByRole('status')).toContainText('One passkey taken by Security key.')
  await expect(panel.getByRole('list', { name: 'Not taken' })).toContainText('credentials[1].privateKey is missing')
  await expect(panel.getByRole('switch')).toBeChecked()
  await page.keyboard.press('Escape')
  await playground.authenticates()
  await expect(page.getByTestId('runs')).toContainText('software “Security key” · token')
})

import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { watchCredentials } from './handed-over.ts'

/** The options in the next begin request's body. */
async function asked(page: Page, ceremony: 'register' | 'authenticate') {
  const request = await page.waitForRequest(`**/${ceremony}/begin`)
  return request.postDataJSON().options
}

for (const { preset, registration, authentication } of [
  {
    preset: 'Passkey',
    registration: { authenticatorSelection: { residentKey: 'required' }, extensions: { prf: {} } },
    authentication: undefined,
  },
  {
    preset: 'Security key',
    registration: {
      authenticatorSelection: { authenticatorAttachment: 'cross-platform', residentKey: 'discouraged' },
      hints: ['security-key'],
    },
    authentication: { hints: ['security-key'] },
  },
  {
    preset: 'High assurance',
    registration: {
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'direct',
      extensions: { prf: {} },
    },
    authentication: { userVerification: 'required' },
  },
] as const) {
  test.describe(preset, () => {
    test.use({ transport: preset === 'Security key' ? 'usb' : 'internal' })

    test('sends exactly its options, and the browser gets them', async ({
      page,
      tenant,
      playground,
      authenticator: _,
    }) => {
      const handedOver = await watchCredentials(page)
      await playground.open(tenant.key, 'ada')
      await playground.preset(preset).check()
      const registering = asked(page, 'register')
      await playground.registers()
      expect(await registering).toEqual(registration)
      const authenticating = asked(page, 'authenticate')
      await playground.authenticates()
      expect(await authenticating).toEqual(authentication)
      const [create, get] = await handedOver()
      expect(create?.publicKey).toMatchObject(registration)
      expect(get?.publicKey).toMatchObject({ ...authentication, allowCredentials: [{ type: 'public-key' }] })
      if (preset === 'Passkey') {
        for (const unset of ['attestationFormats', 'hints']) expect(create?.publicKey).not.toHaveProperty(unset)
        expect(create?.publicKey.authenticatorSelection).not.toHaveProperty('authenticatorAttachment')
        expect(get?.publicKey).not.toHaveProperty('extensions')
      }
    })
  })
}

test('every kind of option that a hand sets arrives unchanged', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const handedOver = await watchCredentials(page)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const create = playground.options('Registration')
  await create.getByRole('combobox', { name: 'Authenticator attachment' }).selectOption('platform')
  await create.getByRole('combobox', { name: 'Resident key' }).selectOption('preferred')
  await create.getByRole('combobox', { name: 'User verification' }).selectOption('discouraged')
  await create.getByRole('combobox', { name: 'Attestation', exact: true }).selectOption('indirect')
  await create.getByRole('group', { name: 'Attestation formats' }).getByRole('button', { name: 'tpm' }).click()
  await create.getByRole('group', { name: 'Attestation formats' }).getByRole('button', { name: 'packed' }).click()
  await create.getByRole('group', { name: 'Hints' }).getByRole('button', { name: 'hybrid' }).click()
  await create.getByRole('group', { name: 'Hints' }).getByRole('button', { name: 'client-device' }).click()
  await create.getByRole('group', { name: 'Algorithms' }).getByRole('button', { name: 'RS256 -257' }).click()
  await create.getByRole('group', { name: 'Algorithms' }).getByRole('button', { name: 'ES256 -7' }).click()
  await create.getByRole('spinbutton', { name: 'Timeout' }).fill('54321')
  await create.getByRole('textbox', { name: 'Extensions' }).fill('{ "credProps": true, "minPinLength": true }')
  await create.getByRole('combobox', { name: 'Exclude credentials' }).selectOption('none')
  const get = playground.options('Authentication')
  await get.getByRole('combobox', { name: 'User verification' }).selectOption('required')
  await get.getByRole('group', { name: 'Hints' }).getByRole('button', { name: 'client-device' }).click()
  await get.getByRole('spinbutton', { name: 'Timeout' }).fill('43210')
  await get.getByRole('textbox', { name: 'Extensions' }).fill('{ "appid": "https://example.com" }')
  await get.getByRole('textbox', { name: 'Extensions' }).fill('')
  await get.getByRole('combobox', { name: 'Allow credentials' }).selectOption('registered')
  await expect(page.getByText('Custom, 14 set')).toBeVisible()

  const registering = asked(page, 'register')
  await playground.registers()
  const registration = {
    authenticatorSelection: {
      authenticatorAttachment: 'platform',
      residentKey: 'preferred',
      userVerification: 'discouraged',
    },
    attestation: 'indirect',
    attestationFormats: ['tpm', 'packed'],
    hints: ['hybrid', 'client-device'],
    timeout: 54_321,
    extensions: { credProps: true, minPinLength: true },
  }
  expect(await registering).toEqual({ ...registration, pubKeyCredParams: [-257, -7], excludeCredentials: 'none' })
  const authenticating = asked(page, 'authenticate')
  await playground.authenticates()
  const authentication = { userVerification: 'required', hints: ['client-device'], timeout: 43_210 }
  expect(await authenticating).toEqual({ ...authentication, allowCredentials: 'registered' })

  const [created, got] = await handedOver()
  expect(created?.publicKey).toMatchObject({
    ...registration,
    pubKeyCredParams: [
      { type: 'public-key', alg: -257 },
      { type: 'public-key', alg: -7 },
    ],
  })
  expect(created?.publicKey.excludeCredentials ?? []).toEqual([])
  expect(got?.publicKey).toMatchObject(authentication)
})

test('credential IDs that are written out are the ones that the browser gets', async ({
  page,
  tenant,
  playground,
  authenticator,
}) => {
  const handedOver = await watchCredentials(page)
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  const [held] = await authenticator.credentials()
  const id = Buffer.from(held?.credentialId ?? '', 'base64').toString('base64url')
  await playground.openOptions()
  const get = playground.options('Authentication')
  await get.getByRole('combobox', { name: 'Allow credentials' }).selectOption('ids')
  await get.getByRole('textbox', { name: 'Allow credentials: credential IDs' }).fill(`AAAA\n${id}`)
  const authenticating = asked(page, 'authenticate')
  await playground.authenticates()
  expect(await authenticating).toEqual({ allowCredentials: ['AAAA', id] })
  expect((await handedOver()).at(-1)?.publicKey.allowCredentials).toHaveLength(2)
})

test('Reset options brings the preset back, and what was set is no longer sent', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await playground.options('Registration').getByRole('spinbutton', { name: 'Timeout' }).fill('9000')
  await playground.options('Registration').getByRole('textbox', { name: 'Extensions' }).fill('{ "credProps": ')
  await expect(page.getByText(/Not sent until it is right/)).toBeVisible()
  await expect(playground.preset('Passkey')).not.toBeChecked()
  await page.getByRole('button', { name: 'Reset options' }).click()
  await expect(playground.preset('Passkey')).toBeChecked()
  const registering = asked(page, 'register')
  await playground.registers()
  expect(await registering).toEqual({
    authenticatorSelection: { residentKey: 'required' },
    extensions: { prf: {} },
  })
})

for (const { option, ceremony, button, mistake, write, right } of [
  {
    option: 'Extensions',
    ceremony: 'Registration',
    button: 'register',
    mistake: 'This is not JSON',
    write: (group: Locator) => written(group.getByRole('textbox', { name: 'Extensions' }), '{ "credProps": '),
    right: '{ "credProps": true }',
  },
  {
    option: 'Timeout',
    ceremony: 'Authentication',
    button: 'authenticate',
    mistake: 'a whole number of milliseconds',
    write: (group: Locator) => written(group.getByRole('spinbutton', { name: 'Timeout' }), '0'),
    right: '60000',
  },
  {
    option: 'Allow credentials',
    ceremony: 'Authentication',
    button: 'signIn',
    mistake: 'a+b is not base64url',
    write: async (group: Locator) => {
      await group.getByRole('combobox', { name: 'Allow credentials' }).selectOption('ids')
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
    await playground.openOptions()
    await expect(control).toBeHidden()

    await playground[button].click()
    await expect(control).toBeFocused()
    await expect(playground.status).toContainText(`Not started: the ${ceremony.toLowerCase()}’s option ${option} has`)
    await expect(playground.status).toContainText(mistake)
    expect(begun).toEqual([])

    await control.fill(right)
    await expect(page.getByText('1 option has a mistake')).toHaveCount(0)
    await playground.username.fill(button === 'register' ? 'grace' : 'ada')
    await playground[button].click()
    await expect(playground.status).toContainText(button === 'register' ? 'grace has a passkey' : 'ada is signed in')
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
  const timeout = playground.options('Authentication').getByRole('spinbutton', { name: 'Timeout' })
  await timeout.pressSequentially('-')
  await expect(timeout).toHaveAccessibleDescription(/a whole number of milliseconds/)
  await playground.registers()
  await playground.authenticate.click()
  await expect(timeout).toBeFocused()
  await expect(page.getByText('1 option has a mistake')).toBeVisible()
})

async function written(control: Locator, text: string): Promise<Locator> {
  await control.fill(text)
  return control
}

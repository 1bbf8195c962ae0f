import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { watchCredentials } from './handed-over.ts'
import { sound } from './sound.ts'

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

/** Chooses a value of an option’s control. */
async function choose(group: Locator, title: string, value: string): Promise<void> {
  await group
    .getByRole('radiogroup', { name: title, exact: true })
    .getByRole('radio', { name: value, exact: true })
    .check()
}

/** Adds to an option’s list. */
async function add(group: Locator, title: string, ...values: string[]): Promise<void> {
  const list = group.getByRole('group', { name: title, exact: true })
  for (const value of values) {
    await list.getByRole('button', { name: `Add to ${title}` }).click()
    await list.getByRole('menuitem', { name: value }).click()
  }
}

test('every kind of option that a hand sets arrives unchanged', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  test.slow()
  const handedOver = await watchCredentials(page)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const create = playground.options('Registration')
  await choose(create, 'Authenticator attachment', 'platform')
  await choose(create, 'Resident key', 'preferred')
  await choose(create, 'User verification', 'discouraged')
  await choose(create, 'Attestation', 'indirect')
  await add(create, 'Attestation formats', 'tpm', 'packed')
  await add(create, 'Hints', 'hybrid', 'client-device', 'security-key')
  const hints = create.getByRole('group', { name: 'Hints' })
  await hints.getByRole('button', { name: 'Remove security-key from Hints' }).click()
  await add(create, 'Algorithms', 'RS256 (-257)', 'ES256 (-7)')
  await create.getByRole('textbox', { name: 'Timeout' }).fill('54321')
  await choose(create, 'Exclude credentials', 'none')
  const { sheet } = playground
  await sheet.getByRole('switch', { name: 'prf of the registration' }).uncheck()
  await sheet.getByRole('switch', { name: 'credProps of the registration' }).check()
  await sheet.getByRole('switch', { name: 'minPinLength of the registration' }).check()
  const get = playground.options('Authentication')
  await choose(get, 'User verification', 'required')
  await add(get, 'Hints', 'client-device')
  await get.getByRole('textbox', { name: 'Timeout' }).fill('43210')
  await choose(get, 'Allow credentials', 'registered')
  await sheet.getByRole('switch', { name: 'prf of the sign-in' }).check()
  await sheet.getByRole('textbox', { name: 'prf of the sign-in eval: first' }).fill('treasury-2026')
  await expect(page.getByText('Custom, 16 set')).toBeVisible()

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
  await expect(sheet).toHaveCount(0)
  const authenticating = asked(page, 'authenticate')
  await playground.authenticates()
  const authentication = { userVerification: 'required', hints: ['client-device'], timeout: 43_210 }
  const prf = { eval: { first: 'dHJlYXN1cnktMjAyNg' } }
  expect(await authenticating).toEqual({ ...authentication, extensions: { prf }, allowCredentials: 'registered' })

  const [created, got] = await handedOver()
  expect(created?.publicKey).toMatchObject({
    ...registration,
    pubKeyCredParams: [
      { type: 'public-key', alg: -257 },
      { type: 'public-key', alg: -7 },
    ],
  })
  expect(created?.publicKey.excludeCredentials ?? []).toEqual([])
  expect(got?.publicKey).toMatchObject({ ...authentication, extensions: { prf: { eval: { first: '13 bytes' } } } })
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
  await choose(get, 'Allow credentials', 'chosen')
  await get.getByRole('textbox', { name: 'Allow credentials: credential IDs' }).fill(`AAAA usb\n${id}`)
  const authenticating = asked(page, 'authenticate')
  await playground.authenticates()
  expect(await authenticating).toEqual({ allowCredentials: [{ id: 'AAAA', transports: ['usb'] }, id] })
  expect((await handedOver()).at(-1)?.publicKey.allowCredentials).toHaveLength(2)
})

test('Reset brings the preset back, and what was set is no longer sent', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await playground.options('Registration').getByRole('textbox', { name: 'Timeout' }).fill('9000')
  await playground.json.fill('{ "timeout": ')
  await expect(page.getByText('1 option has a mistake')).toBeVisible()
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

test('form and JSON are two sides of one thing: each writes into the other, and what neither knows reaches the browser', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  const handedOver = await watchCredentials(page)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const { json, sheet } = playground
  const create = playground.options('Registration')
  await expect(json).toHaveValue(/"residentKey": "required"/)
  await json.fill('{ "timeout": 60000, "hints": ["hybrid"], "extensions": { "uvm": true }, "foo": { "bar": 1 } }')
  await expect(create.getByRole('textbox', { name: 'Timeout' })).toHaveValue('60000')
  await expect(create.getByRole('button', { name: 'hybrid, 1 of 1' })).toBeVisible()
  await expect(
    create.getByRole('radiogroup', { name: 'Resident key' }).getByRole('radio', { name: 'unset' }),
  ).toBeChecked()
  await expect(sheet.getByText('unknown, sent as it is')).toHaveCount(2)
  // What is typed stays as it is typed, and the caret where it is.
  await expect(json).toHaveValue(/^\{ "timeout": 60000, /)
  await json.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(13, 18))
  await json.pressSequentially('61000')
  await expect(create.getByRole('textbox', { name: 'Timeout' })).toHaveValue('61000')
  expect(await json.evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(18)
  await choose(create, 'Attestation', 'direct')
  await expect(json).toHaveValue(/"attestation": "direct",[\s\S]*"timeout": 61000[\s\S]*"uvm": true[\s\S]*"foo"/)
  await sheet.getByRole('button', { name: 'Remove extensions.uvm of the registration' }).click()
  await expect(json).not.toHaveValue(/uvm/)

  const registering = asked(page, 'register')
  await playground.registers()
  expect(await registering).toEqual({ attestation: 'direct', hints: ['hybrid'], timeout: 61_000 })
  const [created] = await handedOver()
  expect(created?.publicKey).toMatchObject({ timeout: 61_000, foo: { bar: 1 } })
})

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

test('an RP ID that is wrong on purpose is sent, and the browser’s refusal is the result', async ({
  page,
  tenant,
  playground,
  authenticator: _,
}) => {
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await page.getByRole('button', { name: 'wrong on purpose? rp.id' }).click()
  await expect(playground.options('Registration').getByRole('textbox', { name: 'RP ID' })).toHaveValue('wrong.example')
  await expect(page.getByTestId('lint')).toContainText('RP ID wrong.example is neither')
  await playground.register.click()
  await playground.expectState('error')
  expect(await playground.lastResult()).toMatchObject({ code: 'SecurityError' })
})

test('nothing is cut or broken on a projector, and the focus comes back', async ({ page, tenant, playground }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.openOptions()
  await sound(page, 'options at 1280 × 720')
  await expect(playground.register).toBeInViewport()
  await expect(playground.register).toHaveCount(1)
  const cut = await playground.sheet
    .locator('fieldset label, fieldset legend, section h3, h4, button')
    .evaluateAll((all) =>
      all
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
        .map((each) => each.textContent),
    )
  expect(cut).toEqual([])
  await page.keyboard.press('Escape')
  await expect(playground.sheet).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Options', exact: true })).toBeFocused()
})

async function written(control: Locator, text: string): Promise<Locator> {
  await control.fill(text)
  return control
}

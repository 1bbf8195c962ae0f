import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { watchCredentials } from './handed-over.ts'
import { add, asked, choose } from './options.ts'
import { drag, finger } from './pointer.ts'
import { sound } from './sound.ts'

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
  test.slow()
  const handedOver = await watchCredentials(page)
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  const create = playground.options('Registration')
  await choose(create, 'Authenticator attachment', 'platform')
  await choose(create, 'Resident key', 'preferred')
  await choose(create, 'User verification', 'discouraged')
  await choose(create, 'Attestation', 'indirect')
  await add(create, 'Attestation formats', 'tpm', 'packed', 'android-key')
  await add(create, 'Hints', 'hybrid', 'client-device', 'security-key')
  const hints = create.getByRole('group', { name: 'Hints' })
  const chips = (list: Locator) => list.getByRole('button', { name: / of \d$/ })
  await drag(page.mouse, hints.getByRole('button', { name: 'hybrid, 1 of 3' }), chips(hints).last(), () =>
    expect(chips(hints)).toHaveText(['client-device', 'security-key', 'hybrid']),
  )
  await expect(hints.getByRole('button', { name: 'hybrid, 3 of 3' })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await expect(hints.getByRole('button', { name: 'hybrid, 1 of 3' })).toBeFocused()
  await hints.getByRole('button', { name: 'security-key, 3 of 3' }).press('Delete')
  await expect(hints.getByRole('button', { name: 'client-device, 2 of 2' })).toBeFocused()
  await add(create, 'Algorithms', 'RS256 (-257)', 'ES256 (-7)')
  const formats = create.getByRole('group', { name: 'Attestation formats' })
  // So narrow that the last begins a line, which it does not leave for the place of the one before.
  await formats.evaluate((group) => {
    const end = group.querySelector('li:nth-child(2)')?.getBoundingClientRect().right ?? 0
    group.style.width = `${end - group.getBoundingClientRect().left + 2}px`
  })
  await drag(await finger(page), chips(formats).nth(1), chips(formats).last(), () =>
    expect(chips(formats)).toHaveText(['tpm', 'android-key', 'packed']),
  )
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
    attestationFormats: ['tpm', 'android-key', 'packed'],
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

test('credential IDs that are written out are the ones that the browser gets, also for a field', async ({
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

  // A field that offers passkeys is told of them, too.
  const offered = authenticator.nextAssertion()
  await playground.openOptions()
  // It is answered at once, which closes the sheet.
  await get.getByRole('radiogroup', { name: 'Mediation' }).getByRole('radio', { name: 'conditional' }).click()
  await offered
  await expect(page.getByTestId('runs')).toContainText('3 in this tab')
  expect(await handedOver()).toHaveLength(3)
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
  await expect(playground.reasons.first()).toContainText('RP ID is set to wrong.example')
  await playground.reasons.first().getByRole('button', { name: 'Try with RP ID unset' }).click()
  await expect(playground.status).toContainText('ada has a passkey')
})

test('nothing is cut or broken on a projector, and the focus comes back', async ({ page, tenant, playground }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await playground.open(tenant.key, 'ada')
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.openOptions()
  await playground.sheet
    .getByRole('switch', { name: 'credentialProtectionPolicy of the registration', exact: true })
    .check()
  await sound(page, 'options at 1280 × 720')
  await expect(playground.register).toBeInViewport()
  await expect(playground.register).toHaveCount(1)
  const cut = await playground.sheet
    .locator('fieldset label, fieldset legend, section h3, h4, button, [role=radiogroup]')
    .evaluateAll((all) =>
      all
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
        .map((each) => each.textContent),
    )
  expect(cut).toEqual([])
  await page.setViewportSize({ width: 1024, height: 720 })
  const fields = playground.sheet.getByRole('group', { name: /^(?:Registration|Authentication)$/ })
  await expect(fields).toHaveCount(2)
  expect(await fields.evaluateAll((all) => all.map((each) => each.scrollWidth - each.clientWidth))).toEqual([0, 0])
  await page.keyboard.press('Escape')
  await expect(playground.sheet).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Options', exact: true })).toBeFocused()
})

import { SettingsService } from '@simplewebauthn/server'
import { expect, refused, test } from './console.ts'
import { host } from './settings.ts'

const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#c00"/></svg>'

test.describe('the relying party', () => {
  // The server asks for the confirmation by refusing first.
  test.use({ expectedErrors: refused(403) })

  test('the relying party’s name and origins are changed, and the related origin is explained', async ({
    page,
    member,
    baseURL,
  }) => {
    await page.goto('/console/relying-party')
    await expect(page.getByText('None are needed')).toBeVisible()
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme Passkeys')
    await page.getByRole('button', { name: 'Add an origin' }).click()
    const second = page.getByRole('textbox', { name: 'Origin 2' })
    await expect(second).toBeFocused()
    await second.fill('https://acme.example/sign-in')
    const related = page.getByRole('region', { name: 'document' })
    const text = JSON.stringify({ origins: ['https://acme.example'] }, null, 2)
    await expect(related).toHaveText(text)
    await expect(page.getByText('Below it is as it will be once you save.')).toBeVisible()
    await page.getByRole('textbox', { name: 'RP ID' }).fill('acme.example')
    await expect(page.getByText('Another host has to serve it')).toBeVisible()
    await expect(page.getByText('https://acme.example/.well-known/webauthn')).toBeVisible()
    await expect(related).toHaveText(JSON.stringify({ origins: [baseURL] }, null, 2))
    await page.getByRole('textbox', { name: 'RP ID' }).fill(host)
    await expect(related).toHaveText(text)
    const found = baseURL === `https://${host}` ? 'This server serves it' : 'Browsers do not ask here'
    await expect(page.getByText(found)).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/^Saved\./)).toBeVisible()
    await expect(second).toHaveValue('https://acme.example')
    await expect(second).toHaveAccessibleDescription(/Outside the RP ID/)
    await expect(related).toHaveText(text)
    await expect(page.getByText('once you save')).toHaveCount(0)
    const answer = await page.request.get('/v1/tenant', { headers: { Authorization: `Bearer ${member.tenant.key}` } })
    expect(((await answer.json()) as { relyingParty: unknown }).relyingParty).toEqual({
      id: host,
      name: 'Acme Passkeys',
      origins: [baseURL, 'https://acme.example'],
    })
    await page.getByRole('button', { name: 'Remove origin 2' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('None are needed')).toBeVisible()
  })

  test('what is no origin is named, and nothing is sent', async ({ page, baseURL, member: _ }) => {
    await page.goto('/console/relying-party')
    const origin = page.getByRole('textbox', { name: 'Origin 1' })
    await origin.fill('acme.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(origin).toHaveAccessibleDescription(/“acme.example” is not an origin/)
    await page.reload()
    await expect(origin).toHaveValue(String(baseURL))
  })

  test('a row that is left by a press on Save says what is wrong only once that was clicked', async ({
    page,
    member: _,
  }) => {
    await page.setViewportSize({ width: 390, height: 900 })
    await page.goto('/console/relying-party')
    const origin = page.getByRole('textbox', { name: 'Origin 1' })
    const save = page.getByRole('button', { name: 'Save' })
    await origin.fill('a-long-name-that-is-no-origin.acme.example')
    await save.scrollIntoViewIfNeeded()
    const before = await save.boundingBox()
    if (!before) throw new Error('Save is not drawn.')
    await page.mouse.move(before.x + before.width / 2, before.y + 2)
    await page.mouse.down()
    await expect(origin).not.toBeFocused()
    expect(await save.boundingBox()).toEqual(before)
    await page.mouse.up()
    await expect(page.getByText('Origin 1 is not written as an origin yet.')).toBeVisible()
    await expect(origin).toHaveAccessibleDescription(/is not an origin/)
  })

  test('an app’s origin is taken as it stands, and is related to no domain', async ({ page, member: _ }) => {
    const app = `android:apk-key-hash:${'A'.repeat(43)}`
    await page.goto('/console/relying-party')
    await page.getByRole('button', { name: 'Add an origin' }).click()
    const second = page.getByRole('textbox', { name: 'Origin 2' })
    await second.fill(`${app}=`)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(second).toHaveAccessibleDescription(/no Android app’s origin: .* 43 characters of base64url/)
    await second.fill(app)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText(/^Saved\./)).toBeVisible()
    await expect(second).toHaveValue(app)
    await expect(second).toHaveAccessibleDescription(/An app/)
    await expect(page.getByText('None are needed')).toBeVisible()
  })

  test.describe('that no browser takes', () => {
    test.use({ expectedErrors: refused(400, 403) })

    test('is refused under its field, with the reason', async ({ page, member: _ }) => {
      await page.goto('/console/relying-party')
      const id = page.getByRole('textbox', { name: 'RP ID' })
      await id.fill('acme.example')
      await page.getByRole('textbox', { name: 'Origin 1' }).fill('https://acme-pay.example')
      await expect(page.getByText('once you save')).toBeVisible()
      await id.fill('co.uk')
      await expect(page.getByText('once you save')).toHaveCount(0)
      await expect(page.getByText('No RP ID, no document')).toBeVisible()
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(id).toHaveAccessibleDescription(/“co.uk” is a public suffix, which no browser takes/)
      await expect(id).toBeFocused()
      await expect(page.getByText(/is a public suffix/)).toHaveCount(1)
      await page.reload()
      await expect(id).toHaveValue('localhost')
    })
  })

  test('an RP ID that would leave passkeys behind has to be typed', async ({ page, member, playground }) => {
    await playground.open(member.tenant.key, 'ada')
    await playground.registers()
    await page.goto('/console/relying-party')
    await page.getByRole('textbox', { name: 'RP ID' }).fill('acme.example')
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave one passkey behind' })
    await expect(dialog).toContainText(`One passkey was made for ${host}`)
    await dialog.getByRole('button', { name: 'Change the RP ID' }).click()
    await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(/Type acme.example exactly/)
    await dialog.getByRole('textbox', { name: 'Type the new RP ID' }).fill('acme.example')
    await dialog.getByRole('button', { name: 'Change the RP ID' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('Another host has to serve it')).toBeVisible()
    await expect(page.getByText('https://acme.example/.well-known/webauthn')).toBeVisible()
  })
})

test('what is asked of attestation, which models may register and who vouches for them are set', async ({
  page,
  member: _,
}) => {
  await page.goto('/console/attestation')
  await expect(page.getByRole('radio', { name: 'Verify' })).toBeChecked()
  await page.getByRole('radio', { name: 'Require trust' }).check()
  const model = page.getByRole('textbox', { name: 'Model 1' })
  await model.fill('ee88')
  await model.blur()
  await expect(model).toHaveAccessibleDescription(/“ee88” is no AAGUID/)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(model).toBeFocused()
  await model.fill('EE882879-721C-4913-9775-3DFCCE97072A')
  await expect(model).toHaveAccessibleDescription(/YubiKey 5/)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await expect(model).toHaveValue('ee882879-721c-4913-9775-3dfcce97072a')
  const certificate = page.getByRole('textbox', { name: 'Certificate' })
  await page.getByRole('textbox', { name: 'Anchor name' }).fill('Apple')
  await page.getByRole('button', { name: 'Add trust anchor' }).click()
  await expect(certificate).toHaveAccessibleDescription(/Paste the certificate/)
  await certificate.fill(SettingsService.getRootCertificates({ identifier: 'apple' })[0] ?? '')
  await page.getByRole('button', { name: 'Add trust anchor' }).click()
  const anchors = page.getByRole('list', { name: 'Trust anchors' })
  await expect(anchors.getByText('CN=Apple WebAuthn Root CA')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'Require trust' })).toBeChecked()
  await page.getByRole('button', { name: 'Remove Apple' }).click()
  await page.getByRole('dialog', { name: 'Remove Apple' }).getByRole('button', { name: 'Remove' }).click()
  await expect(anchors).toHaveCount(0)
})

test('the branding is previewed, saved and shown in the Console’s frame and the Playground', async ({
  page,
  member,
  playground,
}) => {
  await page.goto('/console/branding')
  const preview = page.getByRole('region', { name: 'Preview' })
  await page.getByRole('textbox', { name: 'Name' }).fill('Acme & Friends')
  await page.getByRole('textbox', { name: 'Colour', exact: true }).fill('#FFD500')
  await expect(page.getByRole('textbox', { name: 'Colour', exact: true })).toHaveAccessibleDescription(
    /Black text stands on it/,
  )
  await expect(preview).toContainText('Sign in to Acme & Friends')
  await page
    .getByLabel('Logo file')
    .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(square) })
  await expect(preview.locator('img')).toHaveCount(2)
  await expect(preview.getByText('Create a passkey')).toHaveCount(1)
  await expect(preview.locator('button').last()).not.toBeFocused()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  const frame = page.getByRole('complementary', { name: 'Tenant and pages' })
  await expect(frame).toContainText('Acme & Friends')
  await expect(frame).toContainText(member.tenant.name)
  await expect(frame.locator('img').filter({ visible: true })).toHaveCount(1)

  await playground.open(member.tenant.key)
  await expect(playground.tenant).toContainText('Acme & Friends')
  await expect(playground.tenant).toContainText(member.tenant.name)
  const logo = playground.tenant.locator('img')
  await expect(logo).toBeVisible()
  await expect.poll(() => logo.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { name: 'Acme & Friends is ready' })).toBeVisible()
  await expect(result.locator('img')).toBeVisible()

  await page.goto('/console/branding')
  await page.getByRole('button', { name: 'Remove the logo' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await playground.open(member.tenant.key)
  await expect(playground.tenant).toContainText(member.tenant.name)
  await expect(playground.tenant.locator('img')).toHaveCount(0)
})

test.describe('a picture that cannot be a logo', () => {
  test.use({ expectedErrors: refused(400) })

  test('is refused with the reason', async ({ page, member: _ }) => {
    await page.goto('/console/branding')
    const file = page.getByLabel('Logo file')
    await file.setInputFiles({ name: 'logo.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') })
    await expect(page.getByText('“logo.gif” is not a PNG, JPEG, WebP or SVG picture.')).toBeVisible()
    await file.setInputFiles({ name: 'big.png', mimeType: 'image/png', buffer: Buffer.alloc(50_000) })
    await expect(page.getByText(/“big.png” has 50 kB; a logo may have 40 kB/)).toBeVisible()
    const script = square.replace('<path', '<script>alert(1)</script><path')
    await file.setInputFiles({ name: 'bad.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(script) })
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'logo' }).first()).toBeVisible()
  })
})

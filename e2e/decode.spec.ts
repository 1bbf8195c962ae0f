import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { packedRegistration, vouchedRegistration } from '#lib/setup/packed-registration.ts'
import { expect, test } from './fixtures.ts'
import { tabTo } from './focus.ts'
import { sound, soundInBoth } from './sound.ts'

const input = (page: Page) => page.getByTestId('decode-input')
const result = (page: Page) => page.getByTestId('decode-result')

/** A step of the ledger on a response from elsewhere. */
const check = (page: Page, title: string) =>
  page
    .getByRole('list', { name: 'Verification steps' })
    .getByRole('listitem')
    .filter({ has: page.getByText(title, { exact: true }) })

/** Presses an example, and says what it is. */
async function example(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name, exact: true }).click()
  return input(page).inputValue()
}

/** Opens the decoder; what it asks for besides itself and its own assets is kept, and has to be nothing. */
async function open(page: Page, fragment = ''): Promise<string[]> {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    const own = /^\/(?:_next\/static\/|icon\.svg$|favicon\.ico$|geist\.woff2$|playground\/decode$)/.test(pathname)
    if (!own || search.includes('_rsc') || request.method() !== 'GET') asked.push(request.url())
  })
  await page.goto(`/playground/decode${fragment}`, { waitUntil: 'networkidle' })
  return asked
}

test('each kind is told for what it is, without a key, without the server, and without a network', async ({
  page,
  context,
}) => {
  const asked = await open(page)
  await expect(result(page)).toContainText('What it is, and every byte of it')
  await context.setOffline(true)
  const headings = {
    Registration: 'A registration response',
    Authentication: 'An authentication response',
    Options: 'Options for a registration',
    'Attestation object': 'An attestation object',
    'Authenticator data': 'Authenticator data',
    'Client data': 'Client data',
    'COSE key': 'A COSE key',
    Certificate: 'A certificate',
    'Public key': 'A public key',
    JWK: 'A public key as JWK',
    JWT: 'A JWT',
    CBOR: 'CBOR',
    'Cut off': 'An attestation object',
  }
  for (const [name, heading] of Object.entries(headings)) {
    await page.getByRole('button', { name, exact: true }).click()
    await expect(result(page).getByRole('heading', { level: 2 }), name).toContainText(heading)
    await expect(result(page).getByRole('row').first(), name).toBeVisible()
  }
  await example(page, 'Authenticator data')
  const row = result(page).getByRole('row').filter({ hasText: 'signCount' })
  await row.hover()
  await expect(result(page).locator('[data-from="33"]')).toHaveCSS('border-radius', '3px')
  await expect(result(page).locator('[data-from="33"]')).toHaveClass(/bg-accent/)
  expect(asked).toEqual([])
})

test('what could be something else is read as that when told so', async ({ page }) => {
  await open(page)
  await input(page).fill('49960de5880e8c687434170f6476605b')
  await expect(result(page)).toContainText('It could also be')
  await result(page)
    .getByRole('combobox', { name: 'Read as' })
    .selectOption({ label: 'bytes that say nothing of themselves in hex' })
  await expect(result(page).getByRole('heading', { level: 2 })).toHaveText('Bytes that say nothing of themselves')
})

test('what is broken is read up to where it breaks', async ({ page }) => {
  await open(page)
  await input(page).fill('{\n  "type": "webauthn.get",\n  "challenge": "AAAA",\n  origin: 1\n}')
  await expect(result(page).getByRole('note')).toContainText('Line 4, character 3: not a value of JSON.')
  await expect(result(page).getByRole('row').filter({ hasText: 'challenge' })).toContainText('AAAA')
})

test('a response from elsewhere is held against what it was asked with, in the page', async ({ page, context }) => {
  const asked = await open(page)
  await example(page, 'Registration')
  await page.getByRole('tab', { name: 'Verify elsewhere’s' }).click()
  await expect(check(page, 'Challenge')).toHaveAttribute('data-outcome', 'skipped')
  await expect(check(page, 'Challenge')).toContainText('taken from the response itself: that proves nothing')
  await expect(page.getByRole('textbox', { name: 'RP ID' })).toHaveValue('example.org')
  await context.setOffline(true)
  for (const field of ['Challenge', 'Origins', 'RP ID'])
    await page.getByRole('button', { name: `I asked with this: ${field}` }).click()
  await expect(check(page, 'Challenge')).toHaveAttribute('data-outcome', 'pass')
  await expect(check(page, 'Attestation statement')).toHaveAttribute('data-outcome', 'pass')
  await expect(check(page, 'SimpleWebAuthn agrees')).toHaveAttribute('data-outcome', 'pass')
  await page.getByRole('textbox', { name: 'Trust anchors' }).fill('AAAA')
  await expect(page.getByRole('textbox', { name: 'Trust anchors' })).toHaveAccessibleDescription(
    /certificates are needed, in PEM.*the checks go without it/,
  )
  await page.getByRole('textbox', { name: 'Trust anchors' }).fill('')
  await page.getByRole('textbox', { name: 'Origins' }).fill('https://evil.example')
  await expect(check(page, 'Origin')).toHaveAttribute('data-outcome', 'fail')
  await expect(page.getByText(/^2 of \d+ failed$/)).toBeVisible()

  const registration = await input(page).inputValue()
  await example(page, 'Authentication')
  await page.getByRole('tab', { name: 'Verify elsewhere’s' }).click()
  await expect(check(page, 'Signature')).toHaveAttribute('data-outcome', 'skipped')
  await page.getByRole('textbox', { name: 'Public key' }).fill(registration)
  await expect(check(page, 'SimpleWebAuthn agrees')).toHaveAttribute('data-outcome', 'pass')
  await page.getByRole('textbox', { name: 'Sign count' }).fill('some')
  await expect(page.getByRole('textbox', { name: 'Sign count' })).toHaveAccessibleDescription(/from 0 to 4294967295/)
  await expect(check(page, 'Signature counter')).toHaveAttribute('data-outcome', 'skipped')
  await page.getByRole('textbox', { name: 'Sign count' }).fill('7')
  await expect(check(page, 'Signature counter')).toHaveAttribute('data-outcome', 'fail')
  expect(asked).toEqual([])
})

test('from the keyboard a chain is trusted by the root that is given, and by another neither trusted nor refused', async ({
  page,
}) => {
  const { response, root } = vouchedRegistration()
  await open(page)
  await input(page).fill(response)
  await tabTo(page, page.getByRole('tab', { name: 'Decoded' }))
  await page.keyboard.press('ArrowRight')
  for (const field of ['Challenge', 'Origins', 'RP ID']) {
    await tabTo(page, page.getByRole('button', { name: `I asked with this: ${field}` }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: field })).toBeFocused()
  }
  const anchors = page.getByRole('textbox', { name: 'Trust anchors' })
  await tabTo(page, anchors)
  await page.keyboard.insertText(root)
  const trust = check(page, 'Attestation trust')
  await expect(trust).toHaveAttribute('data-outcome', 'pass')
  await expect(trust).toContainText('a known root that vouches for it: CN=Acme Root (a trust anchor)')
  await expect(page.getByRole('status')).toHaveText(/^Verdict: none of \d+ checks failed\.$/)
  await sound(page, 'trusted')

  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(vouchedRegistration().root)
  await expect(trust).toHaveAttribute('data-outcome', 'skipped')
  await expect(trust).toContainText('certificates that lead to no known root: not trusted, and not refused for that')
  await expect(page.getByRole('status')).toHaveText(/^Verdict: none of \d+ checks failed\.$/)
  await sound(page, 'untrusted')
  await tabTo(page, page.getByRole('textbox', { name: 'Origins' }), 'Shift+Tab')
  await page.keyboard.insertText('https://evil.example')
  await expect(page.getByRole('status')).toHaveText(
    /^Verdict: 2 of \d+ checks failed: Origin, SimpleWebAuthn agrees\.$/,
  )
})

test('Ed448, which the browser does not know, is verified in the page: certificates, and self attestation', async ({
  page,
}) => {
  const flipped = (signature: Uint8Array) => signature.with(7, (signature.at(7) ?? 0) ^ 1)
  const { response, root } = vouchedRegistration('ed448')
  await open(page)
  await input(page).fill(response)
  await page.getByRole('tab', { name: 'Verify elsewhere’s' }).click()
  await page.getByRole('textbox', { name: 'Trust anchors' }).fill(root)
  await expect(check(page, 'Attestation trust')).toHaveAttribute('data-outcome', 'pass')
  await input(page).fill(JSON.stringify(packedRegistration([])))
  await expect(check(page, 'Attestation trust')).toContainText('self attestation')
  await expect(check(page, 'Attestation statement')).toHaveAttribute('data-outcome', 'pass')
  for (const other of [
    vouchedRegistration('ed448', flipped).response,
    JSON.stringify(packedRegistration([], flipped)),
  ]) {
    await input(page).fill(other)
    await expect(check(page, 'Attestation statement')).toContainText('a signature that does not verify')
  }
})

test('a text is shared in the address, behind the #, and opens from there', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page)
  const text = await example(page, 'Registration')
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('never send that part')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  expect(link).toMatch(/\/playground\/decode#z=[\w-]+$/)
  expect(link.length).toBeLessThan(text.length)

  const other = await context.newPage()
  const asked = await open(other, new URL(link).hash)
  await expect(input(other)).toHaveValue(text)
  await expect(result(other).getByRole('heading', { level: 2 })).toHaveText('A registration response')
  expect(asked).toEqual([])
  await other.goto(`${new URL(link).pathname}#z=AAAA`)
  await expect(input(other)).toHaveAccessibleDescription(/cannot be read/)

  const key = `sk_test_${'A'.repeat(12)}_${'b'.repeat(49)}`
  await input(page).fill(key)
  await expect(result(page)).toContainText('That is an API key')
  await input(page).fill(JSON.stringify({ key }))
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('An API key stands in it')).toBeVisible()
  expect(page.url()).toBe(link)
})

test('a file is read, binary ones too', async ({ page }) => {
  await open(page)
  const buffer = Buffer.from(await example(page, 'COSE key'), 'hex')
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByLabel('Open a file').setInputFiles({ name: 'key.cbor', mimeType: 'application/cbor', buffer })
  await expect(result(page).getByRole('heading', { level: 2 })).toHaveText('A COSE key')
})

test('its script is its own: nothing of the Playground’s comes with it', async ({ page, request }) => {
  const scripts = new Set<string>()
  const drawnWith = new Set<string>()
  page.once('load', () => {
    for (const url of scripts) drawnWith.add(url)
  })
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await page.goto('/playground/decode', { waitUntil: 'networkidle' })
  const bodies = await Promise.all([...scripts].map(async (url) => (await request.get(url)).body()))
  const marks = ['Use a demo key', 'Sign in with a passkey', 'recharts']
  expect(bodies.length).toBeGreaterThan(2)
  for (const mark of marks)
    expect(
      bodies.some((body) => body.includes(mark)),
      mark,
    ).toBe(false)
  const sizes = new Map([...scripts].map((url, at) => [url, gzipSync(bodies[at] ?? '').length]))
  const sum = (urls: Iterable<string>) => [...urls].reduce((total, url) => total + (sizes.get(url) ?? 0), 0)
  expect(sum(drawnWith), 'what it is drawn with').toBeLessThan(200_000)
  expect(sum(scripts), 'with what comes after that').toBeLessThan(300_000)
})

for (const width of [1280, 360]) {
  test(`axe finds nothing, ${width} pixels wide`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width, height: 780 })
    await open(page)
    await soundInBoth(page, 'empty')
    for (const name of ['Registration', 'Cut off']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(result(page).getByRole('row').first()).toBeVisible()
      await soundInBoth(page, name)
    }
    await example(page, 'Authentication')
    await page.getByRole('tab', { name: 'Verify elsewhere’s' }).click()
    await page.getByRole('textbox', { name: 'Sign count' }).fill('some')
    await page.getByRole('textbox', { name: 'Public key' }).fill('none')
    await page.getByRole('textbox', { name: 'Origins' }).fill('https://evil.example')
    await expect(check(page, 'Origin')).toHaveAttribute('data-outcome', 'fail')
    await soundInBoth(page, 'failed, with faults in the fields')
  })
}

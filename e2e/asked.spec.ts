import type { Page } from '@playwright/test'
import { type PlaygroundPage, VirtualAuthenticator } from '#lib/testing/playwright.ts'
import { expect, test } from './fixtures.ts'
import { asked, choose } from './options.ts'
import { soundInBoth } from './sound.ts'

test('each option that was set says what became of it, and why', async ({
  page,
  context,
  tenant,
  playground,
  authenticator: _,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await stayingCopied(page)
  await playground.open(tenant.key, 'ada')
  await playground.preset('High assurance').check()
  await playground.registers()
  await page.getByRole('tab', { name: 'Asked and got 4' }).click()
  const view = page.getByRole('region', { name: 'Asked and got' })
  await expect(view.getByText(/^4 asked: /)).toBeVisible()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('honoured')
  await expect(view.getByRole('row', { name: /Resident key/ })).toContainText('cannot be told')
  const copy = view.getByRole('button', { name: 'Copy as Markdown', exact: true })
  await copy.click()
  await expect(view.getByText('Copied', { exact: true })).toBeVisible()
  await expect(copy).toHaveText('Copy as Markdown')
  await soundInBoth(page, 'asked and got, and copied')
  await page.setViewportSize({ width: 360, height: 780 })
  await soundInBoth(page, 'asked and got on a phone')

  await playground.authenticates()
  await page.getByRole('tab', { name: 'Asked and got 1' }).click()
  await expect(view.getByRole('row', { name: /User verification/ })).toContainText('UV 1')
})

test('a secret of one credential, and a blob that is written and then read, are asked for in the sheet and got', async ({
  page,
  tenant,
  playground,
}) => {
  const authenticator = await VirtualAuthenticator.attach(page, { hasPrf: true, hasLargeBlob: true })
  const row = (name: string) => page.getByRole('region', { name: 'Asked and got' }).getByRole('row', { name })
  const { sheet } = playground
  await playground.open(tenant.key, 'ada')
  await playground.openOptions()
  await sheet.getByRole('switch', { name: 'largeBlob of the registration' }).check()
  const made = authenticator.nextCredential()
  await playground.registers()
  await playground.show('Asked and got')
  await expect(row('prf')).toContainText('enabled: true')
  await expect(row('largeBlob')).toContainText('supported: true')

  await playground.openOptions()
  await sheet.getByRole('switch', { name: 'prf of the sign-in' }).check()
  await sheet.getByRole('button', { name: 'Add inputs for one credential' }).click()
  const id = Buffer.from((await made).credentialId, 'base64').toString('base64url')
  await sheet.getByRole('textbox', { name: 'prf of the sign-in: credential 1' }).fill(id)
  await sheet.getByRole('textbox', { name: 'prf of the sign-in of credential 1: first' }).fill('treasury-2026')
  await sheet.getByRole('switch', { name: 'largeBlob of the sign-in' }).check()
  await choose(sheet, 'largeBlob of the sign-in', 'write')
  await sheet.getByRole('textbox', { name: 'largeBlob of the sign-in: write' }).fill('hello')
  const writing = asked(page, 'authenticate')
  await playground.authenticates()
  const byCredential = { evalByCredential: { [id]: { first: 'dHJlYXN1cnktMjAyNg' } } }
  const prf = { eval: { first: 'cGxheWdyb3VuZA' }, ...byCredential }
  expect(await writing).toEqual({ extensions: { prf, largeBlob: { write: 'aGVsbG8' } } })
  await playground.show('Asked and got')
  await expect(row('prf')).toContainText('results: 1 secret')
  await expect(row('largeBlob')).toContainText('written: true')
  const first = (await resultsOf(playground)).prf

  // What a passkey is given by name goes before what any is given.
  await playground.openOptions()
  await choose(sheet, 'JSON of', 'Authentication')
  await playground.json.fill(JSON.stringify({ extensions: { prf: byCredential, largeBlob: { read: true } } }))
  await playground.authenticates()
  await playground.show('Asked and got')
  await expect(row('prf')).toContainText('results: 1 secret')
  await expect(row('largeBlob')).toContainText('5 bytes')
  expect(await resultsOf(playground)).toEqual({ prf: first, largeBlob: { blob: 'aGVsbG8' } })
})

/** What the browser says of the extensions, in the message of its answer. */
async function resultsOf(playground: PlaygroundPage) {
  await playground.show('Ceremony')
  await playground.panel.getByRole('button', { name: /^assertion/ }).click()
  await playground.panel.getByRole('button', { name: 'Raw', exact: true }).click()
  const message = await playground.panel.getByRole('region', { name: 'message' }).textContent()
  return JSON.parse(message ?? '').clientExtensionResults
}

/** What is said of a copy for two seconds stays, for as long as somebody looks. */
async function stayingCopied(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const later = setTimeout
    const stays = (run: () => void, wait?: number) => (wait === 2_000 ? 0 : later(run, wait))
    Object.assign(window, { setTimeout: stays })
  })
}

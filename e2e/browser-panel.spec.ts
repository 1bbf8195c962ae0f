import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { host } from './settings.ts'
import { sound, soundInBoth } from './sound.ts'

async function openPanel(page: Page) {
  await page.getByRole('button', { name: 'This browser', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'This browser' })
  await expect(panel.getByRole('button', { name: 'Copy as JSON' })).toBeVisible()
  return panel
}

for (const [device, viewport, isSound] of [
  ['a desk', { width: 1280, height: 720 }, soundInBoth],
  ['a phone', { width: 390, height: 844 }, sound],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport })

    test('the browser panel says what this browser can', async ({ page, tenant, playground }) => {
      test.slow()
      await playground.open(tenant.key)
      await expect(playground.tenant).toContainText(tenant.name)
      const panel = await openPanel(page)
      const row = (text: string) => panel.getByRole('listitem').filter({ hasText: text })
      await expect(row('Secure context')).toContainText('Supported')
      await expect(row(`RP ID ${host}`)).toContainText(`permitted on ${host}`)
      await expect(row('Permission to get')).toContainText('Supported')
      await expect(row('parseCreationOptionsFromJSON()')).toContainText('Supported')
      await expect(panel.getByText(/^\d+ supported, \d+ not supported, \d+ unknown$/)).toBeVisible()
      await isSound(page, 'what it can do')

      await panel.getByRole('tab', { name: 'Related origins' }).click()
      await panel.getByRole('button', { name: 'Read this server’s document' }).click()
      const steps = panel.getByRole('list', { name: 'Steps of the validation' })
      await expect(steps.getByRole('listitem').filter({ hasText: 'Content type' })).toContainText('application/json')
      await expect(steps.getByRole('listitem').filter({ hasText: /^JSON/ })).toContainText('passed')
      await panel.getByRole('button', { name: 'Read this server’s endpoints' }).click()
      await expect(panel.getByRole('region', { name: 'endpoints', exact: true })).toContainText('/console/me"')
      await isSound(page, 'own document')

      await panel.getByRole('textbox', { name: 'RP ID of the document' }).fill('example.com')
      await panel.getByRole('textbox', { name: 'Calling origin' }).fill('https://example.org')
      await expect(panel.getByRole('region', { name: 'command' })).toContainText(
        'https://example.com/.well-known/webauthn',
      )
      await panel
        .getByRole('textbox', { name: 'Document', exact: true })
        .fill('HTTP/2 200\ncontent-type: application/json\n\n{"origins":["https://example.org"]}')
      await panel.getByRole('button', { name: 'Validate the document' }).click()
      await expect(
        panel.getByRole('heading', { name: 'https://example.org may use passkeys of example.com' }),
      ).toBeVisible()
      await expect(panel.getByRole('table', { name: 'Listed origins' })).toContainText('the calling origin')

      await panel.getByRole('tab', { name: 'Providers' }).click()
      await panel.getByRole('searchbox', { name: 'Find a provider' }).fill('2fc0579f')
      await expect(panel.getByRole('table', { name: 'Providers' })).toContainText('YubiKey 5 Series with NFC')
      await panel.getByRole('radio', { name: 'Community list' }).check()
      await expect(panel.getByText('None by that name')).toBeVisible()
      await panel.getByRole('searchbox', { name: 'Find a provider' }).fill('1password')
      await expect(panel.getByRole('row')).toHaveCount(2)
      await isSound(page, 'providers')

      await panel.getByRole('button', { name: 'Close' }).click()
      await expect(panel).toBeHidden()
      await expect(page.getByRole('button', { name: 'This browser', exact: true })).toBeFocused()
    })
  })
}

test('a browser without WebAuthn is told so kindly, and shows what it can', async ({ page, playground }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
  // Everything is larger there, and no dialogue higher than the screen.
  await page.setViewportSize({ width: 3840, height: 2160 })
  await playground.open()
  const panel = await openPanel(page)
  await expect(panel.getByRole('button', { name: 'Close' })).toBeInViewport()
  await expect(panel.getByRole('note')).toContainText('No passkeys in this browser')
  await expect(panel.getByRole('listitem').filter({ hasText: 'Secure context' })).toContainText('Supported')
  await expect(panel.getByRole('listitem').filter({ hasText: 'PublicKeyCredential' }).first()).toContainText(
    'Not supported',
  )
  // A text may be marked beyond the edge; a press that begins there, too, closes.
  await panel.getByRole('heading', { name: 'This browser' }).hover()
  await page.mouse.down()
  await page.mouse.move(8, 300)
  await page.mouse.up()
  await expect(panel).toBeVisible()
  await page.mouse.click(8, 300)
  await expect(panel).toBeHidden()
})

test('a failure that the browser is the reason of leads to the panel', async ({ page, tenant, playground }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
  await playground.open(tenant.key, 'ada')
  await playground.register.click()
  await playground.expectState('error')
  await page.getByRole('button', { name: 'Look at this browser' }).click()
  await expect(page.getByRole('dialog', { name: 'This browser' })).toBeVisible()
})

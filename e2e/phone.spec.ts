import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 1 })

/** Expects that nothing makes the page wider than the screen. */
async function fits(page: Page, what: string): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {}
  await expect
    .poll(() => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)), what)
    .toBeLessThanOrEqual(width)
}

test('no claim’s name is broken on a phone, nor a tenant’s id', async ({ page, tenant, signedIn: _ }) => {
  const payload = page.getByRole('table', { name: 'Payload' })
  for (const width of [360, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await broken(payload.getByRole('rowheader')), `names at ${width} px`).toEqual([])
    expect(await broken(payload.getByRole('cell', { name: tenant.id, exact: true })), `id at ${width} px`).toEqual([])
  }
})

/** The texts of those cells that take more than one line. */
async function broken(cells: Locator): Promise<(string | null)[]> {
  await expect(cells.first()).toBeVisible()
  return cells.evaluateAll((all) =>
    all
      .filter((cell) => {
        const range = document.createRange()
        range.selectNodeContents(cell)
        return range.getClientRects().length !== 1
      })
      .map((cell) => cell.textContent),
  )
}

test('the whole flow works under a thumb, and each result comes into view', async ({
  page,
  playground,
  authenticator: _,
}) => {
  await playground.open()
  await expect(playground.demoKeys).toBeInViewport()
  await playground.demoKeys.tap()
  await page.getByRole('menuitem', { name: 'Acme Wallet' }).tap()
  await expect(playground.tenant).toContainText('Acme Wallet')
  await playground.register.tap()
  await playground.expectState('success')
  await expect(page.getByText(/has a passkey/)).toBeInViewport()
  await playground.authenticate.tap()
  await expect(page.getByText('Signature verified')).toBeInViewport()
  await expect(page.getByText('Signature verified')).toBeVisible()
})

for (const width of [360, 390]) {
  test(`nothing scrolls sideways on a screen of ${width} px`, async ({
    page,
    tenant,
    playground,
    authenticator: _,
  }) => {
    test.slow()
    await page.setViewportSize({ width, height: 780 })
    await playground.open()
    await fits(page, 'empty')
    await playground.apiKey.fill(tenant.key)
    await expect(playground.tenant).toContainText(tenant.name)
    await playground.username.fill('a'.repeat(64))
    await playground.openOptions()
    await fits(page, 'options')
    await expect(playground.register).toHaveCount(1)
    await playground.json.fill(
      '{ "authenticatorSelection": { "authenticatorAttachment": "platform" }, "timeout": 60000 }',
    )
    expect((await playground.json.boundingBox())?.width, 'JSON').toBeLessThanOrEqual(width)
    // As a search in the page does: the sheet’s own ends stay where they are.
    await playground.json.evaluate((json) => json.scrollIntoView({ block: 'center' }))
    await expect(page.getByRole('button', { name: 'Close options' })).toBeInViewport()
    await expect(playground.sheet.getByRole('button', { name: 'Register', exact: true })).toBeInViewport()
    await playground.registers()
    await expect(playground.sheet).toHaveCount(0)
    await expect(playground.register).toHaveCount(1)
    await playground.authenticates()
    const line = page.getByTestId('runs').getByRole('listitem').first()
    const name = await line.getByText('a'.repeat(64), { exact: true }).boundingBox()
    const kind = await line.getByText('Authenticate', { exact: true }).boundingBox()
    expect(name?.height, 'a long name in the list').toBeLessThanOrEqual(40)
    expect(name?.x, 'beside what was done').toBeGreaterThanOrEqual((kind?.x ?? 0) + (kind?.width ?? 0))
    for (const tab of ['Token', 'Checks', 'Ceremony', 'Asked and got', 'Passkeys'] as const) {
      await playground.show(tab)
      await fits(page, tab)
    }
    const tabs = page.getByRole('tablist', { name: 'Result' })
    expect(await tabs.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
    const tops = await tabs.getByRole('tab').evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().top))
    expect(new Set(tops).size, 'rows of tabs').toBeLessThanOrEqual(2)
    await page.getByRole('button', { name: /^Delete / }).tap()
    await fits(page, 'deleting')
    await page.keyboard.press('Escape')
    await playground.show('Ceremony')
    const messages = page.getByRole('list', { name: 'Messages' }).getByRole('button')
    for (const message of await messages.all()) {
      await message.tap()
      await fits(page, `${await message.textContent()} decoded`)
      await page.getByRole('button', { name: 'Raw', exact: true }).tap()
      await fits(page, `${await message.textContent()} raw`)
      await page.getByRole('button', { name: 'Decoded', exact: true }).tap()
    }
    await playground.register.tap()
    await playground.expectState('error')
    await fits(page, 'failure')
  })
}

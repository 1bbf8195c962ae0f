import type { Page } from '@playwright/test'
import { colours } from './colours.ts'
import { expect, test } from './fixtures.ts'

/** Writes down the page's colour at every frame from the first one on. */
async function watchFrames(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const frames: string[] = []
    Object.assign(window, { frames })
    const look = () => {
      if (document.body) frames.push(getComputedStyle(document.body).backgroundColor)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return async () => (await page.evaluate('frames')) as string[]
}

for (const { device, stored, shown } of [
  { device: 'light', stored: undefined, shown: 'light' },
  { device: 'dark', stored: undefined, shown: 'dark' },
  { device: 'light', stored: 'dark', shown: 'dark' },
  { device: 'dark', stored: 'light', shown: 'light' },
] as const) {
  test(`${shown} from the first frame on a ${device} device with ${stored ?? 'nothing'} chosen`, async ({
    page,
    playground,
  }) => {
    await page.emulateMedia({ colorScheme: device })
    if (stored) await page.addInitScript((theme) => localStorage.setItem('theme', theme), stored)
    const frames = await watchFrames(page)
    await playground.open()
    await expect(page.getByRole('button', { name: `Theme: ${stored ?? 'system'}` })).toBeVisible()
    expect(new Set(await frames())).toEqual(new Set([colours[shown]]))
  })
}

test('the switch steps through the themes, and the choice outlives a reload', async ({ page, playground }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await playground.open()
  const body = page.locator('body')
  await page.getByRole('button', { name: 'Theme: system' }).click()
  await expect(body).toHaveCSS('background-color', colours.light)
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect(body).toHaveCSS('background-color', colours.dark)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()
  await expect(body).toHaveCSS('background-color', colours.dark)
  await page.getByRole('button', { name: 'Theme: dark' }).click()
  await expect(body).toHaveCSS('background-color', colours.light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(body).toHaveCSS('background-color', colours.dark)
})

test('a page without the switch follows the device, too', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/account')
  const body = page.locator('body')
  await expect(body).toHaveCSS('background-color', colours.light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(body).toHaveCSS('background-color', colours.dark)
})

test('a box that is not ticked stands out from its card, in the light and in the dark', async ({
  page,
  playground,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await playground.open()
    await expect(playground.remember).not.toBeChecked()
    const contrast = await playground.remember.evaluate((box) => {
      const luminance = (colour: string) =>
        [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
          const value = Number(colour.match(/[\d.]+/g)?.[at]) / 255
          return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        }, 0)
      const { borderTopColor, backgroundColor } = getComputedStyle(box)
      const [one, other] = [luminance(borderTopColor), luminance(backgroundColor)]
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    })
    // WCAG 2.2 §1.4.11, non-text contrast.
    expect(contrast, colorScheme).toBeGreaterThan(3)
  }
})

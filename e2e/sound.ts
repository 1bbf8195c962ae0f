import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The two looks that are furthest apart. */
export const looks = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }],
] as const

/** Expects that axe finds nothing on the page as it is, and that nothing makes it wider than the screen. */
export async function sound(page: Page, stage: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => ({ id, target }))),
    stage,
  ).toEqual([])
  const { width = 0 } = page.viewportSize() ?? {}
  expect(await page.evaluate(() => document.documentElement.scrollWidth), stage).toBeLessThanOrEqual(width)
}

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { colours } from './colours.ts'

/** The two looks that are furthest apart. */
export const looks = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
  ['dark on a phone', { colorScheme: 'dark', viewport: { width: 360, height: 780 } }],
] as const

/** Expects that axe finds nothing on the page as it is, and that nothing makes it wider than the screen. */
export async function sound(page: Page, stage: string): Promise<void> {
  await findsNothing(page, stage)
  const { width = 0 } = page.viewportSize() ?? {}
  expect(await page.evaluate(() => document.documentElement.scrollWidth), stage).toBeLessThanOrEqual(width)
}

/** The same in light, and then in dark what depends on colours. Ends in light. */
export async function soundInBoth(page: Page, stage: string): Promise<void> {
  await turn(page, 'light')
  await sound(page, `${stage}, light`)
  await turn(page, 'dark')
  await findsNothing(page, `${stage}, dark`, ['color-contrast', 'link-in-text-block'])
  await turn(page, 'light')
}

async function findsNothing(page: Page, stage: string, rules?: string[]): Promise<void> {
  // What several frames need is done on a page of its own, which takes as long again.
  expect(page.frames(), stage).toHaveLength(1)
  // The builder puts axe into the page twice at each look. A page that has it is given nothing more.
  const hasAxe = await page.evaluate(() => 'axe' in window)
  const builder = new AxeBuilder({ page, ...(hasAxe ? { axeSource: ';' } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
  )
  expect(found, stage).toEqual([])
}

async function turn(page: Page, colorScheme: keyof typeof colours): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('body')).toHaveCSS('background-color', colours[colorScheme])
}

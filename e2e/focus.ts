import { expect, type Locator, type Page } from '@playwright/test'

/** What has the focus: its name for messages, and whether a person can see that it has it. */
function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return { name: 'nothing', visible: true }
    const outlined = (each: Element | null) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each ?? document.body)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    }
    // A field's frame or a chip's label may carry the outline of what is in it.
    const frames = [element, element.parentElement, element.parentElement?.parentElement ?? null]
    const { top, left, bottom, right, width, height } = element.getBoundingClientRect()
    const inView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth && width > 0 && height > 0
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
    return { name: `${element.tagName} ${element.id} ${name}`, visible: inView && frames.some(outlined) }
  })
}

/** Presses Tab, or Shift+Tab, until the control has the focus; at every stop the focus must be seen. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    await page.keyboard.press(key)
    const { name, visible } = await focused(page)
    expect(visible, `the focus on “${name}” is seen`).toBe(true)
    if (await control.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`No tab stop is ${control}.`)
}

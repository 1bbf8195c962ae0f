import type { Page } from '@playwright/test'

/** From now on the page measures no time: however busy the machine is, what is refused is refused at once. */
export function stopStopwatch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const stopped = performance.now()
    performance.now = () => stopped
  })
}

/** From now on the page measures seconds where none have passed: what is refused at once was looked at for long. */
export function hurryStopwatch(page: Page): Promise<void> {
  return page.evaluate(() => {
    let now = performance.now()
    performance.now = () => {
      now += 1_000
      return now
    }
  })
}

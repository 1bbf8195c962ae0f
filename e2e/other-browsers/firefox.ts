import { launch } from 'puppeteer-core'
import type { OtherBrowser } from './other-browser.ts'

/** Starts Firefox without a window, driven over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<OtherBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1280, height: 900 },
  })
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)))
  return {
    errors,
    async open(url) {
      await page.goto(url)
    },
    async reload() {
      await page.reload()
    },
    evaluate: <Value>(expression: string) => page.evaluate(`(${expression})`) as Promise<Value>,
    press: (xpath) => page.locator(`::-p-xpath(${xpath})`).click(),
    async type(xpath, text) {
      const field = await page.waitForSelector(`::-p-xpath(${xpath})`)
      await field?.type(text)
    },
    close: () => browser.close(),
  }
}

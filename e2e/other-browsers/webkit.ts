import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { freePort } from '#lib/testing/free-port.ts'
import type { OtherBrowser } from './other-browser.ts'
import { newSession } from './webdriver.ts'

/** Starts WebKit's MiniBrowser on a screen that nobody sees, driven by its own WebDriver. */
export async function startWebKit(driver: string): Promise<OtherBrowser> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  // A group of its own: the screen ends with the driver.
  const running = spawn('xvfb-run', ['--auto-servernum', driver, `--port=${port}`], { stdio: 'ignore', detached: true })
  const ready = () =>
    fetch(`${url}/status`)
      .then(({ ok }) => ok)
      .catch(() => false)
  await expect.poll(ready, { timeout: 30_000 }).toBe(true)
  const session = await newSession(url, { alwaysMatch: { timeouts: { implicit: 30_000 } } })
  const element = async (xpath: string) => {
    const found = await session.post<Record<string, string>>('element', { using: 'xpath', value: xpath })
    return `element/${Object.values(found)[0]}`
  }
  return {
    errors: undefined,
    open: (url) => session.post('url', { url }),
    reload: () => session.post('refresh', {}),
    evaluate: (expression) => session.post('execute/sync', { script: `return (${expression})`, args: [] }),
    press: async (xpath) => session.post(`${await element(xpath)}/click`, {}),
    type: async (xpath, text) => session.post(`${await element(xpath)}/value`, { text }),
    async close() {
      await session.end()
      const ended = once(running, 'exit')
      if (running.pid) process.kill(-running.pid)
      await ended
    },
  }
}

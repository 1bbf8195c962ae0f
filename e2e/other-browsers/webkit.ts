import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect } from '@playwright/test'
import { freePort } from '#lib/testing/free-port.ts'
import { type OtherBrowser, withErrors } from './other-browser.ts'
import { keepErrors } from './page-errors.ts'
import { startScriptProxy } from './script-proxy.ts'
import { newSession } from './webdriver.ts'

// https://www.w3.org/TR/webdriver2/#keyboard-actions
const escapeKey = '\uE00C'

/**
 * Starts WebKit's MiniBrowser on a screen that nobody sees, driven by its own WebDriver.
 *
 * @throws Error when it does not come up within 30 s; then nothing of it runs on
 */
export async function startWebKit(driver: string): Promise<OtherBrowser> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const refused: string[] = []
  const proxy = await startScriptProxy(keepErrors, refused)
  // A group of its own: the screen ends with the driver.
  const running = spawn('xvfb-run', ['--auto-servernum', driver, `--port=${port}`], { stdio: 'ignore', detached: true })
  const stop = async () => {
    proxy.stop()
    if (running.exitCode !== null || !running.pid) return
    const ended = once(running, 'exit')
    process.kill(-running.pid)
    await ended
  }
  const begin = async () => {
    await once(running, 'spawn')
    const ready = () =>
      fetch(`${url}/status`)
        .then(({ ok }) => ok)
        .catch(() => false)
    await expect.poll(ready, { timeout: 30_000 }).toBe(true)
    return newSession(url, {
      timeouts: { implicit: 30_000 },
      proxy: { proxyType: 'manual', httpProxy: proxy.address },
    })
  }
  const session = await begin().catch(async (error) => {
    await stop()
    throw error
  })
  await session.post('window/rect', { width: 1280, height: 1000 })
  const element = async (xpath: string) => {
    const found = await session.post<Record<string, string>>('element', { using: 'xpath', value: xpath })
    return `element/${Object.values(found)[0]}`
  }
  const perform = (source: object, actions: object[]) =>
    session.post<void>('actions', { actions: [{ ...source, actions }] })
  const webkit = {
    open: (url: string) => session.post<void>('url', { url }),
    reload: () => session.post<void>('refresh', {}),
    evaluate: <Value>(expression: string) =>
      session.post<Value>('execute/sync', { script: `return (${expression})`, args: [] }),
    press: async (xpath: string) => session.post<void>(`${await element(xpath)}/click`, {}),
    pressAt: (x: number, y: number) =>
      perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } }, [
        { type: 'pointerMove', x, y },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
    escape: () =>
      perform({ type: 'key', id: 'keys' }, [
        { type: 'keyDown', value: escapeKey },
        { type: 'keyUp', value: escapeKey },
      ]),
    type: async (xpath: string, text: string) => session.post<void>(`${await element(xpath)}/value`, { text }),
    async addAuthenticator() {
      throw new Error('This WebKit has no WebAuthn.')
    },
    close: () => session.end().finally(stop),
  }
  return withErrors(webkit, refused)
}

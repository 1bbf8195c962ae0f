import type { Page } from '@playwright/test'
import { build } from 'esbuild'

/**
 * Runs a snippet in a page of a server's own origin, as somebody who takes it along would, who types a key where it asks
 * for one.
 *
 * @param file the snippet, in a folder where what it imports is installed
 * @returns what it printed first
 * @throws Error as the snippet threw it
 */
export async function runInPage(page: Page, baseUrl: string, file: string, key: string): Promise<unknown> {
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, format: 'esm', write: false })
  const field = '<input autocomplete="username webauthn">'
  const contents: Record<string, [type: string, body: string]> = {
    '/snippet': ['text/html', `<!doctype html>${field}<script type="module" src="/snippet.js"></script>`],
    '/snippet.js': ['text/javascript', outputFiles[0]?.text ?? ''],
  }
  await page.route(`${baseUrl}/snippet*`, (route) => {
    const [contentType, body] = contents[new URL(route.request().url()).pathname] ?? ['text/plain', '']
    return route.fulfill({ contentType, body })
  })
  page.once('dialog', (dialog) => dialog.accept(key))
  const printed = page.waitForEvent('console', { predicate: (message) => message.type() === 'log' })
  const thrown = page.waitForEvent('pageerror').then((error) => Promise.reject(error))
  for (const each of [printed, thrown]) each.catch(() => undefined)
  await page.goto(`${baseUrl}/snippet`)
  const message = await Promise.race([printed, thrown])
  const value = await message.args()[0]?.jsonValue()
  await page.unroute(`${baseUrl}/snippet*`)
  return value
}

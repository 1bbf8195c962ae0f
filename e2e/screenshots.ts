import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { serve } from '#lib/setup/serve.ts'
import { PlaygroundPage } from '#lib/testing/playground-page.ts'
import { VirtualAuthenticator } from '#lib/testing/virtual-authenticator.ts'

// npm run screenshots: walks the flow and writes the README's picture. BASE_URL names a server that runs already.

const picture = fileURLToPath(new URL('playground.png', import.meta.url))
const served = process.env.BASE_URL ? undefined : await serve('start')
const browser = await chromium.launch({
  ...(process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : {}),
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage({
    baseURL: served?.baseUrl ?? process.env.BASE_URL ?? '',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  await VirtualAuthenticator.attach(page)
  const playground = new PlaygroundPage(page)
  await playground.open()
  await playground.borrow('Acme Wallet')
  await playground.username.fill('ada')
  await playground.registers()
  await playground.authenticates()
  await page.getByText('Signature verified').waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
  // The second that ticks repaints the verdict.
  await page.getByText('expires in 59:5').waitFor()
  await page.screenshot({ path: picture })
  console.log(`${picture} ${Math.round(statSync(picture).size / 1000)} kB`)
} finally {
  await browser.close()
  await served?.stop()
}

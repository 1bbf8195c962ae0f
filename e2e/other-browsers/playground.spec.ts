import { expect, test } from '@playwright/test'
import { newTenant } from '../tenant.ts'
import { startFirefox } from './firefox.ts'
import type { OtherBrowser } from './other-browser.ts'
import { startWebKit } from './webkit.ts'

const browsers = [
  { name: 'Firefox', command: process.env.FIREFOX, start: startFirefox, webAuthn: true },
  { name: 'WebKit', command: process.env.WEBKIT_DRIVER, start: startWebKit, webAuthn: false },
]

const field = (id: string) => `//*[@id='${id}']`
const button = (name: string) => `//button[normalize-space()='${name}']`
const theme = (which: string) => `//button[@aria-label='Theme: ${which}']`

const taken = `Object.keys(document.querySelector('#username')).some((key) => key.startsWith('__reactProps'))`

for (const { name, command, start, webAuthn } of browsers) {
  test.describe(`in ${name}`, () => {
    // One browser, one test after the other: to start it takes longer than all of them.
    test.describe.configure({ mode: 'default' })
    test.skip(!command, `There is no ${name} here; npm test says why.`)
    let browser: OtherBrowser

    test.beforeAll(async () => {
      browser = await start(command ?? '')
    })
    test.beforeEach(async ({ baseURL }) => {
      await browser.open(`${baseURL}/playground`)
      // What is typed before React has taken the page over is not heard.
      await expect.poll(() => browser.evaluate(taken)).toBe(true)
    })
    test.afterEach(() => expect(browser.errors ?? []).toEqual([]))
    test.afterAll(() => browser?.close())

    const text = () => browser.evaluate<string>('document.body.innerText')
    const state = () => browser.evaluate<string>(`document.querySelector('[data-testid=status]').dataset.state`)

    test('the page loads without an error, has its themes, and says what the browser lacks', async () => {
      expect(await browser.evaluate(`typeof PublicKeyCredential === 'function'`)).toBe(webAuthn)
      for (const [chosen, dark] of [
        ['system', false],
        ['light', true],
      ] as const) {
        await browser.press(theme(chosen))
        await expect.poll(() => browser.evaluate(`document.documentElement.classList.contains('dark')`)).toBe(dark)
      }
      await browser.press(theme('dark'))
      const lacks = expect.poll(text)
      await (webAuthn ? lacks.not : lacks).toContain('This browser has no WebAuthn')
    })

    test('a name that cannot be is told why', async () => {
      await browser.type(field('username'), 'a'.repeat(65))
      await expect.poll(text).toContain('A username has at most 64 characters')
    })

    test('the decoder reads its examples', async ({ baseURL }) => {
      await browser.open(`${baseURL}/playground/decode`)
      await browser.press(button('Attestation object'))
      await expect.poll(text).toContain('An attestation object')
      expect(await text()).toContain('rpIdHash')
    })

    test('a ceremony that cannot be is told kindly, and one that waits can be cancelled', async () => {
      const tenant = await newTenant(`other-${name.toLowerCase()}-${Date.now().toString(36)}`, { name: 'Acme Wallet' })
      await browser.type(field('api-key'), tenant.key)
      await expect.poll(text).toContain('Relying party')
      await browser.type(field('username'), 'ada')
      await browser.press(button('Register'))
      if (webAuthn) {
        await expect.poll(text).toContain('Waiting for your authenticator')
        await browser.press(button('Cancel'))
      }
      await expect.poll(state).toBe('error')
      expect(await text()).toContain(webAuthn ? 'Cancelled here' : 'This browser cannot do this')
    })
  })
}

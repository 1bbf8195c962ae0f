import { expect as patient, test } from '@playwright/test'
import { newTenant } from '../tenant.ts'
import { startFirefox } from './firefox.ts'
import type { OtherBrowser } from './other-browser.ts'
import { startWebKit } from './webkit.ts'

const browsers = [
  { name: 'Firefox', command: process.env.FIREFOX, start: startFirefox, webAuthn: true },
  { name: 'WebKit', command: process.env.WEBKIT_DRIVER, start: startWebKit, webAuthn: false },
]

// A browser that starts while other tests run has only its share of the machine.
const expect = patient.configure({ timeout: 30_000 })

const field = (id: string) => `//*[@id='${id}']`
const button = (name: string) => `//button[normalize-space()='${name}']`
const radio = (group: string, value: string) =>
  `//*[@role='radiogroup'][@aria-labelledby=//*[normalize-space()='${group}']/@id]//label[.//input[@value='${value}']]`
const run = (number: number) => `//*[@data-testid='runs']//button[@aria-label='Open run ${number}']`
const theme = (which: string) => `//button[@aria-label='Theme: ${which}']`

const handled = `Object.keys(document.querySelector('#username')).some((key) => key.startsWith('__reactProps'))`

for (const { name, command, start, webAuthn } of browsers) {
  test.describe(`in ${name}`, () => {
    // One browser, one test after the other: to start it takes longer than all of them.
    test.describe.configure({ mode: 'default', timeout: 120_000 })
    test.skip(!command, `There is no ${name} here; npm test says why.`)
    let browser: OtherBrowser

    test.beforeAll(async () => {
      browser = await start(command ?? '')
    })
    test.beforeEach(async ({ baseURL }) => {
      await browser.open(`${baseURL}/playground`)
      // What is typed before React has taken the page over is not heard.
      await expect.poll(taken).toBe(true)
    })
    test.afterEach(() => expect(browser.errors ?? []).toEqual([]))
    test.afterAll(() => browser?.close())

    const taken = () => browser.evaluate<boolean>(handled)
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

    test('an option that the form sets is in the JSON, and the lint speaks of it', async () => {
      await browser.press(button('Options'))
      // WebKit's driver cannot press what it would have to scroll to inside of the sheet.
      const option = `document.evaluate(${JSON.stringify(radio('User verification', 'discouraged'))}, document, null, 9).singleNodeValue`
      await expect.poll(() => browser.evaluate(`${option} !== null`)).toBe(true)
      await browser.evaluate(`${option}.click()`)
      await expect
        .poll(() => browser.evaluate(`document.querySelector('[data-testid=options-json]')?.value`))
        .toContain('"userVerification": "discouraged"')
      await expect
        .poll(() => browser.evaluate(`document.querySelector('[data-testid=lint]')?.innerText`))
        .toContain('userVerification: discouraged with prf')
    })

    test('the decoder reads its examples', async ({ baseURL }) => {
      await browser.open(`${baseURL}/playground/decode`)
      await browser.press(button('Attestation object'))
      await expect.poll(text).toContain('An attestation object')
      expect(await text()).toContain('rpIdHash')
    })

    test('a ceremony that cannot be is told kindly, one that waits can be cancelled, and either is a run that outlives a reload', async () => {
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
      const why = webAuthn ? 'Cancelled here' : 'This browser cannot do this'
      expect(await text()).toContain(why)
      await browser.reload()
      await expect.poll(taken).toBe(true)
      const runs = () => browser.evaluate<string>(`document.querySelector('[data-testid=runs]')?.innerText`)
      await expect.poll(runs).toContain(webAuthn ? 'cancelled' : why)
      await browser.press(run(1))
      await expect.poll(text).toContain(why)
    })
  })
}

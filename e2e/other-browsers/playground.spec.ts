import { expect as patient, test } from '@playwright/test'
import { newTenant, type Tenant } from '../tenant.ts'
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
const tab = (name: string) => `//*[@role='tab'][starts-with(normalize-space(),'${name}')]`
const run = (number: number) => `//*[@data-testid='runs']//button[@aria-label='Open run ${number}']`
const theme = (which: string) => `//button[@aria-label='Theme: ${which}']`

const handledBy = (first = `document.querySelector('#username')`) =>
  `Object.keys(${first} ?? {}).some((key) => key.startsWith('__reactProps'))`

for (const { name, command, start, webAuthn } of browsers) {
  test.describe(`in ${name}`, () => {
    // One browser, one test after the other: to start it takes longer than all of them.
    test.describe.configure({ mode: 'default', timeout: 120_000 })
    test.skip(!command, `There is no ${name} here; npm test says why.`)
    let browser: OtherBrowser
    let tenant: Tenant

    test.beforeAll(async () => {
      // A driver whose browser does not come up says nothing for a minute; then all is ended that was begun.
      test.setTimeout(120_000)
      const slug = `other-${name.toLowerCase()}-${Date.now().toString(36)}`
      ;[browser, tenant] = await Promise.all([start(command ?? ''), newTenant(slug, { name: 'Acme Wallet' })])
      await open('/playground')
    })
    test.afterEach(async () => expect(await browser.errors()).toEqual([]))
    test.afterAll(() => browser?.close())

    const open = async (path: string, first?: string) => {
      await browser.open(`${process.env.BASE_URL}${path}`)
      await expect.poll(() => taken(first)).toBe(true)
    }
    // What is typed before React has taken the page over is not heard.
    const taken = (first?: string) => browser.evaluate<boolean>(handledBy(first))
    /** Opens the page where somebody's name is filled in, and gives it the tenant's key. */
    const openFor = async (username: string) => {
      await open(`/playground?username=${username}`)
      await expect.poll(() => browser.evaluate(`document.querySelector('#username').value`)).toBe(username)
      await browser.type(field('api-key'), tenant.key)
      await expect.poll(text).toContain('Relying party')
    }
    const text = () => browser.evaluate<string>('document.body.innerText')
    /** Renames the passkey of the list, and tells its provider the names that there are. */
    const rename = async () => {
      await browser.press(`//button[starts-with(@aria-label,'Rename ')]`)
      await browser.type(`//input[starts-with(@aria-label,'Name of ')]`, 'x')
      await browser.press(button('Save'))
      await expect.poll(text).toContain('is the server’s name alone')
      await browser.press(button('Signal the user’s names'))
    }
    const of = (testId: string, member: string) =>
      browser.evaluate<string>(`document.querySelector('[data-testid=${testId}]')?.${member}`)
    const dialogs = () => browser.evaluate<number>(`document.querySelectorAll('dialog[open]').length`)
    const state = () => of('status', 'dataset.state')

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

    test('the panel of the browser shows what it can do, to the last line', async () => {
      await browser.press(button('This browser'))
      await expect.poll(text).toContain(webAuthn ? 'PublicKeyCredential is there.' : 'No passkeys in this browser')
      expect(await browser.evaluate(`document.querySelector('dialog[open]').offsetHeight`)).toBeGreaterThan(500)
      await browser.press(tab('Compatibility test'))
      await expect.poll(text).toContain('An API key is needed')
      await browser.press(`//dialog[@open]//button[@aria-label='Close']`)
      await expect.poll(dialogs).toBe(0)
    })

    test('a dialogue closes by a press outside of it and by Escape, not by one inside; the sheet of options by Escape', async () => {
      await browser.press(button('This browser'))
      await browser.press(`//dialog[@open]//h2`)
      expect(await dialogs()).toBe(1)
      await browser.pressAt(12, 500)
      await expect.poll(dialogs).toBe(0)
      for (const opener of ['This browser', 'Options']) {
        await browser.press(button(opener))
        await expect.poll(dialogs).toBe(1)
        await browser.escape()
        await expect.poll(dialogs).toBe(0)
      }
    })

    test('an error of a page is seen here, of whichever kind', async () => {
      await browser.evaluate(`[
        void setTimeout(() => { throw new Error('on purpose') }),
        void Promise.reject(new Error('on purpose')),
        void console.error('on purpose', 1),
        void fetch('/on-purpose'),
        void document.body.append(Object.assign(document.createElement('img'), { src: '/no.png' })),
        void document.head.append(Object.assign(document.createElement('base'), { href: 'https://acme.example' })),
      ]`)
      const seen: string[] = []
      const kinds = [/Error: on purpose$/, /^unhandled: Error: on purpose$/, /^on purpose 1$/, /^404 .*on-purpose$/]
      const all = [...kinds, /^404 .*no.png$/, /^not loaded: .*no.png$/, /^forbidden by base-uri$/]
      const missing = async () => {
        seen.push(...(await browser.errors()))
        return all.filter((kind) => !seen.some((error) => kind.test(error)))
      }
      await expect.poll(missing).toEqual([])
      expect(seen).toHaveLength(all.length)
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
      await expect.poll(() => of('options-json', 'value')).toContain('"userVerification": "discouraged"')
      await expect.poll(() => of('lint', 'innerText')).toContain('userVerification: discouraged with prf')
    })

    test('a ceremony that cannot be is told kindly, one that waits can be cancelled, and either is a run that outlives a reload', async () => {
      await openFor('ada')
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
      await expect.poll(() => of('runs', 'innerText')).toContain(webAuthn ? 'cancelled' : 'no WebAuthn here')
      await browser.press(run(1))
      await expect.poll(text).toContain(why)
    })

    if (webAuthn)
      test('a passkey is registered and signs in, with a token that is verified, and all that was asked and got', async () => {
        await browser.addAuthenticator()
        await openFor('grace')
        await browser.press(button('Register'))
        await expect.poll(state).toBe('success')
        await browser.press(tab('Asked and got'))
        await expect.poll(text).toMatch(/2 asked: 1 honoured.*\s[\s\S]*prf\s+{}\s+enabled: true/)
        await browser.press(button('Authenticate'))
        await expect.poll(() => of('token', 'innerText')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
        await expect.poll(text).toContain('Signature verified')
        await expect
          .poll(() => of('runs', 'innerText'))
          .toMatch(/Authenticate[\s\S]*token[\s\S]*Register[\s\S]*device-bound/)
        await browser.press(tab('Passkeys'))
        await rename()
        const has = await browser.evaluate<boolean>(`'signalCurrentUserDetails' in PublicKeyCredential`)
        await expect.poll(text).toContain(has ? 'The browser took it.' : 'This browser does not have the function')
      })

    test('an authenticator in software registers and signs in, with a token that is verified', async () => {
      await openFor('hopper')
      if (webAuthn) {
        await browser.press(button('Software authenticator'))
        await browser.press(`//dialog[@open]//input[@role='switch']`)
      } else await browser.press(button('Use an authenticator in software'))
      await expect.poll(text).toContain('nothing here is a real one')
      await browser.escape()
      await expect.poll(dialogs).toBe(0)
      await browser.press(button('Register'))
      await expect.poll(() => of('runs', 'innerText')).toContain('software “Platform” · synced')
      await browser.press(button('Authenticate'))
      await expect.poll(() => of('token', 'innerText')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      await expect.poll(text).toContain('Signature verified')
      await browser.press(tab('Passkeys'))
      await rename()
      await expect.poll(text).toContain('The browser took it.')
      await browser.press(`//button[starts-with(@aria-label,'Delete ')]`)
      await browser.press(button('Delete it'))
      await browser.press(button('Signal the deletion'))
      await expect.poll(text).toMatch(/signalUnknownCredential[\s\S]*The browser took it[\s\S]*signalAllAcceptedCred/)
      await browser.press(button('Switch it off'))
      await expect.poll(() => browser.evaluate(`typeof PublicKeyCredential === 'function'`)).toBe(webAuthn)
    })

    test('a page gives its frame what is switched on, and what stands there registers, or says kindly why it cannot', async () => {
      const home = new URL(process.env.BASE_URL ?? '')
      if (home.hostname !== 'localhost' || home.protocol !== 'http:') return
      await browser.open(`http://127.0.0.1:${home.port}/playground/frame`)
      await expect.poll(text).toContain('Two origins')
      expect(await browser.evaluate(`document.querySelector('iframe').getAttribute('allow')`)).toBe('')
      await browser.press(`//label[contains(.,'Make passkeys')]`)
      await expect
        .poll(() => browser.evaluate(`document.querySelector('iframe').getAttribute('allow')`))
        .toBe('publickey-credentials-create')
      await open('/playground/frame/inside', `document.querySelector('#main input')`)
      await expect.poll(text).toContain('stands in none now')
      await expect.poll(text).toMatch(/May make passkeys\s+(?:yes|this browser does not tell)/)
      await browser.type(`(//input)[1]`, tenant.key)
      await browser.press(button('Register'))
      const answer = `document.querySelector('section[aria-label=Answer]')?.innerText`
      await expect
        .poll(() => browser.evaluate<string>(answer))
        .toMatch(webAuthn ? /The server keeps the passkey/ : /This browser cannot do this/)
    })

    test('the failure lab catches a fault', async () => {
      await openFor('lovelace')
      await browser.press(tab('Break it'))
      await browser.press(`//article//button[normalize-space()='Run']`)
      await expect.poll(text).toContain('Caught by Origin')
      expect(await browser.errors()).toEqual([expect.stringMatching(/^401 .*authenticate\/finish$/)])
    })

    test('the decoder reads its examples', async () => {
      await browser.open(`${process.env.BASE_URL}/playground/decode`)
      await browser.press(button('Attestation object'))
      await expect.poll(text).toContain('An attestation object')
      await expect.poll(text).toContain('rpIdHash')
    })

    test('what is chosen in a list that is narrower stays on one line, ends in an ellipsis, and widens no page', async () => {
      const ambiguous = Buffer.from('49960de5880e8c687434170f6476605b').toString('base64url')
      await browser.open(`${process.env.BASE_URL}/playground/decode#t=${ambiguous}`)
      await expect.poll(text).toContain('It could also be')
      const narrowed = await browser.evaluate(`(() => {
        const list = document.querySelector('select')
        const { offsetHeight: height } = list
        list.parentElement.style.cssText = 'position: absolute; width: 60px; left: calc(100vw - 60px)'
        const { scrollWidth, clientWidth } = document.documentElement
        return [list.offsetWidth, list.offsetHeight - height, getComputedStyle(list).textOverflow, scrollWidth - clientWidth]
      })()`)
      expect(narrowed).toEqual([60, 0, 'ellipsis', 0])
    })
  })
}

import { launch } from 'puppeteer-core'
import { type OtherBrowser, withErrors } from './other-browser.ts'
import { keepErrors } from './page-errors.ts'

/** Starts Firefox without a window, driven over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<OtherBrowser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    defaultViewport: { width: 1280, height: 900 },
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'security.webauth.webauthn_enable_softtoken': true },
  })
  // Only a tab that is opened is in front, as WebAuthn wants it.
  const page = await browser.newPage()
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`)
  })
  await page.evaluateOnNewDocument(keepErrors)
  const firefox = {
    async open(url: string) {
      await page.goto(url)
    },
    async reload() {
      await page.reload()
    },
    evaluate: <Value>(expression: string) => page.evaluate(`(${expression})`) as Promise<Value>,
    press: (xpath: string) => page.locator(`::-p-xpath(${xpath})`).click(),
    pressAt: (x: number, y: number) => page.mouse.click(x, y),
    escape: () => page.keyboard.press('Escape'),
    async type(xpath: string, text: string) {
      await page.locator(`::-p-xpath(${xpath})`).click()
      // Keys go to what has the focus, in a window that has it.
      const focused = `document.hasFocus() && document.activeElement === document.evaluate(${JSON.stringify(xpath)}, document, null, 9).singleNodeValue`
      await page.waitForFunction(focused)
      await page.keyboard.type(text)
    },
    addAuthenticator: () => addAuthenticator((browser as unknown as { connection: BiDi }).connection),
    close: () => browser.close(),
  }
  return withErrors(firefox, refused)
}

/** Puppeteer's own line to the browser, which takes what has no method there. */
interface BiDi {
  send(method: string, parameters: object): Promise<{ result: { contexts: { context: string }[]; type: string } }>
}

/**
 * BiDi has no virtual authenticators: the browser's own service is asked, in its own window. It knows them only where none
 * that is plugged in is waited for.
 */
async function addAuthenticator(bidi: BiDi): Promise<void> {
  const { result: tree } = await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const expression = `
    Services.prefs.setBoolPref('security.webauth.webauthn_enable_usbtoken', false)
    const service = Cc['@mozilla.org/webauthn/service;1'].getService(Ci.nsIWebAuthnService)
    const [residentKeys, userVerification, consents, verified] = [true, true, true, true]
    service.addVirtualAuthenticator('ctap2_1', 'internal', residentKeys, userVerification, consents, verified)`
  const target = { context: tree.contexts[0]?.context }
  const { result } = await bidi.send('script.evaluate', { expression, target, awaitPromise: false })
  if (result.type !== 'success') throw new Error(`Firefox gives no virtual authenticator: ${JSON.stringify(result)}`)
}

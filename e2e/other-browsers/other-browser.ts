import { takeErrors } from './page-errors.ts'

/** A browser that Playwright does not drive here, as far as these tests need one. What is pressed is found by XPath. */
export interface OtherBrowser {
  open(url: string): Promise<void>
  reload(): Promise<void>
  /** What an expression is in the page; JSON. */
  evaluate<Value>(expression: string): Promise<Value>
  /** Waits for an element, and presses it as a pointer does. */
  press(xpath: string): Promise<void>
  /** Presses a place of the window, whatever is there. */
  pressAt(x: number, y: number): Promise<void>
  /** Presses Escape. */
  escape(): Promise<void>
  /** Waits for a field, presses it, and types once it has the focus. */
  type(xpath: string, text: string): Promise<void>
  /** What pages threw, logged as an error, could not load, or did against their policy, since this was last asked. */
  errors(): Promise<string[]>
  /** Gives it an authenticator that answers at once, its user verified. */
  addAuthenticator(): Promise<void>
  close(): Promise<void>
}

/** Lets a browser, in whose pages `keepErrors` runs, tell of errors; `refused` gets the requests that the server refused. */
export function withErrors(browser: Omit<OtherBrowser, 'errors'>, refused: string[]): OtherBrowser {
  const errors: string[] = []
  // A page takes what it kept with it when it goes.
  const keep = async () => {
    errors.push(...refused.splice(0), ...(await browser.evaluate<string[]>(takeErrors)))
  }
  return {
    ...browser,
    async open(url) {
      await keep()
      await browser.open(url)
    },
    async reload() {
      await keep()
      await browser.reload()
    },
    async errors() {
      await keep()
      return errors.splice(0)
    },
  }
}

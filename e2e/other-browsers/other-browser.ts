/** A browser that Playwright does not drive here, as far as these tests need one. What is pressed is found by XPath. */
export interface OtherBrowser {
  open(url: string): Promise<void>
  reload(): Promise<void>
  /** What an expression is in the page; JSON. */
  evaluate<Value>(expression: string): Promise<Value>
  /** Waits for an element, and presses it as a pointer does. */
  press(xpath: string): Promise<void>
  /** Waits for a field, and types into it. */
  type(xpath: string, text: string): Promise<void>
  /** What pages logged as an error or threw; undefined where the browser does not tell. */
  readonly errors: readonly string[] | undefined
  close(): Promise<void>
}

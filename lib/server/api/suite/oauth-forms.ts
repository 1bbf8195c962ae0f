import type { OAuthBrowser } from './oauth-harness.ts'

// The authorization server's own pages, whose forms work without a script.

/** What a page's form would send, and where to. */
export function formIn(html: string): { action: string; fields: Record<string, string> } {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? ''
  const inputs = [...html.matchAll(/<input [^>]*?name="([^"]+)" value="([^"]*)"/g)]
  return { action, fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value])) }
}

/** Sends a form as the browser would. */
export function submit(browser: OAuthBrowser, action: string, fields: Record<string, string>): Promise<Response> {
  return browser.fetch(action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
}

/** Types a device's code on the page for that; the page that comes then. */
export async function enterCode(browser: OAuthBrowser, userCode: string): Promise<string> {
  const { action, fields } = formIn(await (await browser.fetch('/device')).text())
  return (await submit(browser, action, { ...fields, user_code: userCode })).text()
}

/** Presses a button of a page's form. */
export function press(browser: OAuthBrowser, page: string, button: Record<string, string> = {}): Promise<Response> {
  const { action, fields } = formIn(page)
  return submit(browser, action, { ...fields, ...button })
}

/** Allows what a device waits for. */
export async function approveDevice(browser: OAuthBrowser, userCode: string): Promise<void> {
  const confirmed = await press(browser, await enterCode(browser, userCode))
  const location = confirmed.headers.get('location')
  if (location) await browser.follow(location)
}

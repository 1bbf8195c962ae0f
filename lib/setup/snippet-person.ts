import type { Browser, BrowserContext, Page } from '@playwright/test'
import { VirtualAuthenticator, type VirtualAuthenticatorOptions } from '#lib/testing/playwright.ts'
import type { Language, SnippetProject } from './snippet-project.ts'

/** Somebody at a browser of their own, with an authenticator. */
export async function visitor(
  browser: Browser,
  like: VirtualAuthenticatorOptions = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await VirtualAuthenticator.attach(page, like)
  return { context, page }
}

/** Makes an account on the page of the sign-in, and answers what is asked for there. */
export async function joins(page: Page, answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await page.getByRole('textbox', { name: 'Username' }).fill(`ada-${crypto.randomUUID().slice(0, 8)}`)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.getByRole('button', { name: answer, exact: true }).click()
}

/** Somebody who makes an account and allows what is asked for; the address that they come back to, where there is one. */
async function goes(browser: Browser, url: string): Promise<string | undefined> {
  const { context, page } = await visitor(browser)
  // Nothing listens there: the address is enough.
  const back = page.waitForRequest((request) => request.url().startsWith('https://app.example.com/'))
  back.catch(() => undefined)
  await page.goto(url)
  const device = new URL(url).pathname === '/device'
  // The code is in the address, and the page that asks for it sends it by itself.
  if (device) await page.getByRole('heading', { name: 'Is this your device?' }).waitFor()
  if (device) await page.getByRole('button', { name: 'Continue' }).click()
  await joins(page)
  const address = device ? undefined : (await back).url()
  if (device) await page.getByRole('heading', { name: 'Back to your device' }).waitFor()
  await context.close()
  return address
}

/** Runs what asks a person to open an address and, where they come back to one, to type that in. */
export async function runWithPerson(
  project: SnippetProject,
  browser: Browser,
  language: Language,
  code: string,
  env: Record<string, string> = {},
): Promise<string> {
  return project.run(language, code, {
    env,
    person: (output) => {
      const [, url = ''] = /(https?:\/\/\S+\/(?:oauth\/authorize|device)\?\S+)\s/.exec(output) ?? []
      return url ? goes(browser, url) : undefined
    },
  })
}

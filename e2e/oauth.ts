import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { type AuthorizationRequest, OAuth } from '#lib/sdk/oauth.ts'
import { admin } from './admin.ts'
import { test as base, expect } from './fixtures.ts'
import type { Tenant } from './tenant.ts'

export { expect, refused } from './fixtures.ts'

/** An app of a tenant: a public client, with a web page of its own that users come back to. */
export class App {
  readonly name: string
  readonly clientId: string
  readonly redirectUri: string
  readonly #oauth: OAuth
  readonly #scope: string
  #begun?: { state: string; codeVerifier: string }

  constructor(name: string, clientId: string, redirectUri: string, scope: string, baseUrl: string) {
    this.name = name
    this.clientId = clientId
    this.redirectUri = redirectUri
    this.#scope = scope
    this.#oauth = new OAuth({ baseUrl })
  }

  /** Where it sends a user. */
  async address(wishes: Partial<AuthorizationRequest> = {}): Promise<string> {
    const { clientId, redirectUri } = this
    const { url, ...begun } = await this.#oauth.authorizationUrl({
      clientId,
      redirectUri,
      scope: this.#scope,
      ...wishes,
    })
    this.#begun = begun
    return url
  }

  /** Sends a user on a page to the server. */
  async open(page: Page, wishes: Partial<AuthorizationRequest> = {}): Promise<void> {
    await page.goto(await this.address(wishes))
  }

  /** What the user comes back with. */
  async answer(page: Page): Promise<URLSearchParams> {
    await page.waitForURL((url) => url.href.startsWith(`${this.redirectUri}?`))
    return new URL(page.url()).searchParams
  }

  /** The tokens that the user comes back with a code for, whose state and issuer are this app's and the server's. */
  async tokens(page: Page) {
    const { clientId, redirectUri } = this
    const { state = '', codeVerifier } = this.#begun ?? {}
    const callback = await this.#oauth.readCallback(await this.answer(page), { clientId, state })
    expect(callback.iss).toBe(process.env.BASE_URL)
    return this.#oauth.exchangeCode({ ...callback, clientId, redirectUri, codeVerifier })
  }
}

interface Fixtures {
  /** Makes an app. */
  newApp: (wishes?: { name?: string; scope?: string; optional?: string; grants?: string }) => Promise<App>
  /** One of the test's own tenant. */
  app: App
}

const scope = 'openid profile usage:read'

/** The test of the pages of an authorization: a tenant with an app, and a passkey provider on the page. */
export const test = base.extend<Fixtures>({
  newApp: async ({ tenant, baseURL }, use) => {
    const site = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<title>App</title>'))
    await new Promise<void>((listening) => site.listen(0, 'localhost', listening))
    const redirectUri = `http://localhost:${(site.address() as AddressInfo).port}/callback`
    await use(async ({ name = 'Photo Book', scope: scopes = scope, optional, grants } = {}) => {
      const { clientId } = await admin<{ clientId: string }>(
        ...['oauth-clients', 'create', '--tenant', tenant.slug, '--environment', 'test', '--type', 'public'],
        ...['--name', name, '--redirect-uri', redirectUri, '--scopes', scopes, ...(grants ? ['--grants', grants] : [])],
        ...(optional ? ['--optional-scopes', optional] : []),
      )
      return new App(name, clientId, redirectUri, scopes, String(baseURL))
    })
    site.closeAllConnections()
    site.close()
  },
  app: async ({ newApp }, use) => use(await newApp()),
})

/** Makes an account on the sign-in page; ends on the consent page. */
export async function signUp(page: Page, username: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Username' }).fill(username)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
}

/** Closes a tenant's sign-in page to new people. */
export async function closeSignUp(tenant: Tenant): Promise<void> {
  await admin('tenants', 'sign-up', 'off', '--tenant', tenant.slug)
}

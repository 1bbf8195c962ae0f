import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test as base, expect, type Page } from '@playwright/test'
import { VirtualAuthenticator } from '#lib/testing/virtual-authenticator.ts'

export { expect } from '@playwright/test'

const passkeyScopes = 'passkeys:register passkeys:authenticate'

/** A tenant of the test's own, with a test key. */
export interface Tenant {
  id: string
  name: string
  slug: string
  key: string
  keyId: string
  /** Makes a further key. */
  addKey(scopes?: string, type?: 'test' | 'live'): Promise<{ id: string; secret: string }>
  /** Revokes a key. */
  revokeKey(id: string): Promise<void>
}

interface Fixtures {
  /** Makes a tenant. */
  newTenant: (name?: string) => Promise<Tenant>
  /** A tenant that is there already. */
  tenant: Tenant
  /** A synced passkey provider whose user says yes, on `page`. */
  authenticator: VirtualAuthenticator
  playground: Playground
  /** Console messages that a test expects; every other error fails it. */
  expectedErrors: RegExp[]
}

/** Playwright's test with what the Playground needs: tenants made by the operator's command line, an authenticator, the page. */
export const test = base.extend<Fixtures & { quiet: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  newTenant: async ({}, use, info) => {
    let count = 0
    await use((name = 'Acme Wallet') =>
      newTenant(name, `e2e-${info.testId.slice(-12)}-${info.retry}-${count++}-${Date.now().toString(36)}`),
    )
  },
  tenant: async ({ newTenant }, use) => use(await newTenant()),
  authenticator: async ({ page }, use) => use(await VirtualAuthenticator.attach(page)),
  playground: async ({ page }, use) => use(new Playground(page)),
  expectedErrors: [[], { option: true }],
  quiet: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      page.on('pageerror', (error) => errors.push(error.message))
      await use(undefined)
      expect(errors.filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([])
    },
    { auto: true },
  ],
})

/** The Playground's page, by the accessible names that are its contract. */
export class Playground {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get apiKey() {
    return this.page.getByRole('textbox', { name: 'API key' })
  }
  get username() {
    return this.page.getByRole('textbox', { name: 'Username' })
  }
  get register() {
    return this.page.getByRole('button', { name: 'Register', exact: true })
  }
  get authenticate() {
    return this.page.getByRole('button', { name: 'Authenticate', exact: true })
  }
  get signIn() {
    return this.page.getByRole('button', { name: 'Sign in with a passkey' })
  }
  get tenant() {
    return this.page.getByRole('region', { name: 'Tenant' })
  }
  get status() {
    return this.page.getByTestId('status')
  }
  get token() {
    return this.page.getByTestId('token')
  }

  /** Opens the page and enters a key and a username. */
  async open(key?: string, username?: string): Promise<void> {
    await this.page.goto('/playground')
    if (key !== undefined) await this.apiKey.fill(key)
    if (username !== undefined) await this.username.fill(username)
  }

  /** Waits until the last ceremony has ended so. */
  async expectState(state: 'idle' | 'success' | 'error'): Promise<void> {
    await expect(this.status).toHaveAttribute('data-state', state)
  }

  /** The last finish answer or problem. */
  async lastResult(): Promise<Record<string, unknown>> {
    return JSON.parse((await this.page.getByTestId('last-result').textContent()) ?? 'null')
  }

  /** The claims of the token on the page. */
  async claims(): Promise<Record<string, unknown>> {
    const [, payload = ''] = ((await this.token.textContent()) ?? '').split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  }
}

async function admin<Answer>(...args: string[]): Promise<Answer> {
  const { stdout } = await promisify(execFile)(process.execPath, ['lib/server/admin.ts', ...args, '--json'])
  return JSON.parse(stdout) as Answer
}

async function newTenant(name: string, slug: string): Promise<Tenant> {
  const { id } = await admin<{ id: string }>('tenants', 'create', '--name', name, '--slug', slug)
  const addKey = (scopes = passkeyScopes, type: 'test' | 'live' = 'test') =>
    admin<{ id: string; secret: string }>(
      'keys',
      'create',
      '--tenant',
      slug,
      '--type',
      type,
      '--name',
      'e2e',
      '--scopes',
      scopes,
    )
  const key = await addKey()
  return { id, name, slug, key: key.secret, keyId: key.id, addKey, revokeKey: (id) => admin('keys', 'revoke', id) }
}

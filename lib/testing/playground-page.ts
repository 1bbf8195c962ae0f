import { expect, type Locator, type Page } from '@playwright/test'

type ResultTab = 'Token' | 'Checks' | 'Ceremony' | 'Asked and got' | 'Passkeys' | 'Break it' | 'OAuth' | 'MPC'

/** The Playground's page, by the accessible names that are its contract. */
export class PlaygroundPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  get apiKey(): Locator {
    return this.page.getByRole('textbox', { name: 'API key' })
  }
  get username(): Locator {
    return this.page.getByRole('textbox', { name: 'Username' })
  }
  get register(): Locator {
    return this.page.getByRole('button', { name: 'Register', exact: true })
  }
  get authenticate(): Locator {
    return this.page.getByRole('button', { name: 'Authenticate', exact: true })
  }
  get signIn(): Locator {
    return this.page.getByRole('button', { name: 'Sign in with a passkey' })
  }
  get demoKeys(): Locator {
    return this.page.getByRole('button', { name: 'Use a demo key' })
  }
  get remember(): Locator {
    return this.page.getByRole('checkbox', { name: 'Remember in this tab' })
  }
  get tenant(): Locator {
    return this.page.getByRole('region', { name: 'Tenant' })
  }
  get status(): Locator {
    return this.page.getByTestId('status')
  }
  get token(): Locator {
    return this.page.getByTestId('token')
  }
  /** The tab panel on show. */
  get panel(): Locator {
    return this.page.getByRole('tabpanel')
  }
  /** One of the five steps: its title, how far it is, and in few words what came of it. */
  step(title: 'Key' | 'Username' | 'Register' | 'Authenticate' | 'Token'): Locator {
    return this.page
      .getByRole('list', { name: 'Steps', exact: true })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^\\d?${title}`) })
  }
  /** Why the ceremony on show failed, the likeliest reason first, each with the button that helps where there is one. */
  get reasons(): Locator {
    return this.page.getByRole('list', { name: 'Reasons' }).getByRole('listitem')
  }
  get passkeys(): Locator {
    return this.page.getByRole('list', { name: 'Passkeys' }).getByRole('heading')
  }

  /** Opens the page and enters a key and a username. */
  async open(key?: string, username?: string): Promise<void> {
    await this.page.goto('/playground')
    if (key !== undefined) await this.apiKey.fill(key)
    if (username !== undefined) await this.username.fill(username)
  }

  /** Borrows a demo tenant's key. */
  async borrow(tenantName: string): Promise<void> {
    await this.demoKeys.click()
    await this.page.getByRole('menuitem', { name: tenantName }).click()
    await expect(this.tenant).toContainText(tenantName)
  }

  /** Presses Register and waits for the passkey. */
  async registers(): Promise<void> {
    await this.register.click()
    await this.expectState('success')
    await expect(this.status).toContainText('has a passkey')
  }

  /** Presses Authenticate and waits for the token. */
  async authenticates(): Promise<void> {
    await this.authenticate.click()
    await expect(this.status).toContainText('is signed in')
    await expect(this.token).toBeVisible()
  }

  /** Shows a tab of the result. */
  async show(tab: ResultTab): Promise<void> {
    await this.tab(tab).click()
    await expect(this.tab(tab)).toHaveAttribute('aria-selected', 'true')
  }

  tab(name: ResultTab): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  preset(name: 'Passkey' | 'Security key' | 'High assurance' | 'Autofill' | 'PRF'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Preset' }).getByRole('radio', { name, exact: true })
  }

  /** The sheet with every option, as a form and as JSON. A ceremony that begins closes it. */
  get sheet(): Locator {
    return this.page.getByRole('dialog', { name: 'Options' })
  }

  /** Opens the sheet. */
  async openOptions(): Promise<void> {
    await this.page.getByRole('button', { name: 'Options', exact: true }).click()
    await expect(this.sheet).toBeVisible()
  }

  /** Closes the sheet. */
  async closeOptions(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close options' }).click()
    await expect(this.sheet).toHaveCount(0)
  }

  /** The options as JSON, which can be written in. */
  get json(): Locator {
    return this.page.getByTestId('options-json')
  }

  /** The options of one ceremony. */
  options(ceremony: 'Registration' | 'Authentication'): Locator {
    return this.page.getByRole('group', { name: ceremony })
  }

  /** Waits until the last ceremony has ended so. Where it does not, the error has what the page says of it. */
  async expectState(state: 'idle' | 'success' | 'error'): Promise<void> {
    await expect(this.status)
      .toHaveAttribute('data-state', state)
      .catch(async (error: Error) => {
        const said = await this.status.textContent({ timeout: 1_000 }).catch(() => 'There is no status on the page.')
        throw Object.assign(error, { message: `${error.message}\nThe page says: ${said}` })
      })
  }

  /** Expects that the last ceremony failed and that the page says, to eyes and to screen readers, what, why and what to do. */
  async expectFailure(what: string | RegExp, why: string | RegExp, todo: string | RegExp): Promise<void> {
    await this.expectState('error')
    const result = this.page.getByRole('region', { name: 'Result' })
    for (const words of [what, why, todo]) {
      await expect(this.status).toContainText(words)
      await expect(result.getByRole('paragraph').filter({ hasText: words, visible: true }).first()).toBeVisible()
    }
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

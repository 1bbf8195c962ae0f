import { apiResource, mpcResource } from '#lib/contract/oauth-resources.ts'
import { Client } from '#lib/sdk/client.ts'
import type { DPoP, OAuth } from '#lib/sdk/oauth.ts'
import type { Flow, OAuthChoices } from './oauth-flow.ts'
import { OAuthRecorder } from './oauth-recorder.ts'
import { recordingFetch } from './recording-fetch.ts'

export interface PerformanceSettings {
  baseUrl: string
  clientId: string
  /** Of a confidential client. It is kept in memory alone. */
  clientSecret?: string | undefined
  redirectUri: string
  /** The username to expect, where one is known. */
  loginHint?: string | undefined
  publish: (flow: Flow) => void
}

/** The client’s code, in its own chunk: nobody pays for it who does not open the tab. */
export function loadOAuth() {
  return import('#lib/sdk/oauth.ts')
}

/** What every grant has in common: a client performs it step by step, and publishes all that passes. Its steps never throw. */
export class Performance {
  protected dpop: DPoP | undefined
  protected readonly settings: PerformanceSettings
  protected readonly recorder: OAuthRecorder
  protected readonly oauth: Promise<OAuth>
  readonly #waiting = new AbortController()
  readonly #fetch: typeof fetch

  constructor(settings: PerformanceSettings, choices: OAuthChoices) {
    this.settings = settings
    this.recorder = new OAuthRecorder(choices, settings.publish)
    this.#fetch = recordingFetch((message, before) => this.recorder.write(message, before))
    this.oauth = loadOAuth().then(({ createOAuth }) => createOAuth({ baseUrl: settings.baseUrl, fetch: this.#fetch }))
    // Whichever step needs it says so when it cannot be loaded.
    this.oauth.catch(() => undefined)
  }

  /** Nobody waits for the person any more. */
  cancel(): void {
    this.#waiting.abort(new DOMException('The wait was ended.', 'AbortError'))
  }

  refresh(): Promise<boolean> {
    const refreshToken = this.recorder.flow.tokens?.refreshToken
    if (!refreshToken)
      return this.recorder.missing('refresh', 'There is no refresh token yet: exchange the code first.')
    return this.recorder.step('refresh', async () => {
      const tokens = await this.refreshed(refreshToken, this.resource)
      this.recorder.show({ tokens: { ...this.recorder.flow.tokens, ...tokens } })
      return 'A new access token, and a new refresh token in place of the old one.'
    })
  }

  callApi(): Promise<boolean> {
    const { tokens, choices } = this.recorder.flow
    if (!tokens) return this.recorder.missing('api', 'There is no access token yet: exchange the code first.')
    return this.recorder.step('api', async () => {
      const { accessToken } = tokens
      const dpop = this.dpop
      const client = new Client({ accessToken, fetch: this.#fetch, maxRetries: 0, ...(dpop ? { dpop } : {}) })
      if (choices.resource === 'mpc') {
        await client.tenant().catch(expectRefusal)
        return 'Refused, and rightly so: this token is for the MPC server. The API takes only its own.'
      }
      const { tenant, environment } = await client.tenant()
      return `The API answers for ${tenant.name}, ${environment}. No API key was sent.`
    })
  }

  protected get waiting(): AbortSignal {
    return this.#waiting.signal
  }

  /** Who asks. */
  protected get client() {
    const { clientId, clientSecret } = this.settings
    return { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) }
  }

  protected get resource(): string {
    return this.recorder.flow.choices.resource === 'mpc' ? mpcResource : apiResource(this.settings.baseUrl)
  }

  /** A key for the tokens, where they are to be bound to one. */
  protected async bind(): Promise<void> {
    this.dpop = this.recorder.flow.choices.dpop ? await (await this.oauth).dpop() : undefined
    if (this.dpop) this.recorder.show({ thumbprint: this.dpop.thumbprint })
  }

  protected async refreshed(refreshToken: string, resource: string | null) {
    return (await this.oauth).refreshToken({ ...this.client, refreshToken, resource, dpop: this.dpop })
  }
}

function expectRefusal(error: unknown): void {
  if ((error as { problem?: { status?: number } }).problem?.status !== 401) throw error
}

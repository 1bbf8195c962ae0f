import { apiResource, mpcResource } from '#lib/contract/oauth-scopes.ts'
import { Client } from '#lib/sdk/client.ts'
import type { DPoP, OAuth } from '#lib/sdk/oauth.ts'
import { type Flow, type OAuthChoices, promptOf } from './oauth-flow.ts'
import { callbackOf } from './oauth-popup.ts'
import { OAuthRecorder } from './oauth-recorder.ts'
import { recordingFetch } from './recording-fetch.ts'

interface Settings {
  baseUrl: string
  clientId: string
  redirectUri: string
  /** The username to expect, where one is known. */
  loginHint: string | undefined
  publish: (flow: Flow) => void
}

/** The client’s code, in its own chunk: nobody pays for it who does not open the tab. */
export function loadOAuth() {
  return import('#lib/sdk/oauth.ts')
}

/** The built-in client: performs the flow step by step, and publishes everything that passes. Its steps never throw. */
export class OAuthPerformance {
  #dpop: DPoP | undefined
  readonly #settings: Settings
  readonly #recorder: OAuthRecorder
  readonly #waiting = new AbortController()
  readonly #fetch: typeof fetch
  readonly #oauth: Promise<OAuth>

  constructor(settings: Settings, choices: OAuthChoices) {
    this.#settings = settings
    this.#recorder = new OAuthRecorder(choices, settings.publish)
    this.#fetch = recordingFetch((message, before) => this.#recorder.write(message, before))
    this.#oauth = loadOAuth().then(({ createOAuth }) => createOAuth({ baseUrl: settings.baseUrl, fetch: this.#fetch }))
    // Whichever step needs it says so when it cannot be loaded.
    this.#oauth.catch(() => undefined)
  }

  /** Nobody waits for the popup any more. */
  cancel(): void {
    this.#waiting.abort(new DOMException('The wait was ended.', 'AbortError'))
  }

  /** From the URL to the code. The popup was opened in the click: null when the browser refused. */
  authorize(popup: Window | null): Promise<boolean> {
    const { clientId, redirectUri, baseUrl, loginHint } = this.#settings
    const { choices } = this.#recorder.flow
    return this.#recorder.step('authorize', async () => {
      const oauth = await this.#oauth
      this.#dpop = choices.dpop ? await oauth.dpop() : undefined
      const prompt = promptOf(choices)
      try {
        const authorization = await oauth.authorizationUrl({
          clientId,
          redirectUri,
          scope: choices.scopes.join(' '),
          resource: choices.resource === 'mpc' ? mpcResource : apiResource(baseUrl),
          pushed: choices.pushed,
          dpop: this.#dpop,
          ...(prompt ? { prompt } : {}),
          ...(choices.scopes.includes('openid') ? { nonce: crypto.randomUUID() } : {}),
          ...(loginHint ? { loginHint } : {}),
        })
        const { state, url } = authorization
        this.#recorder.show({
          authorization,
          ...(this.#dpop ? { thumbprint: this.#dpop.thumbprint } : {}),
          ...(popup ? {} : { blocked: url }),
        })
        this.#recorder.write({ kind: 'authorize', method: 'GET', url, headers: [] })
        if (popup) popup.location.href = url
        const search = await callbackOf(state, popup, this.#waiting.signal)
        this.#recorder.write({ kind: 'callback', method: 'GET', url: `${redirectUri}${search}`, headers: [] })
        const code = await oauth.readCallback(search, { clientId, state })
        this.#recorder.show({ code })
        return 'The user signed in and allowed it. The page has a code, good for one minute and one use.'
      } finally {
        popup?.close()
      }
    })
  }

  exchange(): Promise<boolean> {
    const { clientId, redirectUri } = this.#settings
    const { code, authorization } = this.#recorder.flow
    if (!code || !authorization) return this.#recorder.missing('exchange', 'There is no code yet: authorize first.')
    return this.#recorder.step('exchange', async () => {
      const oauth = await this.#oauth
      const { codeVerifier, nonce } = authorization
      const exchange = { ...code, clientId, redirectUri, codeVerifier, nonce, dpop: this.#dpop }
      const tokens = await oauth.exchangeCode({ ...exchange, resource: this.#resource })
      this.#recorder.show({ tokens })
      const names = ['an access token', tokens.idToken && 'an ID token', tokens.refreshToken && 'a refresh token']
      return `The app holds ${names.filter(Boolean).join(', ')}.`
    })
  }

  refresh(): Promise<boolean> {
    const refreshToken = this.#recorder.flow.tokens?.refreshToken
    if (!refreshToken)
      return this.#recorder.missing('refresh', 'There is no refresh token yet: exchange the code first.')
    return this.#recorder.step('refresh', async () => {
      const tokens = await this.#refreshed(refreshToken, this.#resource)
      this.#recorder.show({ tokens: { ...this.#recorder.flow.tokens, ...tokens } })
      return 'A new access token, and a new refresh token in place of the old one.'
    })
  }

  callApi(): Promise<boolean> {
    const { tokens, choices } = this.#recorder.flow
    if (!tokens) return this.#recorder.missing('api', 'There is no access token yet: exchange the code first.')
    return this.#recorder.step('api', async () => {
      const { accessToken } = tokens
      const dpop = this.#dpop
      const client = new Client({ accessToken, fetch: this.#fetch, maxRetries: 0, ...(dpop ? { dpop } : {}) })
      if (choices.resource === 'mpc') {
        await client.tenant().catch(expectRefusal)
        return 'Refused, and rightly so: this token is for the MPC server. The API takes only its own.'
      }
      const { tenant, environment } = await client.tenant()
      return `The API answers for ${tenant.name}, ${environment}. No API key was sent.`
    })
  }

  userInfo(): Promise<boolean> {
    const { tokens, choices } = this.#recorder.flow
    if (!tokens?.refreshToken)
      return this.#recorder.missing('userinfo', 'There are no tokens yet: exchange the code first.')
    if (!choices.scopes.includes('openid'))
      return this.#recorder.missing('userinfo', 'Userinfo is for the scope openid: choose it, and authorize again.')
    const { refreshToken, claims } = tokens
    return this.#recorder.step('userinfo', async () => {
      const opaque = await this.#refreshed(refreshToken, null)
      this.#recorder.show({
        opaque,
        tokens: { ...this.#recorder.flow.tokens, ...tokens, ...renewed(opaque.refreshToken) },
      })
      const oauth = await this.#oauth
      const subject = claims ? { subject: claims.sub } : {}
      const user = await oauth.userInfo({ accessToken: opaque.accessToken, dpop: this.#dpop, ...subject })
      return `The user is ${user.preferred_username ?? user.sub}: the same as in the ID token.`
    })
  }

  introspect(): Promise<boolean> {
    const token = this.#known()
    if (!token) return this.#recorder.missing('introspect', 'There are no tokens yet: exchange the code first.')
    return this.#recorder.step('introspect', async () => {
      const { active } = await (await this.#oauth).introspect({ ...token, clientId: this.#settings.clientId })
      return active ? 'The token is active.' : 'The token is not active: it has expired or was revoked.'
    })
  }

  revoke(): Promise<boolean> {
    const { clientId } = this.#settings
    const refreshToken = this.#recorder.flow.tokens?.refreshToken
    const other = this.#known()
    if (!refreshToken || !other)
      return this.#recorder.missing('revoke', 'There are no tokens yet: exchange the code first.')
    return this.#recorder.step('revoke', async () => {
      const oauth = await this.#oauth
      await oauth.revoke({ token: refreshToken, tokenTypeHint: 'refresh_token', clientId })
      const { active } = await oauth.introspect({ ...other, clientId })
      if (active) throw new Error('The token is still active after its revocation.')
      return 'Everything that came from this consent has ended. A second introspection shows it: not active.'
    })
  }

  /** Every step after another, until one does not work. */
  async runAll(popup: Window | null): Promise<void> {
    const rest = () => [
      this.exchange,
      this.refresh,
      this.callApi,
      ...(this.#recorder.flow.choices.scopes.includes('openid') ? [this.userInfo] : []),
      this.introspect,
      this.revoke,
    ]
    if (!(await this.authorize(popup))) return
    for (const step of rest()) if (!(await step.call(this))) return
  }

  get #resource(): string {
    return this.#recorder.flow.choices.resource === 'mpc' ? mpcResource : apiResource(this.#settings.baseUrl)
  }

  /** A token that the server can be asked about: JWTs say everything themselves. */
  #known() {
    const { opaque, tokens } = this.#recorder.flow
    if (opaque) return { token: opaque.accessToken, tokenTypeHint: 'access_token' as const }
    return tokens?.refreshToken && { token: tokens.refreshToken, tokenTypeHint: 'refresh_token' as const }
  }

  async #refreshed(refreshToken: string, resource: string | null) {
    const { clientId } = this.#settings
    return (await this.#oauth).refreshToken({ refreshToken, clientId, resource, dpop: this.#dpop })
  }
}

function expectRefusal(error: unknown): void {
  if ((error as { problem?: { status?: number } }).problem?.status !== 401) throw error
}

function renewed(refreshToken: string | undefined) {
  return refreshToken === undefined ? {} : { refreshToken }
}

import { promptOf } from './oauth-flow.ts'
import { callbackOf } from './oauth-popup.ts'
import { Performance } from './performance.ts'

/** The authorization code flow, from the URL to the end of its tokens. */
export class CodePerformance extends Performance {
  /** From the URL to the code. The popup was opened in the click: null when the browser refused. */
  authorize(popup: Window | null): Promise<boolean> {
    const { redirectUri, loginHint } = this.settings
    const { choices } = this.recorder.flow
    return this.recorder.step('authorize', async () => {
      try {
        const oauth = await this.oauth
        await this.bind()
        const prompt = promptOf(choices)
        const authorization = await oauth.authorizationUrl({
          ...this.client,
          redirectUri,
          scope: choices.scopes.join(' '),
          resource: this.resource,
          pushed: choices.pushed,
          signal: this.waiting,
          dpop: this.dpop,
          ...(prompt ? { prompt } : {}),
          ...(choices.scopes.includes('openid') ? { nonce: crypto.randomUUID() } : {}),
          ...(loginHint ? { loginHint } : {}),
        })
        const { state, url } = authorization
        this.waiting.throwIfAborted()
        this.recorder.show({ authorization, ...(popup ? {} : { blocked: url }) })
        this.recorder.write({ kind: 'authorize', method: 'GET', url, headers: [] })
        if (popup) popup.location.href = url
        const search = await callbackOf(state, popup, this.waiting)
        this.recorder.write({ kind: 'callback', method: 'GET', url: `${redirectUri}${search}`, headers: [] })
        const code = await oauth.readCallback(search, { ...this.client, state })
        this.recorder.show({ code })
        return 'The user signed in and allowed it. The page has a code, good for one minute and one use.'
      } finally {
        popup?.close()
      }
    })
  }

  exchange(): Promise<boolean> {
    const { redirectUri } = this.settings
    const { code, authorization } = this.recorder.flow
    if (!code || !authorization) return this.recorder.missing('exchange', 'There is no code yet: authorize first.')
    return this.recorder.step('exchange', async () => {
      const oauth = await this.oauth
      const { codeVerifier, nonce } = authorization
      const exchange = { ...code, ...this.client, redirectUri, codeVerifier, nonce, dpop: this.dpop }
      const tokens = await oauth.exchangeCode({ ...exchange, resource: this.resource })
      this.recorder.show({ tokens })
      const names = ['an access token', tokens.idToken && 'an ID token', tokens.refreshToken && 'a refresh token']
      return `The app holds ${names.filter(Boolean).join(', ')}.`
    })
  }

  userInfo(): Promise<boolean> {
    const { tokens, choices } = this.recorder.flow
    if (!tokens?.refreshToken)
      return this.recorder.missing('userinfo', 'There are no tokens yet: exchange the code first.')
    if (!choices.scopes.includes('openid'))
      return this.recorder.missing('userinfo', 'Userinfo is for the scope openid: choose it, and authorize again.')
    const { refreshToken, claims } = tokens
    return this.recorder.step('userinfo', async () => {
      const opaque = await this.refreshed(refreshToken, null)
      this.recorder.show({
        opaque,
        tokens: { ...this.recorder.flow.tokens, ...tokens, ...renewed(opaque.refreshToken) },
      })
      const oauth = await this.oauth
      const subject = claims ? { subject: claims.sub } : {}
      const user = await oauth.userInfo({ accessToken: opaque.accessToken, dpop: this.dpop, ...subject })
      return `The user is ${user.preferred_username ?? user.sub}: the same as in the ID token.`
    })
  }

  introspect(): Promise<boolean> {
    const token = this.#known()
    if (!token) return this.recorder.missing('introspect', 'There are no tokens yet: exchange the code first.')
    return this.recorder.step('introspect', async () => {
      const { active } = await (await this.oauth).introspect({ ...token, ...this.client })
      return active ? 'The token is active.' : 'The token is not active: it has expired or was revoked.'
    })
  }

  revoke(): Promise<boolean> {
    const refreshToken = this.recorder.flow.tokens?.refreshToken
    const other = this.#known()
    if (!refreshToken || !other)
      return this.recorder.missing('revoke', 'There are no tokens yet: exchange the code first.')
    return this.recorder.step('revoke', async () => {
      const oauth = await this.oauth
      await oauth.revoke({ token: refreshToken, tokenTypeHint: 'refresh_token', ...this.client })
      const { active } = await oauth.introspect({ ...other, ...this.client })
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
      ...(this.recorder.flow.choices.scopes.includes('openid') ? [this.userInfo] : []),
      this.introspect,
      this.revoke,
    ]
    if (!(await this.authorize(popup))) return
    for (const step of rest()) if (!(await step.call(this))) return
  }

  /** A token that the server can be asked about: JWTs say everything themselves. */
  #known() {
    const { opaque, tokens } = this.recorder.flow
    if (opaque) return { token: opaque.accessToken, tokenTypeHint: 'access_token' as const }
    return tokens?.refreshToken && { token: tokens.refreshToken, tokenTypeHint: 'refresh_token' as const }
  }
}

function renewed(refreshToken: string | undefined) {
  return refreshToken === undefined ? {} : { refreshToken }
}

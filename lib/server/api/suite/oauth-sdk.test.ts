import { beforeEach, describe, expect, test } from 'vitest'
import { apiResource, mpcResource } from '#lib/contract/oauth-resources.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { ApiError, Client } from '#lib/sdk/client.ts'
import { createOAuth, type OAuth, OAuthError } from '#lib/sdk/oauth.ts'
import { baseUrl, newTenant, request } from './harness.ts'
import { approveDevice, enterCode, press } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'

const redirectUri = 'https://app.example/callback'

/** A tenant with a public client and a confidential one, a browser, and what the SDK sends. */
async function newApp() {
  const { tenant, client } = await newTenant({ scopes: ['oauth:manage', 'usage:read', 'account:read'] })
  const scopes = ['openid', 'profile', 'usage:read', 'account:read'] as (Scope | 'openid' | 'profile')[]
  const { clientId } = await client.oauthClients.create({
    name: 'App',
    type: 'public',
    redirectUris: [redirectUri],
    scopes,
  })
  const confidential = await client.oauthClients.create({
    name: 'Service',
    type: 'confidential',
    redirectUris: [redirectUri],
    scopes,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
  })
  const sent: { url: string; headers: Headers; body: URLSearchParams }[] = []
  const fetch: typeof globalThis.fetch = (url, init = {}) => {
    sent.push({
      url: String(url),
      headers: new Headers(init.headers),
      body: new URLSearchParams(String(init.body ?? '')),
    })
    return request(url, init)
  }
  return {
    ...{ tenant, clientId, confidential, sent, fetch },
    browser: new OAuthBrowser(),
    oauth: createOAuth({ baseUrl, fetch }),
  }
}

let app: Awaited<ReturnType<typeof newApp>>
let oauth: OAuth
beforeEach(async () => {
  app = await newApp()
  oauth = app.oauth
})

type Request = Parameters<OAuth['authorizationUrl']>[0]

/** Goes through the pages, and back with what the server answered. */
async function goThrough(request: Partial<Request> = {}) {
  const authorization = await oauth.authorizationUrl({
    ...{ clientId: app.clientId, redirectUri, scope: 'openid profile usage:read account:read' },
    ...request,
  })
  const back = await app.browser.authorize(authorization.url)
  return { ...authorization, back, code: back.searchParams.get('code') ?? '' }
}

/** The code an OAuthError carries; fails when nothing was refused. */
async function refused(call: Promise<unknown>): Promise<OAuthError> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (error instanceof OAuthError) return error
  throw error ?? new Error('The call was expected to be refused, and was not.')
}

describe('the authorization code flow', () => {
  test('works with the four documented arguments, and its token opens the API', async () => {
    const { code } = await goThrough()
    const tokens = await oauth.exchangeCode({ code, redirectUri, clientId: app.clientId })
    expect(tokens).toMatchObject({
      accessToken: expect.stringMatching(/^ey/),
      tokenType: 'Bearer',
      expiresIn: 3600,
      refreshToken: expect.any(String),
      idToken: expect.stringMatching(/^ey/),
      claims: { iss: baseUrl, aud: app.clientId, preferred_username: 'ada' },
    })
    expect(tokens.scope.split(' ').sort()).toEqual(['account:read', 'usage:read'])
    const { tenant, key } = await new Client({ accessToken: tokens.accessToken, baseUrl, fetch: request }).tenant()
    expect([tenant.id, key]).toEqual([app.tenant.id, null])
  })

  test('sends PKCE, the state and the resource, and the same resource for the token', async () => {
    const { url, state, codeVerifier, code } = await goThrough({ scope: ['openid', 'usage:read'], loginHint: 'ada' })
    const asked = new URL(url).searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ state, code_challenge_method: 'S256', scope: 'openid usage:read', login_hint: 'ada' },
      resource: apiResource(baseUrl),
    })
    expect(asked.get('code_challenge')).toBe(
      Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))).toString('base64url'),
    )
    await oauth.exchangeCode({ code, redirectUri, clientId: app.clientId, state })
    const { body } = app.sent.find(({ url }) => url.endsWith('/token')) ?? {}
    expect(Object.fromEntries(body ?? [])).toMatchObject({
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier },
      ...{ resource: apiResource(baseUrl), client_id: app.clientId },
    })
  })

  test('authenticates a confidential client by its secret', async () => {
    const { clientId, clientSecret = '' } = app.confidential
    const { code, codeVerifier } = await goThrough({ clientId })
    const without = await refused(oauth.exchangeCode({ code, redirectUri, clientId, codeVerifier }))
    expect([without.status, without.error]).toEqual([401, 'invalid_client'])
    const wrong = await refused(
      oauth.exchangeCode({ code, redirectUri, clientId, clientSecret: `${clientSecret}x`, codeVerifier }),
    )
    expect([wrong.status, wrong.error]).toEqual([401, 'invalid_client'])
    const { accessToken } = await oauth.exchangeCode({ code, redirectUri, clientId, clientSecret })
    expect(accessToken).toMatch(/^ey/)
  })

  test('without a resource gives an opaque token for userinfo, introspection and revocation', async () => {
    const { clientId } = app
    const { url, code } = await goThrough({ resource: null })
    expect(new URL(url).searchParams.has('resource')).toBe(false)
    const { accessToken, claims } = await oauth.exchangeCode({ code, redirectUri, clientId })
    expect(accessToken).not.toContain('.')
    const subject = claims?.sub ?? ''
    expect(await oauth.userInfo({ accessToken, subject })).toMatchObject({ sub: subject, preferred_username: 'ada' })
    expect((await refused(oauth.userInfo({ accessToken, subject: 'usr_other' }))).error).toBe('invalid_response')
    expect(await oauth.introspect({ token: accessToken, clientId })).toMatchObject({ active: true, sub: subject })
    await oauth.revoke({ token: accessToken, clientId, tokenTypeHint: 'access_token' })
    expect(await oauth.introspect({ token: accessToken, clientId })).toEqual({ active: false })
    expect(await refused(oauth.userInfo({ accessToken }))).toMatchObject({ status: 401, error: 'invalid_token' })
  })

  test('asks for several resources, and for one of them at a time', async () => {
    const { code } = await goThrough({ resource: [mpcResource, apiResource(baseUrl)] })
    const first = await oauth.exchangeCode({ code, redirectUri, clientId: app.clientId })
    expect(claimsOf(first.accessToken)).toMatchObject({ aud: 'mpc-server:test' })
    const { clientId } = app
    const next = await oauth.refreshToken({ refreshToken: first.refreshToken ?? '', clientId })
    expect(claimsOf(next.accessToken)).toMatchObject({ aud: apiResource(baseUrl) })
  })

  test('pushes its request where it is told to', async () => {
    const { url, code } = await goThrough({ pushed: true })
    expect([...new URL(url).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    expect(await oauth.exchangeCode({ code, redirectUri, clientId: app.clientId })).toMatchObject({
      tokenType: 'Bearer',
    })
  })

  test('checks the nonce that it was begun with', async () => {
    const { clientId } = app
    const good = await goThrough({ nonce: 'n-1' })
    expect(good.nonce).toBe('n-1')
    expect((await oauth.exchangeCode({ code: good.code, redirectUri, clientId })).claims?.nonce).toBe('n-1')
    const bad = await goThrough({ nonce: 'n-2' })
    const error = await refused(oauth.exchangeCode({ code: bad.code, redirectUri, clientId, nonce: 'n-3' }))
    expect(error).toMatchObject({ error: 'invalid_response', description: expect.stringMatching(/nonce/) })
  })
})

describe('what came back', () => {
  test('is read, and checked for its state and its issuer', async () => {
    const { back, state } = await goThrough()
    const expected = { clientId: app.clientId, state }
    expect(await oauth.readCallback(back.search, expected)).toEqual({
      ...{ code: back.searchParams.get('code'), state, iss: baseUrl },
    })
    const other = new URL(back)
    other.searchParams.set('iss', 'https://evil.example')
    expect((await refused(oauth.readCallback(other.search, expected))).error).toBe('invalid_response')
    expect((await refused(oauth.readCallback(back.search, { ...expected, state: 'x' }))).error).toBe('invalid_response')
  })

  test('may be a no', async () => {
    const { url, state } = await oauth.authorizationUrl({
      clientId: app.clientId,
      redirectUri,
      scope: 'openid usage:read',
    })
    const back = await app.browser.authorize(url, { consent: 'deny' })
    const error = await refused(oauth.readCallback(back.search, { clientId: app.clientId, state }))
    expect(error).toMatchObject({ name: 'OAuthError', error: 'access_denied', status: undefined })
    expect(error.message).toMatch(/^access_denied: \S/)
  })

  test('from another issuer is not exchanged', async () => {
    const { code, state } = await goThrough()
    const { clientId } = app
    const before = app.sent.length
    const error = await refused(oauth.exchangeCode({ code, redirectUri, clientId, state, iss: 'https://evil.example' }))
    expect(error.error).toBe('invalid_response')
    expect(app.sent.slice(before).filter(({ url }) => url.endsWith('/token'))).toEqual([])
    expect(await oauth.exchangeCode({ code, redirectUri, clientId, state, iss: baseUrl })).toHaveProperty('accessToken')
  })

  test('without a known verifier says what to do, and works with the verifier', async () => {
    const { code, codeVerifier } = await goThrough()
    const elsewhere = createOAuth({ baseUrl, fetch: request })
    const exchange = { code, redirectUri, clientId: app.clientId }
    expect(await refused(elsewhere.exchangeCode(exchange))).toMatchObject({
      error: 'invalid_request',
      description: expect.stringMatching(/codeVerifier/),
    })
    expect((await refused(oauth.exchangeCode({ ...exchange, state: 'unknown' }))).error).toBe('invalid_request')
    expect(await elsewhere.exchangeCode({ ...exchange, codeVerifier })).toHaveProperty('accessToken')
  })

  test('twice is refused the second time', async () => {
    const { code, codeVerifier } = await goThrough()
    const exchange = { code, redirectUri, clientId: app.clientId, codeVerifier }
    await oauth.exchangeCode(exchange)
    expect(await refused(oauth.exchangeCode(exchange))).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('belongs to its own authorization when several are under way', async () => {
    const first = await oauth.authorizationUrl({ clientId: app.clientId, redirectUri, scope: 'openid' })
    const second = await goThrough()
    const back = await app.browser.authorize(first.url)
    const code = back.searchParams.get('code') ?? ''
    const { clientId } = app
    expect(await oauth.exchangeCode({ code, redirectUri, clientId, state: first.state })).toHaveProperty('idToken')
    expect(await oauth.exchangeCode({ code: second.code, redirectUri, clientId })).toHaveProperty('idToken')
  })

  test('of another authorization than the newest is refused in words that help, where nobody says which', async () => {
    const first = await goThrough()
    const second = await goThrough()
    const { clientId } = app
    expect(await refused(oauth.exchangeCode({ code: first.code, redirectUri, clientId }))).toMatchObject({
      error: 'invalid_grant',
      description: expect.stringContaining('`state`'),
    })
    expect(await oauth.exchangeCode({ code: second.code, redirectUri, clientId })).toHaveProperty('accessToken')
  })
})

describe('other tokens', () => {
  test('a refresh gives new ones, for fewer scopes where asked', async () => {
    const { clientId } = app
    const { code } = await goThrough()
    const { refreshToken = '' } = await oauth.exchangeCode({ code, redirectUri, clientId })
    const next = await oauth.refreshToken({ refreshToken, clientId, scope: ['usage:read'] })
    expect(claimsOf(next.accessToken)).toMatchObject({ scope: 'usage:read', client_id: clientId })
    expect(next.refreshToken).not.toBe(refreshToken)
    const wrong = await refused(oauth.refreshToken({ refreshToken: 'nonsense', clientId }))
    expect(wrong).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('a client gets one for itself', async () => {
    const { clientId, clientSecret = '' } = app.confidential
    const { accessToken, scope } = await oauth.clientCredentials({ clientId, clientSecret, scope: 'usage:read' })
    expect(scope).toBe('usage:read')
    const client = new Client({ accessToken, baseUrl, fetch: request })
    expect((await client.tenant()).tenant.id).toBe(app.tenant.id)
    const error = await refused(oauth.clientCredentials({ clientId, clientSecret, scope: 'keys:manage' }))
    expect(error).toMatchObject({ status: 400, error: 'invalid_scope' })
  })

  test('bound to a key work with the key alone', async () => {
    const { clientId } = app
    const dpop = await oauth.dpop()
    const { code } = await goThrough({ dpop })
    const tokens = await oauth.exchangeCode({ code, redirectUri, clientId, dpop })
    expect(tokens.tokenType).toBe('DPoP')
    expect(claimsOf(tokens.accessToken)).toMatchObject({ cnf: { jkt: dpop.thumbprint } })

    const settings = { accessToken: tokens.accessToken, baseUrl, fetch: app.fetch }
    const client = new Client({ ...settings, dpop })
    expect((await client.tenant()).tenant.id).toBe(app.tenant.id)
    const { headers } = app.sent.at(-1) ?? {}
    expect(headers?.get('authorization')).toBe(`DPoP ${tokens.accessToken}`)
    expect(claimsOf(headers?.get('dpop') ?? '')).toMatchObject({ htm: 'GET', htu: `${baseUrl}/v1/tenant` })
    await client.usage({ groupBy: 'day' })
    expect(claimsOf(app.sent.at(-1)?.headers.get('dpop') ?? '')).toMatchObject({ htu: `${baseUrl}/v1/usage` })

    for (const other of [new Client(settings), new Client({ ...settings, dpop: await oauth.dpop() })]) {
      const error = await other.tenant().catch((error: unknown) => error)
      expect(error).toBeInstanceOf(ApiError)
      expect((error as ApiError).problem).toMatchObject({ status: 401, code: 'token_invalid' })
    }
    const refresh = { refreshToken: tokens.refreshToken ?? '', clientId }
    expect((await refused(oauth.refreshToken(refresh))).error).toMatch(/^invalid_/)
    expect(await oauth.refreshToken({ ...refresh, dpop })).toMatchObject({ tokenType: 'DPoP' })
  })
})

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

describe('the device flow', () => {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code'

  /** The codes of a client that may go this way. */
  async function begun() {
    const { client } = await newTenant({ scopes: ['oauth:manage', 'account:read'] })
    const { clientId } = await client.oauthClients.create({
      ...{ name: 'Television', type: 'public', scopes: ['openid', 'account:read'], grants: [grant] },
    })
    return { clientId, codes: await oauth.deviceAuthorization({ clientId, scope: 'openid account:read' }) }
  }

  test('waits until the person has allowed it, and its token opens the API', async () => {
    const { clientId, codes } = await begun()
    expect(codes).toEqual({
      deviceCode: expect.stringMatching(/^[\w-]{40,}$/),
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verificationUri: `${baseUrl}/device`,
      verificationUriComplete: `${baseUrl}/device?user_code=${codes.userCode}`,
      expiresIn: 600,
      interval: 5,
    })
    const asking = oauth.deviceTokens({ clientId, deviceCode: codes.deviceCode, interval: 0.05 })
    await expect.poll(() => app.sent.filter(({ url }) => url.endsWith('/token')).length).toBeGreaterThan(0)
    await approveDevice(app.browser, codes.userCode)
    const { accessToken, claims } = await asking
    expect(claims).toMatchObject({ aud: clientId })
    const answer = await new Client({ accessToken, baseUrl, fetch: request }).tenant()
    expect(answer.environment).toBe('test')
  })

  test('ends with the person’s no, and at once where nobody waits any more', async () => {
    const { clientId, codes } = await begun()
    const { deviceCode, userCode } = codes
    const reason = new Error('Enough.')
    const waiting = new AbortController()
    const asking = oauth.deviceTokens({ clientId, deviceCode, interval: 3_600, signal: waiting.signal })
    waiting.abort(reason)
    await expect(asking).rejects.toBe(reason)
    await press(app.browser, await enterCode(app.browser, userCode), { abort: 'yes' })
    expect(await refused(oauth.deviceTokens({ clientId, deviceCode, interval: 0 }))).toMatchObject({
      error: 'access_denied',
      status: 400,
    })
  })
})

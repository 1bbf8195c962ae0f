import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPair, SignJWT } from 'jose'
import * as client from 'openid-client'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { baseUrl, expectProblem, mount, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  askToken,
  authorizationUrl,
  callApi,
  claimsOf,
  expectOAuthError,
  formIn,
  newApp,
  newCode,
  newTokens,
  post,
  redirectUri,
  submit,
} from './oauth-test-clients.ts'

// RFC 9700 §2.1.2, §2.4, §4.4 and on: requests that are none of ours, and answers that are somebody else's.

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  await newCode(app, browser)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What an answer says, in its query or its fragment. */
function saidIn(back: URL): URLSearchParams {
  return new URLSearchParams(back.hash ? back.hash.slice(1) : back.search)
}

describe('the only way is a code', () => {
  test.each(['token', 'id_token', 'id_token token', 'code id_token', 'code token', 'none', 'CODE', 'code code', 'x'])(
    'response_type=%s gives nothing',
    async (response_type) => {
      const { url } = await authorizationUrl(app, { response_type, nonce: 'n', state: 's1' })
      const said = saidIn(await browser.authorize(url))
      expect([said.get('error'), said.get('state')]).toEqual([
        expect.stringMatching(/^(?:unsupported_response_type|invalid_request)$/),
        's1',
      ])
      for (const name of ['code', 'access_token', 'id_token']) expect(said.has(name)).toBe(false)
    },
  )

  test.each(['fragment', 'form_post', 'jwt', 'web_message', 'x'])(
    'response_mode=%s hides no code',
    async (response_mode) => {
      const { url } = await authorizationUrl(app, { response_mode })
      const { address, page } = await browser.follow(url)
      // A form that the page would post goes to the client’s own address; any other way is refused.
      if (page?.status === 200) expect(await page.text()).toContain(`action="${redirectUri}"`)
      else if (page) expect(page.status).toBe(400)
      else expect(`${address.origin}${address.pathname}`).toBe(redirectUri)
    },
  )

  test.each([
    ['password', { username: 'ada', password: 'x' }],
    ['implicit', {}],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion: 'e30.e30.' }],
    ['urn:ietf:params:oauth:grant-type:saml2-bearer', { assertion: 'x' }],
    ['urn:ietf:params:oauth:grant-type:token-exchange', { subject_token: 'x' }],
    ['urn:openid:params:grant-type:ciba', { auth_req_id: 'x' }],
    ['__proto__', {}],
  ])('grant_type=%s gives nothing', async (grant_type, more) => {
    const answer = await askToken(app, { grant_type, scope: 'openid', ...more })
    expectOAuthError(answer, [400, 'unsupported_grant_type'])
    expect(answer.body).not.toHaveProperty('access_token')
  })
})

describe('the token endpoint takes a form, by POST', () => {
  test('and no JSON', async () => {
    const { code_verifier, ...code } = await newCode(app, browser)
    const asked = { ...code, code_verifier, client_id: app.clientId }
    const json = await send('POST', '/oauth/token', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    })
    expectOAuthError(json, [400, 'invalid_request'])
    const query = await post(`/oauth/token?${new URLSearchParams(asked)}`, {})
    expectOAuthError(query, [400, 'invalid_request'])
    expect((await askToken(app, asked)).status).toBe(200)
  })

  test.each(['GET', 'PUT', 'DELETE'])('and no %s', async (method) => {
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/par']) {
      const answer = await send(method, `${path}?client_id=${app.clientId}`)
      expectProblem(answer, [405, 'method_not_allowed'])
      expect(answer.headers.get('allow')).toContain('POST')
    }
  })

  test('and each parameter once', async () => {
    const code = await newCode(app, browser)
    const fields = Object.entries({ ...code, client_id: app.clientId })
    for (const name of ['grant_type', 'code', 'client_id', 'scope']) {
      const value = { ...code, client_id: app.clientId, scope: 'openid' }[name] ?? ''
      const twice: [string, string][] = name === 'scope' ? [...fields, [name, value]] : fields
      expectOAuthError(await post('/oauth/token', [...twice, [name, value]]), [400, 'invalid_request'])
    }
    expect((await askToken(app, code)).status).toBe(200)
  })
})

test.each(['client_id', 'response_type', 'scope', 'state', 'nonce', 'prompt'])(
  'an authorization takes %s once',
  async (name) => {
    const { url } = await authorizationUrl(app, { state: 's', nonce: 'n', prompt: 'none' })
    expect((await browser.authorize(url)).searchParams.has('code')).toBe(true)
    const value = new URL(url).searchParams.get(name) ?? ''
    const { address, page } = await browser.follow(`${url}&${name}=${encodeURIComponent(value)}`)
    if (page) expect(page.status).toBe(400)
    else expect(saidIn(address).get('error')).toBe('invalid_request')
    expect(saidIn(address).has('code')).toBe(false)
  },
)

describe('an answer of another issuer', () => {
  test('is not taken by the stock client, and a missing one neither', async () => {
    const { url, verifier } = await authorizationUrl(app)
    const back = await browser.authorize(url)
    const exchange = (to: URL) => client.authorizationCodeGrant(app.config, to, { pkceCodeVerifier: verifier })
    for (const iss of ['https://evil.example', `${baseUrl}/`, '']) {
      const mixed = new URL(back)
      if (iss) mixed.searchParams.set('iss', iss)
      else mixed.searchParams.delete('iss')
      await expect(exchange(mixed)).rejects.toThrow(/issuer|iss/)
    }
    expect((await exchange(back)).access_token).toMatch(/./)
  })

  test('is no id_token_hint', async () => {
    const { id_token } = await newTokens(app, browser)
    const { privateKey } = await generateKeyPair('ES256')
    const header = { ...JSON.parse(Buffer.from(id_token.split('.')[0] ?? '', 'base64url').toString()) }
    const forge = (claims: object) =>
      new SignJWT({ ...claimsOf(id_token), ...claims }).setProtectedHeader(header).sign(privateKey)
    const hints = [await forge({ iss: 'https://evil.example' }), await forge({}), 'x', `${id_token}x`]
    for (const id_token_hint of hints) {
      const { url } = await authorizationUrl(app, { id_token_hint, prompt: 'none' })
      const said = saidIn(await browser.authorize(url))
      expect([said.get('error'), said.has('code')]).toEqual(['invalid_request', false])
    }
    const { url } = await authorizationUrl(app, { id_token_hint: id_token, prompt: 'none' })
    expect((await browser.authorize(url)).searchParams.has('code')).toBe(true)
  })

  test('somebody else’s id_token_hint finds nobody', async () => {
    const elsewhere = new OAuthBrowser()
    const { id_token } = await newTokens(await newApp(), elsewhere)
    const { url } = await authorizationUrl(app, { id_token_hint: id_token, prompt: 'none' })
    const said = saidIn(await browser.authorize(url))
    expect([said.get('error'), said.has('code')]).toEqual(['login_required', false])
  })
})

test('a request that is elsewhere, or signed, is refused, and nobody is asked for it', async () => {
  const visits: (string | undefined)[] = []
  const stranger = createServer((request, response) => {
    visits.push(request.url)
    response.end('{}')
  })
  await new Promise<void>((resolve) => stranger.listen(0, resolve))
  const fetched = mount === 'in memory' ? vi.spyOn(globalThis, 'fetch') : undefined
  const { port } = stranger.address() as AddressInfo
  const away = `http://localhost:${port}/request.jwt`
  for (const changed of [
    { request_uri: away },
    { request_uri: `${away}#hash` },
    { request_uri: 'urn:ietf:params:oauth:request_uri:nobody' },
    { request: `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.` },
    { registration: JSON.stringify({ jwks_uri: away, sector_identifier_uri: away }) },
  ] as Record<string, string>[]) {
    const { url } = await authorizationUrl(app, { ...changed, prompt: 'none' })
    const { address, page } = await browser.follow(url)
    if (page) expect(page.status).toBe(400)
    else expect(saidIn(address).get('error')).toMatch(/^(?:request(?:_uri)?|registration)_not_supported$/)
    expect(saidIn(address).has('code')).toBe(false)
  }
  await new Promise((resolve) => stranger.close(resolve))
  expect(visits).toEqual([])
  if (fetched) expect(fetched).not.toHaveBeenCalled()
})

describe('no page leads away', () => {
  const evil = 'https://evil.example/'
  const ways = [
    'next',
    'returnTo',
    'return_to',
    'redirect',
    'redirect_uri',
    'continue',
    'url',
    'post_logout_redirect_uri',
  ]
  const query = new URLSearchParams(ways.map((name) => [name, evil])).toString()

  test.each([
    '/device',
    '/oauth/device',
    '/oauth/logout',
    '/oauth/logout/success',
    '/interaction/x',
    '/account',
    '/account/grants',
  ])('%s', async (path) => {
    const response = await browser.fetch(`${path}?${query}`)
    const location = response.headers.get('location') ?? '/'
    expect(new URL(location, baseUrl).origin).toBe(baseUrl)
    expect(await response.text()).not.toMatch(/(?:action|href|url)="?https:\/\/evil/)
  })

  test('nor does a step of an interaction', async () => {
    const { url } = await authorizationUrl(app, { prompt: 'consent' })
    const uid = await browser.arrive(url)
    const { location } = await browser.step(uid, `allow?${query}`, { location: evil })
    expect(new URL(location, baseUrl).pathname).toBe(`/oauth/authorize/${uid}`)
    const back = await browser.follow(`${location}?${query}`)
    expect(`${back.address.origin}${back.address.pathname}`).toBe(redirectUri)
  })

  test('nor the confirmation of a sign-out', async () => {
    const somebody = new OAuthBrowser()
    const page = await somebody.fetch(`/oauth/logout?client_id=${app.clientId}`)
    const { action, fields } = formIn(await page.text())
    const done = await submit(somebody, `${action}?${query}`, {
      ...fields,
      logout: 'yes',
      ...Object.fromEntries(new URLSearchParams(query)),
    })
    expect(new URL(done.headers.get('location') ?? '', baseUrl).origin).toBe(baseUrl)
  })
})

test('tokens for one place open no other', async () => {
  const forApi = await newTokens(app, browser)
  const opaque = await newTokens(app, browser, { resource: undefined })
  const userinfo = (token: string) => send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${token}` } })
  expect((await userinfo(opaque.access_token)).status).toBe(200)
  for (const token of [forApi.access_token, opaque.id_token, opaque.refresh_token, 'x']) {
    const answer = await userinfo(token)
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_token'])
  }
  expect((await callApi(forApi.access_token)).status).toBe(200)
})

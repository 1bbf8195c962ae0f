import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPair, SignJWT } from 'jose'
import * as client from 'openid-client'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { baseUrl, mount, send } from './harness.ts'
import { formIn, submit } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  authorizationUrl,
  callApi,
  claimsOf,
  newApp,
  newCode,
  newTokens,
  redirectUri,
  saidIn,
} from './oauth-test-clients.ts'

// RFC 9700 §4.4, §4.11: answers and hints of others, requests that are elsewhere, and pages that lead away.

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

describe('an answer of another issuer', () => {
  test('is not taken by the stock client, and a missing one neither', async () => {
    const { url, verifier } = await authorizationUrl(app)
    const back = await browser.authorize(url)
    const exchange = (to: URL) => client.authorizationCodeGrant(app.config, to, { pkceCodeVerifier: verifier })
    for (const iss of ['https://evil.example', `${baseUrl}/`, '']) {
      const mixed = new URL(back)
      if (iss) mixed.searchParams.set('iss', iss)
      else mixed.searchParams.delete('iss')
      await expect(exchange(mixed)).rejects.toMatchObject({
        code: 'OAUTH_INVALID_RESPONSE',
        cause: { message: expect.stringContaining('"iss" (issuer)') },
      })
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
    expect([said.get('error'), said.has('code')]).toEqual(['invalid_request', false])
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
    else
      expect(saidIn(address).get('error')).toMatch(
        /^(?:(?:request(?:_uri)?|registration)_not_supported|invalid_request_uri)$/,
      )
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
    await expect(browser.step(uid, `allow?${query}`, { location: evil })).rejects.toMatchObject({ status: 400 })
    const { location } = await browser.step(uid, `allow?${query}`)
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

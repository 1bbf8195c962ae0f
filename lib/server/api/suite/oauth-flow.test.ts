import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { oauthScopeNames } from '#lib/contract/oauth-scopes.ts'
import { rotate } from '../../tokens/signing-keys.ts'
import { baseUrl, send } from './harness.ts'
import { listening, sent } from './listening.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, askToken, callApi, newApp, newService, newTokens, redirectUri } from './oauth-test-clients.ts'

let app: App
let service: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  service = await newService({ tenantId: app.tenantId })
  browser = new OAuthBrowser()
})

const { port } = listening()

/** The body of an answer to a request that names another host. */
async function saidToHost(host: string, path: string): Promise<string> {
  const text = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: ${host}\r\nConnection: close\r\n\r\n`
  const chunks = await (await sent(port(), text)).toArray()
  return /\{.*\}/s.exec(Buffer.concat(chunks).toString())?.[0] ?? ''
}

const spoofed = {
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '444',
  'X-Original-Host': 'evil.example',
  Forwarded: 'host=evil.example;proto=https',
}

describe.each(['openid-configuration', 'oauth-authorization-server'])('/.well-known/%s', (document) => {
  test('names every endpoint at the server’s own address, whatever the request says of itself', async () => {
    const { status, headers, body } = await send('GET', `/.well-known/${document}`)
    expect(status).toBe(200)
    for (const Origin of ['https://app.example', 'null', baseUrl]) {
      const { headers: told } = await send('GET', `/.well-known/${document}`, { headers: { Origin } })
      expect(told.get('access-control-allow-origin')).toBe('*')
      expect(told.get('access-control-allow-credentials')).toBeNull()
    }
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(body).toMatchObject({
      issuer: baseUrl,
      authorization_endpoint: `${baseUrl}/oauth/authorize`,
      token_endpoint: `${baseUrl}/oauth/token`,
      revocation_endpoint: `${baseUrl}/oauth/revoke`,
      introspection_endpoint: `${baseUrl}/oauth/introspect`,
      userinfo_endpoint: `${baseUrl}/oauth/userinfo`,
      pushed_authorization_request_endpoint: `${baseUrl}/oauth/par`,
      device_authorization_endpoint: `${baseUrl}/oauth/device`,
      end_session_endpoint: `${baseUrl}/oauth/logout`,
      jwks_uri: `${baseUrl}/.well-known/jwks.json`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      scopes_supported: oauthScopeNames,
      acr_values_supported: ['phr', 'phrh'],
    })
    expect(body.grant_types_supported.toSorted()).toEqual([
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ])
    const again = await send('GET', `/.well-known/${document}`, { headers: spoofed })
    expect(again.body).toEqual(body)
    expect(JSON.parse(await saidToHost('evil.example', `/.well-known/${document}`))).toEqual(body)
  })
})

test('the flow itself follows no such header either', async () => {
  browser.headers = { Origin: baseUrl, ...spoofed }
  const { url, checks } = await begun()
  const back = await browser.authorize(url.href).finally(() => {
    browser.headers = { Origin: baseUrl }
  })
  expect(back.searchParams.get('iss')).toBe(baseUrl)
  const tokens = await client.authorizationCodeGrant(app.config, back, checks)
  expect(tokens.claims()?.iss).toBe(baseUrl)
})

async function begun(more: Record<string, string> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedNonce, expectedState] = [client.randomNonce(), client.randomState()]
  const url = client.buildAuthorizationUrl(app.config, {
    redirect_uri: redirectUri,
    scope: 'openid profile account:read',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    nonce: expectedNonce,
    state: expectedState,
    ...more,
  })
  return { url, checks: { pkceCodeVerifier, expectedNonce, expectedState, idTokenExpected: true } }
}

test('openid-client goes the whole way', async () => {
  client.enableNonRepudiationChecks(app.config)
  const { url, checks } = await begun()
  const before = Math.floor(Date.now() / 1000)
  const back = await browser.authorize(url.href)
  expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state'])
  expect(`${back.origin}${back.pathname}`).toBe(redirectUri)
  const tokens = await client.authorizationCodeGrant(app.config, back, checks)
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, refresh_token: expect.any(String) })
  const claims = tokens.claims()
  expect(claims).toMatchObject({
    iss: baseUrl,
    aud: app.clientId,
    nonce: checks.expectedNonce,
    acr: 'phrh',
    amr: ['pop', 'hwk', 'user', 'mfa'],
    auth_time: expect.any(Number),
    providerTenantId: app.tenantId,
    environment: 'test',
  })
  expect(claims?.auth_time).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000))
  expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(3600)
  expect(claims?.iat).toBeGreaterThanOrEqual(before)
  const me = await client.fetchUserInfo(app.config, tokens.access_token, claims?.sub ?? '')
  expect(me).toMatchObject({ sub: claims?.sub, preferred_username: 'ada', providerTenantId: app.tenantId })
  const next = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '')
  expect(next.claims()?.sub).toBe(claims?.sub)
  // Signed in and asked before: the second time there is no page.
  const pages = browser.seen.length
  const again = await begun()
  expect((await browser.authorize(again.url.href)).searchParams.get('code')).toMatch(/./)
  expect(browser.seen).toHaveLength(pages)
})

test('the token endpoint’s answers are kept by nobody, also where it refuses', async () => {
  const good = await askToken(service, { grant_type: 'client_credentials' })
  const bad = await askToken(service, { grant_type: 'authorization_code', code: 'x' })
  expect([good.status, bad.status]).toEqual([200, 400])
  for (const { headers } of [good, bad]) expect(headers.get('cache-control')).toBe('no-store')
})

test('tokens from before and after a rotation of the keys verify, and a refresh goes on', async () => {
  const jwks = async () => (await send('GET', '/.well-known/jwks.json')).body.keys as { kid: string }[]
  const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
  const before = await newTokens(app, browser)
  await rotate()
  const fresh = () => newTokens(app, browser)
  await expect.poll(async () => kidOf((await fresh()).id_token)).not.toBe(kidOf(before.id_token))
  const after = await fresh()
  expect((await jwks()).map(({ kid }) => kid)).toEqual(
    expect.arrayContaining([kidOf(before.id_token), kidOf(before.access_token), kidOf(after.access_token)]),
  )
  for (const { access_token } of [before, after]) expect((await callApi(access_token)).status).toBe(200)
  const refreshed = await askToken(app, { grant_type: 'refresh_token', refresh_token: before.refresh_token })
  expect(kidOf(refreshed.body.id_token)).toBe(kidOf(after.id_token))
  // The stock client finds the new key by itself, and still the old one.
  const back = await begun()
  const tokens = await client.authorizationCodeGrant(app.config, await browser.authorize(back.url.href), back.checks)
  expect(tokens.claims()?.aud).toBe(app.clientId)
})

import * as client from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  authorizationUrl,
  expectErrorPage,
  expectOAuthError,
  newApp,
  post,
  redirectUri,
} from './oauth-test-clients.ts'

let app: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
})

describe('a pushed request', () => {
  const pushed = async (more: Record<string, string> = {}) => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier)
    const params = {
      redirect_uri: redirectUri,
      scope: 'openid',
      code_challenge,
      code_challenge_method: 'S256',
      ...more,
    }
    return { pkceCodeVerifier, url: await client.buildAuthorizationUrlWithPAR(app.config, params) }
  }

  test('is authorized, and once only', async () => {
    const { url, pkceCodeVerifier } = await pushed()
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    expect(url.searchParams.get('request_uri')).toMatch(/^urn:ietf:params:oauth:request_uri:/)
    const tokens = await client.authorizationCodeGrant(app.config, await browser.authorize(url.href), {
      pkceCodeVerifier,
    })
    expect(tokens.access_token).toMatch(/./)
    await expectErrorPage(await browser.fetch(url.href), 'invalid_request_uri')
    await expectErrorPage(await new OAuthBrowser().fetch(url.href), 'invalid_request_uri')
  })

  test('is its own client’s, and the other parameters of the address change nothing of it', async () => {
    const other = await newApp({ tenantId: app.tenantId })
    const { url, pkceCodeVerifier } = await pushed()
    const stolen = new URL(url)
    stolen.searchParams.set('client_id', other.clientId)
    const refused = await browser.fetch(stolen.href)
    expect([refused.status, refused.headers.get('location')]).toEqual([400, null])
    url.searchParams.set('redirect_uri', 'https://evil.example/')
    url.searchParams.set('scope', 'openid account:read')
    const back = await browser.authorize(url.href)
    expect(back.origin).toBe('https://app.example')
    const tokens = await client.authorizationCodeGrant(app.config, back, { pkceCodeVerifier })
    expect(tokens.scope).toBe('openid')
  })

  test.each<[string, Record<string, string>, string]>([
    ['a redirect URI that is not the client’s', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
    ['no challenge', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a resource of nobody', { resource: 'https://evil.example/' }, 'invalid_target'],
    ['a scope that the client may not ask for', { scope: 'openid skills:list', resource: apiUrl }, 'invalid_scope'],
    ['a scope that no user can give', { scope: 'openid keys:manage', resource: apiUrl }, 'invalid_scope'],
    ['another type of answer', { response_type: 'token' }, 'unsupported_response_type'],
    [
      'a request within the request',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
    ],
  ])('is refused at once with %s', async (_name, changed, error) => {
    const { url } = await authorizationUrl(app, changed)
    const answer = await post('/oauth/par', Object.fromEntries(new URL(url).searchParams))
    expectOAuthError(answer, [400, error])
    expect(answer.body).not.toHaveProperty('request_uri')
    const good = await authorizationUrl(app)
    expect((await post('/oauth/par', Object.fromEntries(new URL(good.url).searchParams))).status).toBe(201)
  })
})

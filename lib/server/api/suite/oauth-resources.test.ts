import { beforeAll, describe, expect, test } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { baseUrl, expectProblem, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  authorizationUrl,
  callApi,
  claimsOf,
  expectOAuthError,
  newApp,
  newCode,
  newService,
  newTokens,
  post,
} from './oauth-test-clients.ts'

// Whom an access token is for (RFC 8707), and what it then is (RFC 9068).

let app: App
let live: App
let browser: OAuthBrowser
beforeAll(async () => {
  app = await newApp()
  live = await newApp({ tenantId: app.tenantId, environment: 'live' })
  browser = new OAuthBrowser()
})

const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())

test('for the API it is a JWT with all that usage is counted by', async () => {
  const { access_token, expires_in, id_token } = await newTokens(app, browser)
  expect(headerOf(access_token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) })
  const claims = claimsOf(access_token)
  expect(claims).toEqual({
    iss: baseUrl,
    aud: apiUrl,
    sub: claimsOf(id_token).sub,
    client_id: app.clientId,
    scope: 'account:read',
    iat: expect.any(Number),
    exp: expect.any(Number),
    jti: expect.any(String),
    auth_time: claimsOf(id_token).auth_time,
    acr: 'phrh',
    amr: ['pop', 'hwk', 'user', 'mfa'],
    providerTenantId: app.tenantId,
    providerTenantName: expect.stringMatching(/^Tenant t-/),
    environment: 'test',
    azp: app.clientId,
    grant_id: expect.any(String),
  })
  expect([expires_in, Number(claims.exp) - Number(claims.iat)]).toEqual([3600, 3600])
  expect((await callApi(access_token)).body.tenant).toMatchObject({
    id: app.tenantId,
    name: claims.providerTenantName,
  })
})

test('for the MPC server it is one for the environment of the client', async () => {
  const changed = { resource: mpcResource, scope: 'openid mpc:sign' }
  const [ofTest, ofLive] = [await newTokens(app, browser, changed), await newTokens(live, new OAuthBrowser(), changed)]
  expect(claimsOf(ofTest.access_token)).toMatchObject({
    aud: 'mpc-server:test',
    scope: 'mpc:sign',
    environment: 'test',
  })
  expect(claimsOf(ofLive.access_token)).toMatchObject({ aud: 'mpc-server', scope: 'mpc:sign', environment: 'live' })
  expect(headerOf(ofLive.access_token).typ).toBe('at+jwt')
  const service = await newService({ tenantId: app.tenantId, environment: 'live', scopes: ['mpc:sign'] })
  const own = await askToken(service, { grant_type: 'client_credentials', resource: mpcResource })
  expect(claimsOf(own.body.access_token)).toMatchObject({ aud: 'mpc-server', sub: service.clientId })
})

test('with openid and no resource it is opaque, and tells userinfo alone', async () => {
  const { access_token, scope } = await newTokens(app, browser, { resource: undefined, scope: 'openid profile' })
  expect(access_token).toMatch(/^[\w-]{40,}$/)
  expect(scope).toBe('openid profile')
  const me = await send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${access_token}` } })
  expect([me.status, me.body.preferred_username]).toEqual([200, 'ada'])
})

test('with openid alone and no resource none is given with the code either', async () => {
  const code = await newCode(app, browser, { resource: undefined, scope: 'openid profile' })
  expectOAuthError(await askToken(app, { ...code, resource: apiUrl }), [400, 'invalid_target'])
  const asked = await newCode(app, browser, { resource: apiUrl })
  expect((await askToken(app, { ...asked, resource: apiUrl })).status).toBe(200)
})

test('another resource than the one that was allowed is refused, with both named, and the code is as good as before', async () => {
  for (const client of [app, await newService({ tenantId: app.tenantId })]) {
    const code = await newCode(client, browser, { resource: apiUrl, scope: 'openid mpc:sign' })
    for (const resource of [mpcResource, 'https://evil.example/"é', 'urn:x']) {
      const refused = await askToken(client, { ...code, resource })
      expectOAuthError(refused, [400, 'invalid_target'])
      expect(refused.body.error_description).toContain(apiUrl)
      expect(refused.body.error_description).toContain(resource.replace(/["é]/g, ''))
      expect(refused.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
    }
    const tokens = await askToken(client, { ...code, resource: apiUrl })
    expect(claimsOf(tokens.body.access_token).aud).toBe(apiUrl)
    // A code that did its work is used up, whatever is asked for with it then.
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token }
    const other = await askToken(client, { ...refresh, resource: mpcResource })
    expectOAuthError(other, [400, 'invalid_target'])
    expect(other.body.error_description).toContain(apiUrl)
    expect(other.body.error_description).toContain(mpcResource)
    expect((await askToken(client, { ...refresh, resource: apiUrl })).status).toBe(200)
    expectOAuthError(await askToken(client, { ...code, resource: mpcResource }), [400, 'invalid_grant'])
  }
})

test('a code that comes with the wrong proof is told nothing of its resource', async () => {
  const code = await newCode(app, browser, { resource: apiUrl })
  const wrong = { ...code, code_verifier: 'x'.repeat(43), resource: mpcResource }
  const refused = await askToken(app, wrong)
  expectOAuthError(refused, [400, 'invalid_grant'])
  expect(refused.text).not.toContain(apiUrl)
})

test('scopes of the API are for the API where no resource was named, and allowed as such', async () => {
  const code = await newCode(app, browser, { resource: undefined, scope: 'openid account:read' })
  const { access_token, scope } = (await askToken(app, { ...code, resource: apiUrl })).body
  expect([scope, (await callApi(access_token)).status]).toEqual(['account:read', 200])
  // Who names none at the token endpoint either is told who the user is, and no more.
  const opaque = await askToken(app, await newCode(app, browser, { resource: undefined, scope: 'openid account:read' }))
  expect([opaque.status, opaque.body.scope]).toEqual([200, 'openid'])
  expectProblem(await callApi(opaque.body.access_token), [401, 'token_invalid'])
  expect((await callApi(opaque.body.access_token)).body.detail).toContain(`resource=${apiUrl}`)
})

test('a request without a scope is refused before anybody is asked', async () => {
  const { url } = await authorizationUrl(app, { scope: undefined })
  const { searchParams } = await browser.authorize(url)
  expect(searchParams.get('error')).toBe('invalid_scope')
  const device = await newApp({ grants: ['urn:ietf:params:oauth:grant-type:device_code'], redirectUris: [] })
  expectOAuthError(await post('/oauth/device', { client_id: device.clientId }), [400, 'invalid_scope'])
  expect((await post('/oauth/device', { client_id: device.clientId, scope: 'openid' })).status).toBe(200)
})

test('without openid and without a resource it is for the API', async () => {
  const { access_token, scope, ...rest } = await newTokens(app, browser, { resource: undefined, scope: 'account:read' })
  expect(claimsOf(access_token)).toMatchObject({ aud: apiUrl, scope: 'account:read' })
  expect(scope).toBe('account:read')
  expect(rest).not.toHaveProperty('id_token')
  expect((await callApi(access_token)).status).toBe(200)
})

test('without profile nobody’s name is told', async () => {
  const { access_token, id_token } = await newTokens(app, browser, { resource: undefined, scope: 'openid' })
  const me = await send('GET', '/oauth/userinfo', { headers: { Authorization: `Bearer ${access_token}` } })
  for (const claims of [me.body, claimsOf(id_token)]) {
    expect(claims).toHaveProperty('sub')
    for (const claim of ['preferred_username', 'name']) expect(claims).not.toHaveProperty(claim)
  }
})

describe('is refused: a resource', () => {
  test.each([
    ['of somebody else', 'https://evil.example/v1'],
    ['that looks like the API', `${apiUrl}/`],
    ['that is a part of it', `${apiUrl}/tenant`],
    ['that is the server', baseUrl],
    ['that is an audience', 'mpc-server:test'],
    ['that is no URI', 'v1'],
    ['with a fragment', `${apiUrl}#x`],
  ])('%s', async (_name, resource) => {
    const { url } = await authorizationUrl(app, { resource, state: 's1' })
    const back = await browser.authorize(url)
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['invalid_target', 's1'])
    expect(back.searchParams.has('code')).toBe(false)
    const code = await newCode(app, browser, { resource: apiUrl })
    const refused = await askToken(app, { ...code, resource })
    expectOAuthError(refused, [400, 'invalid_target'])
    expect(refused.body).not.toHaveProperty('access_token')
    expect((await newTokens(app, browser)).token_type).toBe('Bearer')
  })
})

test('scopes that the client may not ask for, or no user can give, are refused by name', async () => {
  for (const scope of ['openid skills:execute', 'openid keys:manage']) {
    const { url } = await authorizationUrl(app, { scope, resource: apiUrl })
    expect((await browser.authorize(url)).searchParams.get('error')).toBe('invalid_scope')
  }
  const runner = await newService({ scopes: ['openid', 'keys:manage'], tenantId: app.tenantId })
  const { url } = await authorizationUrl(runner, { scope: 'openid keys:manage', resource: apiUrl })
  expect((await browser.authorize(url)).searchParams.get('error')).toBe('invalid_scope')
  const own = await askToken(runner, { grant_type: 'client_credentials', scope: 'keys:manage' })
  expect(claimsOf(own.body.access_token).scope).toBe('keys:manage')
})

import * as oauth from 'oauth4webapi'
import { beforeAll, describe, expect, test } from 'vitest'
import { baseUrl, request } from './harness.ts'
import { approveDevice } from './oauth-forms.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import { type App, apiUrl, callApi, newApp, newService, redirectUri } from './oauth-test-clients.ts'

// oauth4webapi, beside openid-client in the other files: it checks each answer by itself, and finds its way by discovery alone.

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code' as const
const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: request as never }
const forApi = { ...options, additionalParameters: { resource: apiUrl } }

interface Party {
  client: oauth.Client
  secret: oauth.ClientAuth
}

const partyOf = ({ clientId, clientSecret }: App): Party => ({
  client: { client_id: clientId },
  secret: clientSecret ? oauth.ClientSecretPost(clientSecret) : oauth.None(),
})

let as: oauth.AuthorizationServer
let app: Party
let service: Party
let tenantId: string
let browser: OAuthBrowser
beforeAll(async () => {
  as = await discovered('oidc')
  const made = await newApp({ grants: ['authorization_code', 'refresh_token', deviceGrant] })
  tenantId = made.tenantId
  app = partyOf(made)
  service = partyOf(await newService({ tenantId }))
  browser = new OAuthBrowser()
})

async function discovered(algorithm: 'oidc' | 'oauth2'): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(baseUrl)
  const answer = await oauth.discoveryRequest(issuer, { ...options, algorithm })
  return oauth.processDiscoveryResponse(issuer, answer)
}

interface Begun {
  verifier: string
  state: string
  nonce: string
  params: URLSearchParams
}

async function begin({ client }: Party, more: Record<string, string> = {}): Promise<Begun> {
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const params = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid account:read',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  return { verifier, state, nonce, params }
}

const authorizeAt = (params: URLSearchParams) => browser.authorize(`${as.authorization_endpoint}?${params}`)

/** What the address that the browser was led back to is worth at the token endpoint. */
async function exchange(
  { client, secret }: Party,
  { verifier, state, nonce }: Begun,
  back: URL,
  more: oauth.TokenEndpointRequestOptions = options,
) {
  const params = oauth.validateAuthResponse(as, client, back, state)
  expect(params.get('iss')).toBe(baseUrl)
  const response = await oauth.authorizationCodeGrantRequest(as, client, secret, params, redirectUri, verifier, more)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const checks = { expectedNonce: nonce, requireIdToken: true }
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, checks)
  await oauth.validateApplicationLevelSignature(as, response, options)
  return tokens
}

async function signedIn(party: Party) {
  const begun = await begin(party, { resource: apiUrl })
  return exchange(party, begun, await authorizeAt(begun.params), forApi)
}

/** A token's claims, checked as an API would. */
function checked(token: string, scheme = 'Bearer', headers: Record<string, string> = {}) {
  const asked = new Request(`${apiUrl}/tenant`, { headers: { Authorization: `${scheme} ${token}`, ...headers } })
  return oauth.validateJwtAccessToken(as, asked, apiUrl, options)
}

describe.each(['oidc', 'oauth2'] as const)('by %s discovery', (algorithm) => {
  test('the whole way, for the API', async () => {
    as = await discovered(algorithm)
    const tokens = await signedIn(service)
    const claims = await checked(tokens.access_token)
    expect(claims).toMatchObject({ sub: oauth.getValidatedIdTokenClaims(tokens)?.sub, scope: 'account:read' })
    expect((await callApi(tokens.access_token)).status).toBe(200)
  })
})

test('a pushed request', async () => {
  const begun = await begin(app)
  const answer = await oauth.pushedAuthorizationRequest(as, app.client, app.secret, begun.params, options)
  const { request_uri, expires_in } = await oauth.processPushedAuthorizationResponse(as, app.client, answer)
  expect(expires_in).toBeGreaterThan(0)
  const back = await authorizeAt(new URLSearchParams({ client_id: app.client.client_id, request_uri }))
  expect((await exchange(app, begun, back)).scope).toBe('openid')
  await expect(authorizeAt(new URLSearchParams({ client_id: app.client.client_id, request_uri }))).rejects.toThrow(
    '400',
  )
})

test('tokens bound to a key, where they are issued, refreshed and used', async () => {
  const keys = await oauth.generateKeyPair('ES256')
  const DPoP = oauth.DPoP(app.client, keys)
  const begun = await begin(app, { resource: apiUrl, dpop_jkt: await DPoP.calculateThumbprint() })
  const tokens = await exchange(app, begun, await authorizeAt(begun.params), { ...forApi, DPoP })
  expect(tokens.token_type).toBe('dpop')
  const refresh = tokens.refresh_token ?? ''
  const stranger = oauth.DPoP(app.client, await oauth.generateKeyPair('ES256'))
  const asked = (by: oauth.DPoPHandle) =>
    oauth.refreshTokenGrantRequest(as, app.client, app.secret, refresh, { ...forApi, DPoP: by })
  const refused = asked(stranger).then((answer) => oauth.processRefreshTokenResponse(as, app.client, answer))
  await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' })
  const next = await oauth.processRefreshTokenResponse(as, app.client, await asked(DPoP))
  for (const { access_token } of [tokens, next]) {
    const url = new URL(`${apiUrl}/tenant`)
    const call = (by: oauth.DPoPHandle) =>
      oauth.protectedResourceRequest(access_token, 'GET', url, undefined, undefined, { ...options, DPoP: by })
    const answer = await call(DPoP)
    expect([answer.status, (await answer.json()).tenant.id]).toEqual([200, tenantId])
    await expect(call(stranger)).rejects.toMatchObject({ status: 401 })
  }
})

test('a device', async () => {
  const scope = { scope: 'openid account:read', resource: apiUrl }
  const begun = await oauth.deviceAuthorizationRequest(as, app.client, app.secret, scope, options)
  const device = await oauth.processDeviceAuthorizationResponse(as, app.client, begun)
  const poll = async () => {
    const answer = await oauth.deviceCodeGrantRequest(as, app.client, app.secret, device.device_code, forApi)
    return oauth.processDeviceCodeResponse(as, app.client, answer)
  }
  await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
  await approveDevice(browser, device.user_code)
  const { access_token } = await poll()
  expect(await checked(access_token)).toMatchObject({ client_id: app.client.client_id, scope: 'account:read' })
  await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' })
})

test('a client for itself', async () => {
  const ask = async ({ client, secret }: Party) => {
    const scope = { scope: 'account:read' }
    const answer = await oauth.clientCredentialsGrantRequest(as, client, secret, scope, options)
    return oauth.processClientCredentialsResponse(as, client, answer)
  }
  const { access_token } = await ask(service)
  expect(await checked(access_token)).toMatchObject({ sub: service.client.client_id, scope: 'account:read' })
  await expect(ask({ ...service, secret: oauth.ClientSecretPost('wrong') })).rejects.toMatchObject({
    error: 'invalid_client',
  })
})

test('a refresh, what a token is, who it is of, and its end', async () => {
  const { client, secret } = service
  const begun = await begin(service)
  const first = await exchange(service, begun, await authorizeAt(begun.params))
  const refresh = async () => {
    const answer = await oauth.refreshTokenGrantRequest(as, client, secret, first.refresh_token ?? '', options)
    return oauth.processRefreshTokenResponse(as, client, answer)
  }
  const { access_token } = await refresh()
  const { sub = '' } = oauth.getValidatedIdTokenClaims(first) ?? {}
  const introspect = async () => {
    const answer = await oauth.introspectionRequest(as, client, secret, access_token, options)
    return oauth.processIntrospectionResponse(as, client, answer)
  }
  const userinfo = async () => {
    const answer = await oauth.userInfoRequest(as, client, access_token, options)
    return oauth.processUserInfoResponse(as, client, sub, answer)
  }
  const revoke = async (token: string) =>
    oauth.processRevocationResponse(await oauth.revocationRequest(as, client, secret, token, options))
  expect(await introspect()).toMatchObject({ active: true, sub, client_id: client.client_id })
  expect(await userinfo()).toMatchObject({ sub, providerTenantId: tenantId })
  await revoke(access_token)
  expect(await introspect()).toEqual({ active: false })
  await expect(userinfo()).rejects.toMatchObject({ status: 401 })
  await refresh()
  await revoke(first.refresh_token ?? '')
  await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
})

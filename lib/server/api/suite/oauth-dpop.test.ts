import { exportJWK, SignJWT } from 'jose'
import * as client from 'openid-client'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, baseUrl, expectProblem, send } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  askToken,
  claimsOf,
  expectOAuthError,
  newApp,
  newCode,
  redirectUri,
} from './oauth-test-clients.ts'

// Tokens that are bound to a key (RFC 9449).

let app: App
let browser: OAuthBrowser

type KeyPair = Awaited<ReturnType<typeof client.randomDPoPKeyPair>>

/** A proof as RFC 9449 has it, with whatever is to be wrong in it. */
async function proofOf({ privateKey, publicKey }: KeyPair, method: string, url: string, more: object = {}) {
  const claims = { htm: method, htu: url, jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...more }
  const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) }
  return new SignJWT(claims).setProtectedHeader(header).sign(privateKey)
}

async function hashOf(token: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))).toString('base64url')
}

let keys: KeyPair
let stranger: KeyPair
let bound: App
let tokens: { access_token: string; refresh_token: string }
const tokenUrl = `${baseUrl}/oauth/token`

beforeAll(async () => {
  app = await newApp()
  browser = new OAuthBrowser()
  keys = await client.randomDPoPKeyPair('ES256', { extractable: true })
  stranger = await client.randomDPoPKeyPair('ES256', { extractable: true })
  bound = await newApp({ tenantId: app.tenantId, dpopRequired: true })
  tokens = (await boundTokens(bound)).body
})

async function boundTokens(of: App, resource = apiUrl): Promise<Answer> {
  const code = await newCode(of, browser, resource ? { resource } : {})
  const fields = { ...code, ...(resource ? { resource } : {}) }
  return askToken(of, fields, { DPoP: await proofOf(keys, 'POST', tokenUrl) })
}

/** GET /v1/tenant with a proof and what is wrong in it. */
async function ask({ by = keys, scheme = 'DPoP', method = 'GET', url = `${apiUrl}/tenant`, ...more } = {}) {
  const proof = await proofOf(by, method, url, { ath: await hashOf(tokens.access_token), ...more })
  const headers = { Authorization: `${scheme} ${tokens.access_token}`, DPoP: proof }
  return { headers, answer: await send('GET', '/v1/tenant', { headers }) }
}

test('openid-client gets them, refreshes them, and calls userinfo and the API with them', async () => {
  const handle = () => client.getDPoPHandle(app.config, keys)
  const flow = async (resource?: string) => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(app.config, {
      redirect_uri: redirectUri,
      scope: 'openid account:read',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      dpop_jkt: await handle().calculateThumbprint(),
      ...(resource ? { resource } : {}),
    })
    const back = await browser.authorize(url.href)
    return client.authorizationCodeGrant(app.config, back, { pkceCodeVerifier }, resource ? { resource } : {}, {
      DPoP: handle(),
    })
  }
  const own = await flow()
  expect(own.token_type).toBe('dpop')
  const { sub = '' } = own.claims() ?? {}
  expect(await client.fetchUserInfo(app.config, own.access_token, sub, { DPoP: handle() })).toMatchObject({ sub })
  const forApi = await flow(apiUrl)
  const next = await client.refreshTokenGrant(
    app.config,
    forApi.refresh_token ?? '',
    { resource: apiUrl },
    { DPoP: handle() },
  )
  for (const { access_token } of [forApi, next]) {
    expect(claimsOf(access_token)).toMatchObject({ cnf: { jkt: await handle().calculateThumbprint() } })
    const url = new URL(`${apiUrl}/tenant`)
    const answer = await client.fetchProtectedResource(app.config, access_token, url, 'GET', null, undefined, {
      DPoP: handle(),
    })
    expect([answer.status, (await answer.json()).tenant.id]).toEqual([200, app.tenantId])
  }
})

test.each<[string, Parameters<typeof ask>[0] | (() => Parameters<typeof ask>[0])]>([
  ['another key', () => ({ by: stranger })],
  ['another method', { method: 'POST' }],
  ['another address', { url: `${apiUrl}/usage` }],
  ['another host', { url: 'https://evil.example/v1/tenant' }],
  ['another token’s hash', { ath: 'x' } as object],
  ['no token’s hash', { ath: undefined } as object],
  ['a proof from an hour ago', { iat: Math.floor(Date.now() / 1000) - 3600 } as object],
  ['a proof from an hour ahead', { iat: Math.floor(Date.now() / 1000) + 3600 } as object],
  ['no proof’s id', { jti: undefined } as object],
  ['the scheme of bearers', { scheme: 'Bearer' }],
])('are refused at the API with %s', async (_name, wrong) => {
  const { answer } = await ask(typeof wrong === 'function' ? wrong() : wrong)
  expectProblem(answer, [401, 'token_invalid'])
  expect(answer.headers.get('www-authenticate')).toMatch(/error="invalid_token"/)
  expect((await ask()).answer.status).toBe(200)
})

test('are refused without a proof, and with one that was used', async () => {
  for (const scheme of ['Bearer', 'DPoP']) {
    const headers = { Authorization: `${scheme} ${tokens.access_token}` }
    expectProblem(await send('GET', '/v1/tenant', { headers }), [401, 'token_invalid'])
  }
  const { headers, answer } = await ask()
  expect(answer.status).toBe(200)
  expectProblem(await send('GET', '/v1/tenant', { headers }), [401, 'token_invalid'])
})

test('of many requests with one proof at once, one is answered', async () => {
  const DPoP = await proofOf(keys, 'GET', `${apiUrl}/tenant`, { ath: await hashOf(tokens.access_token) })
  const headers = { Authorization: `DPoP ${tokens.access_token}`, DPoP }
  const answers = await Promise.all(Array.from({ length: 4 }, () => send('GET', '/v1/tenant', { headers })))
  const [refused = [], answered = []] = [401, 200].map((status) => answers.filter((one) => one.status === status))
  expect([refused.length, answered.length]).toEqual([3, 1])
  for (const answer of refused) expectProblem(answer, [401, 'token_invalid'])
})

test('of userinfo are refused to bearers, to other keys and for used proofs', async () => {
  const { access_token } = (await boundTokens(app, '')).body
  const userinfo = (headers: Record<string, string>) => send('GET', '/oauth/userinfo', { headers })
  const ath = await hashOf(access_token)
  const proof = (by: KeyPair, more = {}) => proofOf(by, 'GET', `${baseUrl}/oauth/userinfo`, { ath, ...more })
  const Authorization = `DPoP ${access_token}`
  const used = { Authorization, DPoP: await proof(keys) }
  expect((await userinfo(used)).status).toBe(200)
  const refused: [headers: Record<string, string>, status: number, error: string][] = [
    [{ Authorization: `Bearer ${access_token}` }, 401, 'invalid_token'],
    [{ Authorization }, 400, 'invalid_request'],
    [{ Authorization, DPoP: await proof(stranger) }, 401, 'invalid_token'],
    [{ Authorization, DPoP: await proof(keys, { htm: 'POST' }) }, 401, 'invalid_dpop_proof'],
    [{ Authorization, DPoP: await proof(keys, { ath: 'x' }) }, 401, 'invalid_dpop_proof'],
    [used, 401, 'invalid_token'],
  ]
  for (const [headers, ...expected] of refused) {
    const { status, body } = await userinfo(headers)
    expect([status, body.error]).toEqual(expected)
    expect(body).not.toHaveProperty('sub')
  }
  expect((await userinfo({ Authorization, DPoP: await proof(keys) })).status).toBe(200)
})

test('are refreshed with the key alone', async () => {
  const refresh = (headers: Record<string, string> = {}) =>
    askToken(bound, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, resource: apiUrl }, headers)
  expectOAuthError(await refresh(), [400, 'invalid_grant'])
  expectOAuthError(await refresh({ DPoP: await proofOf(stranger, 'POST', tokenUrl) }), [400, 'invalid_grant'])
  expectOAuthError(await refresh({ DPoP: await proofOf(keys, 'GET', tokenUrl) }), [400, 'invalid_dpop_proof'])
  expectOAuthError(await refresh({ DPoP: await proofOf(keys, 'POST', apiUrl) }), [400, 'invalid_dpop_proof'])
  const answer = await refresh({ DPoP: await proofOf(keys, 'POST', tokenUrl) })
  expect([answer.status, answer.body.token_type]).toEqual([200, 'DPoP'])
  tokens = answer.body
})

test('a client that must bind gets none without a proof, nor with a proof twice', async () => {
  const unbound = await askToken(bound, { ...(await newCode(bound, browser, { resource: apiUrl })), resource: apiUrl })
  expectOAuthError(unbound, [400, 'invalid_grant'])
  expect(unbound.body.error_description).toContain('send a DPoP proof')
  const proof = { DPoP: await proofOf(keys, 'POST', tokenUrl) }
  const fresh = async () => ({ ...(await newCode(bound, browser, { resource: apiUrl })), resource: apiUrl })
  expect((await askToken(bound, await fresh(), proof)).status).toBe(200)
  const replayed = await askToken(bound, await fresh(), proof)
  expect([replayed.status, replayed.body.error]).toEqual([400, expect.stringMatching(/^invalid_/)])
})

test('a code that was asked for with a key is nothing to another', async () => {
  const dpop_jkt = await client.getDPoPHandle(app.config, keys).calculateThumbprint()
  const code = await newCode(app, browser, { dpop_jkt })
  const refused = await askToken(app, code, { DPoP: await proofOf(stranger, 'POST', tokenUrl) })
  expectOAuthError(refused, [400, 'invalid_grant'])
  const good = await newCode(app, browser, { dpop_jkt })
  expect((await askToken(app, good, { DPoP: await proofOf(keys, 'POST', tokenUrl) })).body.token_type).toBe('DPoP')
})

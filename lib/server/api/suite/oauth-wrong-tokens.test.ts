import { generateKeyPairSync } from 'node:crypto'
import { decodeProtectedHeader, exportSPKI, importJWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { mpcResource } from '#lib/contract/oauth-resources.ts'
import { database } from '../../db/database.ts'
import { unseal } from '../../tokens/sealed.ts'
import { baseUrl, expectProblem, mount, newTenant, register, send, signIn } from './harness.ts'
import { OAuthBrowser } from './oauth-harness.ts'
import {
  type App,
  apiUrl,
  callApi,
  claimsOf,
  clockTurns,
  newApp,
  newTokens,
  post,
  turnClock,
  within5s,
} from './oauth-test-clients.ts'

// What the API takes for no access token of its own (RFC 9068 §4, RFC 8725), and whom it does not ask about one: anybody.

let app: App
let token: string
let refreshToken: string
let opaque: string
let idToken: string
let forMpc: string
let passkeyToken: string
const browser = new OAuthBrowser()

beforeAll(async () => {
  app = await newApp({ environment: 'live' })
  const tokens = await newTokens(app, browser)
  token = tokens.access_token
  idToken = tokens.id_token
  refreshToken = tokens.refresh_token
  opaque = (await newTokens(app, browser, { resource: undefined })).access_token
  forMpc = (await newTokens(app, browser, { resource: mpcResource, scope: 'openid mpc:sign' })).access_token
  const { client, authenticator } = await newTenant()
  await register(client, authenticator, 'ada')
  passkeyToken = (await signIn(client, authenticator, 'ada')).token
})
afterEach(() => {
  vi.restoreAllMocks()
})

const parts = () => token.split('.') as [string, string, string]
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)

/** The token with other claims or another header, signed with the server's own key: only what was changed is wrong. */
async function signedAnew(changed: object, header: object = {}): Promise<string> {
  const { kid = '' } = decodeProtectedHeader(token)
  const row = await (await database()).signingKey.findUniqueOrThrow({ where: { id: kid } })
  const key = await importJWK(JSON.parse(unseal(row.privateJwk, `signing-key:${kid}`)), 'ES256')
  return sign(key, changed, { kid, ...header })
}

function sign(key: CryptoKey | Uint8Array | object, changed: object, header: object): Promise<string> {
  const claims = Object.entries({ ...claimsOf(token), ...changed }).filter(([, value]) => value !== undefined)
  return new SignJWT(Object.fromEntries(claims))
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header } as JWTHeaderParameters)
    .sign(key as Uint8Array)
}

const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const byStranger = (header: object) => sign(own.privateKey, {}, header)
const ourKid = () => decodeProtectedHeader(token).kid

async function publicJwk() {
  const { keys } = (await send('GET', '/.well-known/jwks.json')).body
  return keys.find((key: { kid: string }) => key.kid === ourKid())
}

async function hmacUnder(secret: (jwk: object) => Promise<string> | string): Promise<string> {
  const text = await secret(await publicJwk())
  return sign(new TextEncoder().encode(text), {}, { alg: 'HS256', kid: ourKid() })
}

const pemOf = async (jwk: object) =>
  exportSPKI((await importJWK({ ...jwk, ext: true }, 'ES256', { extractable: true })) as CryptoKey)

test('a token that was signed anew with the server’s key is as good as the first', async () => {
  for (const good of [token, await signedAnew({})]) expect((await callApi(good)).status).toBe(200)
})

const stranger = 'https://evil.example/jwks.json'

describe('it is refused', () => {
  test.each<[name: string, forge: () => string | Promise<string>]>([
    ['an ID token', () => idToken],
    ['the token of a passkey sign-in', () => passkeyToken],
    ['a token for the MPC server', () => forMpc],
    ['an opaque token with a dot', () => `${opaque}.`],
    ['a refresh token with dots', () => `.${refreshToken}.`],
    ['nothing but dots', () => '..'],
    ['a token without its signature', () => `${parts()[0]}.${parts()[1]}.`],
    ['a token of four parts', () => `${token}.x`],
    [
      'other claims under the same signature',
      () => `${parts()[0]}.${base64url({ ...claimsOf(token), scope: 'keys:manage' })}.${parts()[2]}`,
    ],
    ['another signature', () => `${token.slice(0, -10)}${token.at(-10) === 'A' ? 'B' : 'A'}${token.slice(-9)}`],
    // The signature's last letter is one of A, Q, g and w.
    [
      'a bit that stands for nothing',
      () => token.slice(0, -1) + String.fromCharCode(token.charCodeAt(token.length - 1) + 1),
    ],
    ['no algorithm', () => `${base64url({ alg: 'none', typ: 'at+jwt' })}.${parts()[1]}.`],
    [
      'no algorithm, and a good signature',
      () => `${base64url({ ...decodeProtectedHeader(token), alg: 'None' })}.${parts()[1]}.${parts()[2]}`,
    ],
    ['an HMAC under the public key’s PEM', () => hmacUnder(pemOf)],
    ['an HMAC under the public key’s JWK', () => hmacUnder((jwk) => JSON.stringify(jwk))],
    ['an HMAC under the bytes of the public key', () => hmacUnder((jwk) => (jwk as { x: string }).x)],
    ['a stranger’s signature under our kid', () => byStranger({ kid: ourKid() })],
    ['a kid that is nobody’s', () => byStranger({ kid: 'nobody' })],
    ['a kid that is a path', () => byStranger({ kid: '../../../dev/null' })],
    ['no kid', () => byStranger({})],
    ['its own key', () => byStranger({ jwk: own.publicKey.export({ format: 'jwk' }) })],
    ['its own key beside our kid', () => byStranger({ kid: ourKid(), jwk: own.publicKey.export({ format: 'jwk' }) })],
    ['a key set elsewhere', () => byStranger({ kid: 'x', jku: stranger })],
    ['certificates elsewhere', () => byStranger({ kid: 'x', x5u: stranger })],
    ['certificates', () => byStranger({ kid: 'x', x5c: ['MIIB'] })],
    [
      'a critical header that nobody knows',
      () => `${base64url({ ...decodeProtectedHeader(token), crit: ['x'], x: 1 })}.${parts()[1]}.${parts()[2]}`,
    ],
    ['the type of other tokens', () => signedAnew({}, { typ: 'JWT' })],
    ['no type', () => signedAnew({}, { typ: undefined })],
    ['another issuer', () => signedAnew({ iss: 'https://evil.example' })],
    ['an issuer with a slash', () => signedAnew({ iss: `${baseUrl}/` })],
    ['no issuer', () => signedAnew({ iss: undefined })],
    ['another audience', () => signedAnew({ aud: 'mpc-server' })],
    ['no audience', () => signedAnew({ aud: undefined })],
    ['a time that is over', () => signedAnew({ exp: now() - 1 })],
    ['no time', () => signedAnew({ exp: undefined })],
    ['a time to come', () => signedAnew({ nbf: now() + 3600 })],
    ['no user', () => signedAnew({ sub: undefined })],
    ['another user', () => signedAnew({ sub: 'usr_00000000000000' })],
    ['no client', () => signedAnew({ client_id: undefined })],
    ['another client', () => signedAnew({ client_id: 'cli_00000000000000' })],
    ['another grant', () => signedAnew({ grant_id: 'nobody' })],
    ['no grant', () => signedAnew({ grant_id: undefined })],
    ['the key of another', () => signedAnew({ cnf: { jkt: 'x' } })],
  ])('%s', async (_name, forge) => {
    const fetched = mount === 'in memory' ? vi.spyOn(globalThis, 'fetch') : undefined
    const forged = await forge()
    const answer = await callApi(forged, '/v1/passkeys')
    expectProblem(answer, [401, 'token_invalid'])
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="API", error="invalid_token"/)
    if (forged.length > 10) expect(answer.text).not.toContain(forged)
    expect((await callApi(token)).status).toBe(200)
    if (fetched) expect(fetched).not.toHaveBeenCalled()
  })

  test('an opaque token, which is for userinfo', async () => {
    expect((await callApi(opaque)).status).toBe(401)
    expect((await callApi(opaque)).body.code).toMatch(/^(?:api_key|token)_invalid$/)
    expectProblem(await send('GET', '/v1/tenant', { headers: { Authorization: `DPoP ${opaque}` } }), [
      401,
      'token_invalid',
    ])
  })

  test('a token anywhere but in its header', async () => {
    const ways: [string, RequestInit][] = [
      [`/v1/tenant?access_token=${token}`, {}],
      ['/v1/tenant', { headers: { 'X-API-Key': token } }],
      ['/v1/tenant', { headers: { Cookie: `access_token=${token}` } }],
      ['/v1/tenant', { headers: { Authorization: token } }],
      ['/v1/tenant', { headers: { Authorization: `Basic ${token}` } }],
    ]
    for (const [path, init] of ways) {
      const { status, body } = await send('GET', path, init)
      expect([status, body.code]).toEqual([401, expect.stringMatching(/^api_key_(?:missing|invalid)$/)])
    }
  })

  test('a key and a token at once', async () => {
    const { key } = await newTenant()
    const headers = { Authorization: `Bearer ${token}`, 'X-API-Key': key.secret }
    expectProblem(await send('GET', '/v1/tenant', { headers }), [400, 'invalid_request'])
  })
})

test.runIf(clockTurns)('it lasts an hour', async () => {
  expect(claimsOf(token).aud).toBe(apiUrl)
  turnClock(3_590_000)
  expect((await callApi(token)).status).toBe(200)
  turnClock(11_000)
  expectProblem(await callApi(token), [401, 'token_invalid'])
})

test('it ends within 5 s with its grant', async () => {
  const [mine, other] = [await newTokens(app, browser), await newTokens(app, browser)]
  expect((await callApi(mine.access_token)).status).toBe(200)
  expect((await post('/oauth/revoke', { token: mine.refresh_token, client_id: app.clientId })).status).toBe(200)
  await within5s(async () => expectProblem(await callApi(mine.access_token), [401, 'token_invalid']))
  expect((await callApi(other.access_token)).status).toBe(200)
})

import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeEach, expect, test, vi } from 'vitest'
import { verifyToken } from './token-verify.ts'

const issuer = 'http://localhost:3000'
const kid = 'key-1'
const { privateKey, publicKey } = await generateKeyPair('ES256')
const claims = { environment: 'test', providerTenantId: 'tnt_1', providerTenantName: 'Acme Wallet' }

beforeEach(async () => {
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }] }
  vi.stubGlobal('fetch', async () => Response.json(jwks))
  return () => vi.unstubAllGlobals()
})

const token = ({ iss = issuer, aud = 'mpc-server:test', exp = '1h', id = kid, typ = 'JWT', more = {} } = {}) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'ES256', typ, kid: id })
    .setIssuer(iss)
    .setAudience(aud)
    .setSubject('usr_1')
    .setExpirationTime(exp)
    .sign(privateKey)

test('a token of this server is verified, with the key that signed it', async () => {
  expect(await verifyToken(await token(), issuer, issuer)).toEqual({ state: 'verified', alg: 'ES256', kid })
})

test.each([
  ['another issuer', { iss: 'http://localhost:3001' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['the other environment’s audience', { aud: 'mpc-server' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['no tenant', { more: { providerTenantId: undefined } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ['the past', { exp: '-1s' }, 'ERR_JWT_EXPIRED'],
  ['an unpublished key', { id: 'key-2' }, 'ERR_JWKS_NO_MATCHING_KEY'],
])('a token of %s is refused', async (_, change, code) => {
  expect(await verifyToken(await token(change), issuer, issuer)).toMatchObject({ state: 'refused', code })
})

test('an access token is verified as one, and nothing else passes for it', async () => {
  const audience = `${issuer}/v1`
  const expected = { typ: 'at+jwt', audience, claims: ['exp', 'client_id'] }
  const ofApp = { client_id: 'app' }
  const good = await token({ typ: 'at+jwt', aud: audience, more: ofApp })
  expect(await verifyToken(good, issuer, issuer, expected)).toMatchObject({ state: 'verified' })
  for (const other of [
    await token({ aud: audience, more: ofApp }),
    await token({ typ: 'at+jwt', more: ofApp }),
    await token({ typ: 'at+jwt', aud: audience }),
  ])
    expect(await verifyToken(other, issuer, issuer, expected)).toMatchObject({
      ...{ state: 'refused', code: 'ERR_JWT_CLAIM_VALIDATION_FAILED' },
    })
  expect(await verifyToken(good, issuer, issuer)).toMatchObject({ state: 'refused' })
})

test('a changed token is refused', async () => {
  const [header, , signature] = (await token()).split('.')
  const [, payload] = (await token({ more: { providerTenantId: 'tnt_2' } })).split('.')
  expect(await verifyToken(`${header}.${payload}.${signature}`, issuer, issuer)).toMatchObject({
    state: 'refused',
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  })
})

test('what is no token is refused, and nothing is thrown', async () => {
  expect(await verifyToken('not a token', issuer, issuer)).toMatchObject({ state: 'refused' })
})

test('without the server’s keys nothing is called verified', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await verifyToken(await token(), issuer, issuer)).toMatchObject({
    state: 'refused',
    reason: 'The server’s keys could not be read',
  })
})

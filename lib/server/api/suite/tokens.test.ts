import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import type { Environment } from '#lib/contract/environment.ts'
import { type AuthenticatorSettings, SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import { rotate } from '../../tokens/signing-keys.ts'
import { baseUrl, mount, newTenant, register, send, sendToAll, signIn } from './harness.ts'

const jwksUrl = new URL(`${baseUrl}/.well-known/jwks.json`)
const fetchJwks = async () => (await send('GET', '/.well-known/jwks.json')).body as { keys: Record<string, string>[] }

/** The keys as a stock client gets them: over HTTP where there is HTTP. */
const keySet = async (options = {}) =>
  mount === 'in memory' ? createLocalJWKSet((await fetchJwks()) as never) : createRemoteJWKSet(jwksUrl, options)

const audience = { test: 'mpc-server:test', live: 'mpc-server' }

/** A tenant of which Ada has signed in, from an authenticator of these settings. */
async function signedIn(settings: Partial<AuthenticatorSettings> = {}, type: Environment = 'test', overrides = {}) {
  const tenant = await newTenant({ type })
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl, ...settings })
  const registered = await register(tenant.client, authenticator, 'ada')
  const { ceremonyId, publicKey } = await tenant.client.passkeys.authenticate.begin({ username: 'ada' })
  const credential = authenticator.get(publicKey, overrides)
  const answer = await tenant.client.passkeys.authenticate.finish({ ceremonyId, credential })
  return { ...tenant, ...answer, authenticator, registered }
}

describe.each(['test', 'live'] as const)('the token of a %s key', (type) => {
  test('says who signed in, to whom, for which tenant, and how', async () => {
    const began = Math.floor(Date.now() / 1000)
    const { token, tenant, user, passkey, key } = await signedIn({}, type)
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'ES256',
      typ: 'JWT',
      kid: expect.stringMatching(/^[\w-]{43}$/),
    })
    const claims = decodeJwt(token)
    const { iat = 0, jti } = claims
    expect(claims).toEqual({
      iss: baseUrl,
      sub: user.id,
      aud: audience[type],
      iat,
      exp: iat + 3600,
      jti,
      auth_time: iat,
      providerTenantId: tenant.id,
      providerTenantName: tenant.name,
      environment: type,
      preferred_username: 'ada',
      amr: ['pop', 'hwk', 'user', 'mfa'],
      passkeyId: passkey.id,
      azp: key.id,
    })
    expect(iat - began).toBeGreaterThanOrEqual(0)
    expect(iat - began).toBeLessThan(30)
    expect(jti).toMatch(/^[0-9a-f-]{36}$/)
    expect(token).not.toContain(key.secret)
  })

  test('verifies with a stock client for its own audience, and no other', async () => {
    const { token } = await signedIn({}, type)
    const keys = await keySet()
    const expected = { issuer: baseUrl, audience: audience[type], algorithms: ['ES256'], typ: 'JWT' }
    expect((await jwtVerify(token, keys, expected)).payload.preferred_username).toBe('ada')
    const other = type === 'test' ? audience.live : audience.test
    await expect(jwtVerify(token, keys, { ...expected, audience: other })).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
      claim: 'aud',
    })
  })
})

test('every token has an id of its own', async () => {
  const { client, authenticator, token } = await signedIn()
  const again = await signIn(client, authenticator, 'ada')
  expect(decodeJwt(again.token).jti).not.toBe(decodeJwt(token).jti)
})

test.each([
  ['device-bound, user verified', {}, ['pop', 'hwk', 'user', 'mfa']],
  ['device-bound, user present', { verifiesUsers: false }, ['pop', 'hwk', 'user']],
  ['synced, user verified', { backupEligible: true, backedUp: true, counts: false }, ['pop', 'swk', 'user', 'mfa']],
  ['syncable, not synced yet', { backupEligible: true }, ['pop', 'swk', 'user', 'mfa']],
  ['synced, user present', { backupEligible: true, backedUp: true, verifiesUsers: false }, ['pop', 'swk', 'user']],
])('the token says how: %s', async (_name, settings, amr) => {
  expect(decodeJwt((await signedIn(settings)).token).amr).toEqual(amr)
})

test('the key set is public keys only, each able to verify ES256, the next one included', async () => {
  const { token } = await signedIn()
  const { keys } = await fetchJwks()
  expect(keys.length).toBeGreaterThanOrEqual(2)
  for (const key of keys) {
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    expect(key).toMatchObject({ alg: 'ES256', crv: 'P-256', kty: 'EC', use: 'sig' })
  }
  const kids = keys.map(({ kid }) => kid)
  expect(new Set(kids).size).toBe(kids.length)
  expect(kids).toContain(decodeProtectedHeader(token).kid)
})

test('signing keys are encrypted where they are kept', async () => {
  await signedIn()
  const rows = await (await database()).signingKey.findMany()
  expect(rows.length).toBeGreaterThanOrEqual(2)
  for (const { privateJwk, publicJwk } of rows) {
    const { x, y } = JSON.parse(publicJwk)
    const kept = Buffer.from(privateJwk, 'base64url').toString('latin1')
    for (const clear of ['"d"', '"kty"', 'P-256', x, y]) {
      expect(kept).not.toContain(clear)
      expect(privateJwk).not.toContain(clear)
    }
    expect(JSON.parse(publicJwk)).not.toHaveProperty('d')
  }
})

describe('rotation', () => {
  /**
   * Waits until the server under test publishes what another process rotated to, whichever of its own is asked: readiness reads
   * the ring anew.
   */
  const published = async (kid: string) => {
    for (;;) {
      await sendToAll('GET', '/readyz')
      const all = await sendToAll('GET', '/.well-known/jwks.json')
      if (all.every(({ body }) => body.keys.some((key: { kid: string }) => key.kid === kid))) return
    }
  }

  test('makes the published next key sign, so that a client with yesterday’s key set verifies today’s tokens', async () => {
    const { client, authenticator } = await signedIn()
    const { keys } = await fetchJwks()
    const yesterday = createLocalJWKSet({ keys } as never)
    const { current, next } = await rotate()
    expect(keys.map(({ kid }) => kid)).toContain(current)
    expect(keys.map(({ kid }) => kid)).not.toContain(next)
    await published(next)
    const { token } = await signIn(client, authenticator, 'ada')
    expect(decodeProtectedHeader(token).kid).toBe(current)
    await jwtVerify(token, yesterday, { issuer: baseUrl, audience: audience.test })
  })

  test('leaves tokens of retired keys valid, for others and in X-User-Token', async () => {
    const { client, token, registered } = await signedIn()
    const old = decodeProtectedHeader(token).kid
    for (let turn = 0; turn < 3; turn++) await published((await rotate()).next)
    const { keys } = await fetchJwks()
    expect(keys.findIndex(({ kid }) => kid === old)).toBeGreaterThanOrEqual(0)
    await jwtVerify(token, await keySet(), { issuer: baseUrl, audience: audience.test })
    expect((await client.passkeys.list({}, { userToken: token })).data).toEqual([
      { ...registered.passkey, signCount: 1, lastUsedAt: expect.any(String) },
    ])
  })

  test('under load breaks no token', async () => {
    const { client, authenticator, token } = await signedIn({}, 'live')
    let rotations = 0
    const rotating = (async () => {
      for (; rotations < 4; rotations++) await published((await rotate()).next)
    })()
    const kids = new Set([decodeProtectedHeader(token).kid])
    // jose waits 30 s between two readings of a key set; rotations here are closer than that.
    const remote = await keySet({ cooldownDuration: 0 })
    for (let signIns = 0; signIns < 40 || rotations < 4; signIns++) {
      const { token } = await signIn(client, authenticator, 'ada')
      kids.add(decodeProtectedHeader(token).kid)
      const keys = mount === 'in memory' ? await keySet() : remote
      await jwtVerify(token, keys, { issuer: baseUrl, audience: audience.live })
      await client.passkeys.list({}, { userToken: token })
      if (signIns > 2_000) throw new Error('The rotations did not come to an end.')
    }
    await rotating
    expect(kids.size).toBeGreaterThan(1)
  })
})

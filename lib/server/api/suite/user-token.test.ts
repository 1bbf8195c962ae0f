import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { database } from '../../db/database.ts'
import { unseal } from '../../tokens/sealed.ts'
import { newTenant, passkeyScopes, refusal, refusedWith, register, send, signIn } from './harness.ts'

let tenant: Awaited<ReturnType<typeof newTenant>>
let token: string

beforeAll(async () => {
  tenant = await newTenant()
  await register(tenant.client, tenant.authenticator, 'ada')
  token = (await signIn(tenant.client, tenant.authenticator, 'ada')).token
})

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
/** The same token to whoever reads base64url loosely: a bit is set that stands for nothing. */
const loose = (jwt: string) => jwt.slice(0, -1) + String.fromCharCode(jwt.charCodeAt(jwt.length - 1) + 1)
const listWith = (userToken: string) => tenant.client.passkeys.list({}, { userToken })

/** The token with other claims or another header, signed with the server's own key: only what was changed is wrong. */
async function signedAnew(change: (claims: JWTPayload) => JWTPayload, header: object = {}): Promise<string> {
  const { kid = '' } = decodeProtectedHeader(token)
  const row = await (await database()).signingKey.findUniqueOrThrow({ where: { id: kid } })
  const key = await importJWK(JSON.parse(unseal(row.privateJwk, `signing-key:${kid}`)), 'ES256')
  return new SignJWT(change(decodeJwt(token)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT', ...header })
    .sign(key)
}

async function signedBy(privateKey: CryptoKey | Uint8Array | object, header: object): Promise<string> {
  return new SignJWT(decodeJwt(token))
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', ...header })
    .sign(privateKey as Uint8Array)
}

test('a token that was signed anew with the server’s key is as good as the first', async () => {
  expect((await listWith(await signedAnew((claims) => claims))).data).toHaveLength(1)
})

describe('X-User-Token is refused', () => {
  const parts = () => token.split('.') as [string, string, string]
  const now = () => Math.floor(Date.now() / 1000)

  const forgeries: [name: string, forge: () => string | Promise<string>][] = [
    ['when it is no token', () => 'nonsense'],
    ['when it is empty of parts', () => '..'],
    ['when its signature is cut off', () => `${parts()[0]}.${parts()[1]}.`],
    [
      'when one bit of its signature is other',
      () => `${token.slice(0, -10)}${token.at(-10) === 'A' ? 'B' : 'A'}${token.slice(-9)}`,
    ],
    ['when a bit of it is set that stands for nothing', () => loose(token)],
    [
      'when its claims are other',
      () => `${parts()[0]}.${base64url({ ...decodeJwt(token), preferred_username: 'bob' })}.${parts()[2]}`,
    ],
    ['when its algorithm is none', () => `${base64url({ alg: 'none', typ: 'JWT' })}.${parts()[1]}.`],
    [
      'when its algorithm is none, with the kid and signature of a good one',
      () => `${base64url({ ...decodeProtectedHeader(token), alg: 'none' })}.${parts()[1]}.${parts()[2]}`,
    ],
    ['when it is an HMAC under the public key', hmacOfPublicKey],
    ['when a stranger’s key signed it under our kid', () => foreign({ kid: decodeProtectedHeader(token).kid })],
    ['when its kid is nobody’s', () => foreign({ kid: 'nobody' })],
    ['when it has no kid', () => foreign({})],
    ['when it brings its own key', () => foreign({ jwk: ownKey.publicKey.export({ format: 'jwk' }) })],
    ['when it names a key set elsewhere', () => foreign({ kid: 'x', jku: 'https://evil.example/jwks.json' })],
    ['when it is no JWT by its type', () => signedAnew((claims) => claims, { typ: 'at+jwt' })],
    ['when it has expired', () => signedAnew((claims) => ({ ...claims, exp: now() }))],
    ['when it is not valid yet', () => signedAnew((claims) => ({ ...claims, nbf: now() + 3600 }))],
    ['when another issued it', () => signedAnew((claims) => ({ ...claims, iss: 'https://evil.example' }))],
    ['when it is for the live audience', () => signedAnew((claims) => ({ ...claims, aud: 'mpc-server' }))],
    ['when it is of another tenant', () => signedAnew((claims) => ({ ...claims, providerTenantId: 'tnt_other' }))],
    ['when it is of the other environment', () => signedAnew((claims) => ({ ...claims, environment: 'live' }))],
    ['when it never expires', () => signedAnew(({ exp: _, ...claims }) => claims)],
    ['when it names no passkey', () => signedAnew(({ passkeyId: _, ...claims }) => claims)],
    ['when it names a passkey that never was', () => signedAnew((claims) => ({ ...claims, passkeyId: 'psk_x' }))],
    ['when it names no user', () => signedAnew(({ sub: _, ...claims }) => claims)],
  ]

  const ownKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const foreign = (more: object) => signedBy(ownKey.privateKey, more)

  async function hmacOfPublicKey(): Promise<string> {
    const { kid } = decodeProtectedHeader(token)
    const { keys } = (await send('GET', '/.well-known/jwks.json')).body
    const jwk = keys.find((key: { kid: string }) => key.kid === kid)
    const pem = await exportSPKI((await importJWK({ ...jwk, ext: true }, 'ES256', { extractable: true })) as CryptoKey)
    return signedBy(new TextEncoder().encode(pem), { alg: 'HS256', kid })
  }

  test.each(forgeries)('%s', async (_name, forge) => {
    const before = await tenant.stored()
    const forged = await forge()
    const { client } = await tenant.addKey('test', passkeyScopes)
    const problem = await refusal(client.passkeys.list({}, { userToken: forged }))
    expect([problem.status, problem.code]).toEqual([401, 'token_invalid'])
    expect(JSON.stringify(problem)).not.toContain(forged)
    const id = before.passkeys[0]?.id ?? ''
    expect(await refusedWith(client.passkeys.delete(id, { userToken: forged }))).toEqual([401, 'token_invalid'])
    expect(await refusedWith(client.passkeys.register.begin({ username: 'ada' }, { userToken: forged }))).toEqual([
      401,
      'token_invalid',
    ])
    expect(await tenant.stored()).toEqual(before)
    expect((await client.passkeys.list({}, { userToken: token })).data).toHaveLength(1)
  })
})

test('a user token stands beside the key, never in its place', async () => {
  const ways: Record<string, string>[] = [
    { 'X-User-Token': token },
    { Authorization: `Bearer ${token}` },
    { 'X-API-Key': token },
  ]
  for (const headers of ways) {
    const { status, body } = await send('GET', '/v1/passkeys', { headers })
    expect(status).toBe(401)
    expect(['api_key_missing', 'api_key_invalid', 'token_invalid']).toContain(body.code)
  }
})

import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { ConnectionError, TokenRefusedError, verifyToken } from '#lib/sdk/tokens.ts'
import { baseUrl, newTenant, register, request, signIn } from './harness.ts'

/** A user's token, and how its issuer's keys are fetched, counted. */
async function signedIn() {
  const { client, authenticator, tenant } = await newTenant()
  await register(client, authenticator, 'ada')
  const { token } = await signIn(client, authenticator, 'ada')
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = (url, init) => {
    asked.push(String(url))
    return request(String(url), { ...(init?.signal ? { signal: init.signal } : {}) })
  }
  return { tenant, token, asked, fetch, expected: { issuer: baseUrl, audience: 'mpc-server:test', fetch } }
}

async function reason(verifying: Promise<unknown>): Promise<string> {
  const error = await verifying.then(
    () => new Error('It was believed.'),
    (error: unknown) => error,
  )
  if (error instanceof TokenRefusedError) return error.reason
  throw error
}

test('a user’s token is verified by keys that are asked for once', async () => {
  const { tenant, token, asked, expected } = await signedIn()
  const claims = await verifyToken(token, expected)
  expect(claims).toMatchObject({ iss: baseUrl, preferred_username: 'ada', providerTenantId: tenant.id })
  await Promise.all(Array.from({ length: 5 }, () => verifyToken(token, expected)))
  expect(asked).toEqual([`${baseUrl}/.well-known/jwks.json`])
})

test('a token that is not this user’s of this server’s is refused, by its reason', async () => {
  const { token, expected } = await signedIn()
  const [header, payload, signature = ''] = token.split('.')
  const flipped = `${signature.slice(0, 4)}${signature[4] === 'A' ? 'B' : 'A'}${signature.slice(5)}`
  expect(await reason(verifyToken(`${header}.${payload}.${flipped}`, expected))).toBe('signature')
  expect(await reason(verifyToken(token, { ...expected, audience: 'mpc-server' }))).toBe('claim')
  for (const text of ['', 'x', `${header}.${payload}.`])
    expect(['malformed', 'signature']).toContain(await reason(verifyToken(text, expected)))
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const { kid } = JSON.parse(Buffer.from(header ?? '', 'base64url').toString())
  const sign = (protectedHeader: object) =>
    new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid, ...protectedHeader })
  expect(await reason(verifyToken(await sign({}).sign(privateKey), expected))).toBe('signature')
  const jwk = await exportJWK(publicKey)
  expect(await reason(verifyToken(await sign({ kid: 'another', jwk }).sign(privateKey), expected))).toBe('signature')
  expect(await reason(verifyToken(await sign({ typ: 'approval+jwt' }).sign(privateKey), expected))).not.toBe('expired')
})

test('where the issuer cannot be asked, nothing is said of the token', async () => {
  const { token, expected } = await signedIn()
  const down: typeof fetch = async () => {
    throw new TypeError('fetch failed')
  }
  const page: typeof fetch = async () => new Response('<h1>Bad Gateway</h1>', { status: 502 })
  for (const fetch of [down, page]) {
    const error = await verifyToken(token, { ...expected, fetch }).catch((error) => error)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(String(error.stack)).not.toContain(token)
  }
  await expect(verifyToken(token, { ...expected, audience: '' })).rejects.toThrow(TypeError)
})

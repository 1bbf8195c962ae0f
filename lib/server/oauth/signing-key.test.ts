import { createLocalJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { SigningKey } from './signing-key.ts'

async function jwkOf(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }
}

function tokenOf(key: SigningKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: key.alg, kid: key.kid })}.${part({ sub: 'ada' })}`
  return `${signed}.${Buffer.from(key.sign(Buffer.from(signed))).toString('base64url')}`
}

test('what a key signs is verified by its public part, and by no other key’s', async () => {
  const [jwk, other] = [await jwkOf('one'), await jwkOf('one')]
  const key = new SigningKey(jwk)
  expect(key).toMatchObject({ kid: 'one', alg: 'ES256', kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y, use: 'sig' })
  const published = { ...key.keyObject().export({ format: 'jwk' }), kid: 'one' }
  expect(published).not.toHaveProperty('d')
  const verified = await jwtVerify(tokenOf(key), createLocalJWKSet({ keys: [published as JWK] }))
  expect(verified.payload.sub).toBe('ada')
  const theirs = createLocalJWKSet({ keys: [{ ...other, d: undefined } as JWK] })
  await expect(jwtVerify(tokenOf(key), theirs)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' })
})

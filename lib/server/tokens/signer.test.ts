import { calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { signerOf } from './signer.ts'

test('a signer’s token is what jose verifies by its key alone, of the type and key that its header names', async () => {
  const [pair, other] = [await generateKeyPair('ES256', { extractable: true }), await generateKeyPair('ES256')]
  const jwk = await exportJWK(pair.privateKey)
  const kid = await calculateJwkThumbprint(jwk)
  const sign = signerOf({ ...jwk, kid })
  const now = Math.floor(Date.now() / 1000)
  const claims = { sub: 'Ünal “1”', iat: now, exp: now + 60, amr: ['pop', 'hwk'] }
  for (const typ of ['JWT', 'approval+jwt']) {
    const token = sign(claims, typ)
    const { payload, protectedHeader } = await jwtVerify(token, pair.publicKey, { typ, algorithms: ['ES256'] })
    expect(payload).toEqual(claims)
    expect(protectedHeader).toEqual({ alg: 'ES256', typ, kid })
    await expect(jwtVerify(token, other.publicKey)).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    })
  }
})

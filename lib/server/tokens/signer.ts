import { createPrivateKey } from 'node:crypto'
import { createSigner } from 'fast-jwt'
import type { JWK } from 'jose'

/** Writes claims as a JWT of a type, and signs it. */
export type Signer = (claims: object, type: string) => string

/**
 * What signs JWTs with a key, by ES256, in the thread that asks: through WebCrypto and another thread the way to a signature
 * costs more than the signature.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-3.4
 */
export function signerOf({ kid, ...jwk }: JWK & { kid: string }): Signer {
  const key = createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' })
  const kept = new Map<string, (claims: object) => string>()
  return (claims, type) => {
    const sign = kept.get(type) ?? createSigner({ key, kid, algorithm: 'ES256', header: { alg: 'ES256', typ: type } })
    kept.set(type, sign)
    return sign(claims)
  }
}

import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { JWK } from 'jose'
import { ExternalSigningKey } from 'oidc-provider'

/**
 * A key that the authorization server signs with, ready for use: by Node's own signature, in the thread that asks. The
 * library's way to a signature, through WebCrypto and another thread, costs more than the signature.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-3.4 (ES256: both numbers after one another, not DER)
 */
export class SigningKey extends ExternalSigningKey {
  readonly #kid: string | undefined
  readonly #privateKey: KeyObject
  readonly #publicKey: KeyObject

  constructor({ kid, ...jwk }: JWK) {
    super()
    this.#kid = kid
    const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
    // With the key, and not around it: what is around a key costs Node as much as the signature does.
    this.#privateKey = Object.assign(privateKey, { dsaEncoding: 'ieee-p1363' as const })
    this.#publicKey = createPublicKey(privateKey)
  }

  override get kid() {
    return this.#kid
  }

  override get alg() {
    return 'ES256'
  }

  override keyObject(): KeyObject {
    return this.#publicKey
  }

  override sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, this.#privateKey)
  }
}

import { schnorr } from '@noble/curves/secp256k1.js'
import type { MpcKey } from '#lib/sdk/mpc/index.ts'

/** What a verifier that knows nothing of shares says of a signature. */
export interface Verdict {
  valid: boolean
  by: string
}

/** Verifies with WebCrypto's Ed25519, or as BIP340 says. */
export async function verdictOn(key: MpcKey, signature: Uint8Array, message: Uint8Array): Promise<Verdict> {
  if (key.suite === 'schnorr-secp256k1')
    return { valid: schnorr.verify(signature, message, key.publicKey), by: 'BIP340, by noble here' }
  const own = (bytes: Uint8Array) => new Uint8Array(bytes)
  const publicKey = await crypto.subtle.importKey('raw', own(key.publicKey), 'Ed25519', false, ['verify'])
  return {
    valid: await crypto.subtle.verify('Ed25519', publicKey, own(signature), own(message)),
    by: 'Ed25519, by WebCrypto here',
  }
}

import { ed25519 } from '@noble/curves/ed25519.js'

/** Who a party is: an Ed25519 key pair, of which the others pin the public half. */
export interface Identity {
  readonly secretKey: Uint8Array
  readonly publicKey: Uint8Array
}

/** A party's identity: a new one, or the one of a seed of 32 bytes. */
export function identity(seed?: Uint8Array): Identity {
  return ed25519.keygen(seed)
}

export function signAs({ secretKey }: Identity, bytes: Uint8Array): Uint8Array {
  return ed25519.sign(bytes, secretKey)
}

export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false })
  } catch {
    return false
  }
}

import { base58, bech32m } from '@scure/base'
import type { SuiteName } from '#lib/mpc/protocol/index.ts'

/**
 * A public key of 32 bytes as people know it: Solana's base58 for ed25519, a bech32m text of witness version 1 for
 * schnorr-secp256k1, `tb1p…` for a test key. It is the key in another alphabet, and nothing more is promised of it.
 */
export function addressOf(suite: SuiteName, publicKey: Uint8Array, environment: string): string {
  if (suite === 'ed25519') return base58.encode(publicKey)
  return bech32m.encode(environment === 'live' ? 'bc' : 'tb', [1, ...bech32m.toWords(publicKey)])
}

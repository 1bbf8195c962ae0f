import { createPublicKey } from 'node:crypto'
import { offeredAlgorithms } from '#lib/webauthn/algorithms.ts'

/**
 * The algorithms that can be verified where this is asked, by their COSE numbers: callers may ask a server for its own.
 *
 * ML-DSA is young: Node has it from 24.7 on, where its OpenSSL has it. Everything else is everywhere.
 */
export const verifiedAlgorithms: readonly number[] = offeredAlgorithms
  .filter(({ kty, name, ...row }) => kty !== 7 || ('size' in row && verifiesMlDsa(name, row.size)))
  .map(({ id }) => id)

/**
 * Whether node:crypto takes such a key, and Web Crypto can be there for its signatures: what tells of the algorithms that it
 * has came with ML-DSA, and asking it would write a warning into every log.
 */
function verifiesMlDsa(alg: string, size: number): boolean {
  const jwk = { kty: 'AKP', alg, pub: Buffer.alloc(size).toString('base64url') }
  try {
    createPublicKey({ key: jwk, format: 'jwk' })
    return 'supports' in SubtleCrypto
  } catch {
    return false
  }
}

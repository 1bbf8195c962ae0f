import { algorithmNames } from '../options.ts'

export const ktyNames: Readonly<Record<number, string>> = { 1: 'OKP', 2: 'EC2', 3: 'RSA', 7: 'AKP' }

/** COSE curves, with the bytes of one coordinate. */
export const curves: Readonly<Record<number, { name: string; kty: number; size: number }>> = {
  1: { name: 'P-256', kty: 2, size: 32 },
  2: { name: 'P-384', kty: 2, size: 48 },
  3: { name: 'P-521', kty: 2, size: 66 },
  6: { name: 'Ed25519', kty: 1, size: 32 },
  7: { name: 'Ed448', kty: 1, size: 57 },
}

/**
 * What an algorithm asks of its key: the key type, and the curve or the public key's size. WebAuthn ties each ECDSA and
 * EdDSA algorithm to one curve, where COSE alone would not.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-alg-identifier
 * @see https://www.rfc-editor.org/rfc/rfc9864
 */
export const keyOf: Readonly<Record<number, { kty: number; crv?: number; size?: number }>> = {
  [-7]: { kty: 2, crv: 1 },
  [-9]: { kty: 2, crv: 1 },
  [-35]: { kty: 2, crv: 2 },
  [-51]: { kty: 2, crv: 2 },
  [-36]: { kty: 2, crv: 3 },
  [-52]: { kty: 2, crv: 3 },
  [-8]: { kty: 1, crv: 6 },
  [-19]: { kty: 1, crv: 6 },
  [-53]: { kty: 1, crv: 7 },
  [-37]: { kty: 3 },
  [-38]: { kty: 3 },
  [-39]: { kty: 3 },
  [-257]: { kty: 3 },
  [-258]: { kty: 3 },
  [-259]: { kty: 3 },
  [-65535]: { kty: 3 },
  [-48]: { kty: 7, size: 1312 },
  [-49]: { kty: 7, size: 1952 },
  [-50]: { kty: 7, size: 2592 },
}

const fullySpecified: Readonly<Record<number, string>> = {
  [-9]: 'ESP256',
  [-19]: 'Ed25519',
  [-51]: 'ESP384',
  [-52]: 'ESP512',
}

/** The name of a COSE algorithm, if it is one for signatures that WebAuthn uses. */
export function algorithmName(alg: unknown): string | undefined {
  return typeof alg === 'number' ? (algorithmNames[alg] ?? fullySpecified[alg]) : undefined
}

/** One COSE signature algorithm, and what it asks of its key. */
export interface CoseAlgorithm {
  /** The number in the IANA registry. */
  id: number
  name: string
  /** The key type, by its number in `keyTypes`. */
  kty: number
  /** The curve, by its number in `curves`; its coordinates' size is the curve's. */
  crv?: number
  /** Bytes of the public key, where no curve says so. */
  size?: number
  /** Bytes of every signature, where the key says nothing of them. */
  signature?: number
  /** A server verifies its signatures, so that callers may ask for it; ML-DSA’s not everywhere. */
  offered?: true
  /** What it is, for people. */
  note: string
}

/**
 * Every signature algorithm that WebAuthn uses, the offered ones first and of those the strongest reason to use them: the
 * options, the decoders, the checks and the page take what they know of an algorithm from its row here.
 *
 * WebAuthn ties each ECDSA and EdDSA algorithm to one curve, where COSE alone would not.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-alg-identifier
 * @see https://www.iana.org/assignments/cose/cose.xhtml#algorithms
 * @see https://www.rfc-editor.org/rfc/rfc9864
 */
const rows = [
  { id: -7, name: 'ES256', kty: 2, crv: 1, offered: true, note: 'ECDSA on P-256: nearly every authenticator' },
  { id: -8, name: 'EdDSA', kty: 1, crv: 6, offered: true, note: 'Ed25519' },
  { id: -257, name: 'RS256', kty: 3, offered: true, note: 'RSA with SHA-256: Windows Hello' },
  { id: -35, name: 'ES384', kty: 2, crv: 2, offered: true, note: 'ECDSA on P-384' },
  { id: -36, name: 'ES512', kty: 2, crv: 3, offered: true, note: 'ECDSA on P-521' },
  { id: -37, name: 'PS256', kty: 3, offered: true, note: 'RSA-PSS with SHA-256' },
  { id: -38, name: 'PS384', kty: 3, offered: true, note: 'RSA-PSS with SHA-384' },
  { id: -39, name: 'PS512', kty: 3, offered: true, note: 'RSA-PSS with SHA-512' },
  { id: -258, name: 'RS384', kty: 3, offered: true, note: 'RSA with SHA-384' },
  { id: -259, name: 'RS512', kty: 3, offered: true, note: 'RSA with SHA-512' },
  {
    id: -48,
    name: 'ML-DSA-44',
    kty: 7,
    size: 1312,
    signature: 2420,
    offered: true,
    note: 'post-quantum, the smallest',
  },
  { id: -49, name: 'ML-DSA-65', kty: 7, size: 1952, signature: 3309, offered: true, note: 'post-quantum' },
  { id: -50, name: 'ML-DSA-87', kty: 7, size: 2592, signature: 4627, offered: true, note: 'post-quantum, the largest' },
  { id: -9, name: 'ESP256', kty: 2, crv: 1, note: 'ES256, its curve in its name' },
  { id: -51, name: 'ESP384', kty: 2, crv: 2, note: 'ES384, its curve in its name' },
  { id: -52, name: 'ESP512', kty: 2, crv: 3, note: 'ES512, its curve in its name' },
  { id: -19, name: 'Ed25519', kty: 1, crv: 6, note: 'EdDSA, its curve in its name' },
  { id: -53, name: 'Ed448', kty: 1, crv: 7, note: 'EdDSA on the larger curve' },
  { id: -65535, name: 'RS1', kty: 3, note: 'RSA with SHA-1, which is broken: in old TPMs’ statements' },
] as const satisfies readonly CoseAlgorithm[]

export const algorithms: readonly CoseAlgorithm[] = rows

type Offered = Extract<(typeof rows)[number], { offered: true }>

/** The algorithms that callers may ask for, of a server that verifies all of them. */
export const offeredAlgorithms = rows.filter((row): row is Offered => 'offered' in row)

/** The number of an algorithm that callers may ask for. */
export type OfferedAlgorithm = Offered['id']

/**
 * COSE key types, with JWK's names for them.
 * @see https://www.iana.org/assignments/cose/cose.xhtml#key-type
 */
export const keyTypes: Readonly<Record<number, { name: string; jwk: string }>> = {
  1: { name: 'OKP', jwk: 'OKP' },
  2: { name: 'EC2', jwk: 'EC' },
  3: { name: 'RSA', jwk: 'RSA' },
  7: { name: 'AKP', jwk: 'AKP' },
}

/**
 * COSE curves by JWK's names for them, with the bytes of one coordinate.
 * @see https://www.iana.org/assignments/cose/cose.xhtml#elliptic-curves
 */
export const curves: Readonly<Record<number, { name: string; kty: number; size: number }>> = {
  1: { name: 'P-256', kty: 2, size: 32 },
  2: { name: 'P-384', kty: 2, size: 48 },
  3: { name: 'P-521', kty: 2, size: 66 },
  6: { name: 'Ed25519', kty: 1, size: 32 },
  7: { name: 'Ed448', kty: 1, size: 57 },
}

const byId: ReadonlyMap<unknown, CoseAlgorithm> = new Map(algorithms.map((row) => [row.id, row]))

/** The row of a COSE algorithm; undefined for what is none that WebAuthn uses. */
export function algorithmOf(id: unknown): CoseAlgorithm | undefined {
  return byId.get(id)
}

/** What a COSE algorithm is called everywhere: its name, or “COSE -47” for one that is not known here. */
export function algorithmName(id: number): string {
  return algorithmOf(id)?.name ?? `COSE ${id}`
}

/** Its name with its number, as the specifications write it: “ES256 (-7)”. */
export function algorithmLabel(id: number): string {
  const name = algorithmOf(id)?.name
  return name ? `${name} (${id})` : algorithmName(id)
}

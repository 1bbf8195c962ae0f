import {
  constants,
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  KeyObject,
  sign,
} from 'node:crypto'
import { algorithmOf, curves } from '#lib/webauthn/algorithms.ts'

/** A private key as test vectors and key stores have it: `scalar` is the raw EC scalar or the Ed25519 seed. */
export type PrivateKeyInput = KeyObject | JsonWebKey | { scalar: Uint8Array } | { p: Uint8Array; q: Uint8Array }

interface Signing {
  hash: string | null
  pss?: true
}

/** How Node signs with each algorithm, by COSE number. */
const signings: Readonly<Record<number, Signing>> = {
  [-7]: { hash: 'sha256' },
  [-35]: { hash: 'sha384' },
  [-36]: { hash: 'sha512' },
  [-8]: { hash: null },
  [-257]: { hash: 'sha256' },
  [-258]: { hash: 'sha384' },
  [-259]: { hash: 'sha512' },
  [-37]: { hash: 'sha256', pss: true },
  [-38]: { hash: 'sha384', pss: true },
  [-39]: { hash: 'sha512', pss: true },
}

/** COSE numbers of the algorithms that the software authenticator signs with. */
export const supportedAlgorithms = Object.keys(signings).map(Number)

const ecdhCurves: Readonly<Record<string, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

function signingOf(alg: number): Signing {
  const signing = signings[alg]
  if (!signing) throw new TypeError(`the software authenticator does not know the COSE algorithm ${alg}`)
  return signing
}

/** JWK's name of an algorithm's curve; undefined for RSA. */
function curveOf(alg: number): string | undefined {
  signingOf(alg)
  return curves[algorithmOf(alg)?.crv ?? 0]?.name
}

export function generatePrivateKey(alg: number): KeyObject {
  const crv = curveOf(alg)
  if (crv === 'Ed25519') return generateKeyPairSync('ed25519').privateKey
  if (crv) return generateKeyPairSync('ec', { namedCurve: crv }).privateKey
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}

/** Takes a key that exists already, so that it can answer live challenges. */
export function importPrivateKey(input: PrivateKeyInput, alg: number): KeyObject {
  if (input instanceof KeyObject) return input
  if ('scalar' in input) return fromScalar(input.scalar as Uint8Array, curveOf(alg))
  if (input.p instanceof Uint8Array && input.q instanceof Uint8Array) return fromPrimes(input.p, input.q)
  return createPrivateKey({ key: input as JsonWebKey, format: 'jwk' })
}

function fromScalar(scalar: Uint8Array, crv: string | undefined): KeyObject {
  if (!crv) throw new TypeError('an RSA key has no scalar: give p and q')
  // https://www.rfc-editor.org/rfc/rfc8410#section-7: the fixed head of a PKCS #8 Ed25519 key.
  if (crv === 'Ed25519') {
    const head = Buffer.from('302e020100300506032b657004220420', 'hex')
    return createPrivateKey({ key: Buffer.concat([head, scalar]), format: 'der', type: 'pkcs8' })
  }
  const ecdh = createECDH(ecdhCurves[crv] ?? crv)
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey().subarray(1)
  const half = point.length / 2
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const [x, y] = [text(point.subarray(0, half)), text(point.subarray(half))]
  return createPrivateKey({ key: { kty: 'EC', crv, d: text(scalar), x, y }, format: 'jwk' })
}

function fromPrimes(pBytes: Uint8Array, qBytes: Uint8Array): KeyObject {
  const [p, q] = [pBytes, qBytes].map((bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)) as [bigint, bigint]
  const e = 65537n
  const d = inverse(e, (p - 1n) * (q - 1n))
  const text = (value: bigint) => {
    const hex = value.toString(16)
    return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
  }
  const members = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const jwk = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, text(value)]))
  return createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' })
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n]
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
  return ((x % modulus) + modulus) % modulus
}

/**
 * A COSE_Key, ready to be encoded.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-encoded-credPubKey-examples
 */
export function coseKeyOf(privateKey: KeyObject, alg: number): Map<number, unknown> {
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'))
  if (jwk.kty === 'RSA')
    return new Map<number, unknown>([
      [1, 3],
      [3, alg],
      [-1, bytes(jwk.n)],
      [-2, bytes(jwk.e)],
    ])
  const key = new Map<number, unknown>([
    [1, jwk.kty === 'EC' ? 2 : 1],
    [3, alg],
  ])
  const crv = Object.keys(curves).find((number) => curves[Number(number)]?.name === jwk.crv)
  key.set(-1, Number(crv)).set(-2, bytes(jwk.x))
  return jwk.kty === 'EC' ? key.set(-3, bytes(jwk.y)) : key
}

/** SubjectPublicKeyInfo, as `getPublicKey()` gives it. */
export function spkiOf(privateKey: KeyObject): Uint8Array {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
}

/**
 * Signs as an authenticator does: ECDSA in DER.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 */
export function signWith(privateKey: KeyObject, alg: number, data: Uint8Array): Uint8Array {
  const { hash, pss } = signingOf(alg)
  const key = pss
    ? { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : privateKey
  return new Uint8Array(sign(hash, data, key))
}

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
import { verifiedAlgorithms } from '#lib/contract/verified-algorithms.ts'
import { algorithmOf, curves } from '#lib/webauthn/algorithms.ts'

/** A private key as test vectors and key stores have it: `scalar` is the raw EC scalar, or the seed of Ed25519 and ML-DSA. */
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
  [-48]: { hash: null },
  [-49]: { hash: null },
  [-50]: { hash: null },
}

/** COSE numbers of the algorithms that the software authenticator signs with; of ML-DSA's on a Node that knows them (24.7). */
export const supportedAlgorithms = Object.keys(signings)
  .map(Number)
  .filter((alg) => verifiedAlgorithms.includes(alg))

/** Node's names of ML-DSA, and the fixed heads of a PKCS #8 key that is its seed: RFC 9881. */
const mlDsa: Readonly<Record<number, { type: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87'; head: string }>> = {
  [-48]: { type: 'ml-dsa-44', head: '3034020100300b060960864801650304031104228020' },
  [-49]: { type: 'ml-dsa-65', head: '3034020100300b060960864801650304031204228020' },
  [-50]: { type: 'ml-dsa-87', head: '3034020100300b060960864801650304031304228020' },
}

const ecdsa: Readonly<Record<string, number>> = { 'P-256': -7, 'P-384': -35, 'P-521': -36 }

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

/** JWK's name of an algorithm's curve; undefined for RSA and ML-DSA. */
function curveOf(alg: number): string | undefined {
  signingOf(alg)
  return curves[algorithmOf(alg)?.crv ?? 0]?.name
}

/** @throws TypeError for an algorithm that is not known here */
export function generatePrivateKey(alg: number): KeyObject {
  const crv = curveOf(alg)
  if (crv === 'Ed25519') return generateKeyPairSync('ed25519').privateKey
  if (crv) return generateKeyPairSync('ec', { namedCurve: crv }).privateKey
  const { type } = mlDsa[alg] ?? {}
  if (type) return generateKeyPairSync(type).privateKey
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}

/** Takes a key that exists already, so that it can answer live challenges. */
export function importPrivateKey(input: PrivateKeyInput, alg: number): KeyObject {
  if (input instanceof KeyObject) return input
  if ('scalar' in input) return fromScalar(input.scalar as Uint8Array, alg)
  if (input.p instanceof Uint8Array && input.q instanceof Uint8Array) return fromPrimes(input.p, input.q)
  return createPrivateKey({ key: input as JsonWebKey, format: 'jwk' })
}

/**
 * The COSE number that WebAuthn signs with by such a key; of RSA's the usual one, RS256.
 *
 * @throws TypeError where WebAuthn has none
 */
export function algorithmOfKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): number {
  const curve = Object.entries(ecdhCurves).find(([, name]) => name === details?.namedCurve)?.[0]
  const young = Object.keys(mlDsa).find((alg) => mlDsa[Number(alg)]?.type === (type as string))
  const alg = curve ? ecdsa[curve] : type === 'ed25519' ? -8 : type === 'rsa' ? -257 : young && Number(young)
  if (!alg) throw new TypeError(`WebAuthn has no algorithm for a key of the type ${type}`)
  return alg
}

function fromScalar(scalar: Uint8Array, alg: number): KeyObject {
  const crv = curveOf(alg)
  // https://www.rfc-editor.org/rfc/rfc8410#section-7: the fixed head of a PKCS #8 Ed25519 key.
  const head = crv === 'Ed25519' ? '302e020100300506032b657004220420' : mlDsa[alg]?.head
  if (head) {
    return createPrivateKey({ key: Buffer.concat([Buffer.from(head, 'hex'), scalar]), format: 'der', type: 'pkcs8' })
  }
  if (!crv) throw new TypeError('an RSA key has no scalar: give p and q')
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
  if (mlDsa[alg])
    return new Map<number, unknown>([
      [1, 7],
      [3, alg],
      [-1, bytes(jwk.pub as string)],
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

import { DER } from '@noble/curves/abstract/der.js'
import { bytesToNumberBE, hexToBytes } from '@noble/curves/utils.js'
import { decode } from 'cborg'
import { algorithmLabel, algorithms } from '../algorithms.ts'
import { coseKeyBytes, keyOfJwk } from '../decode/keys/public-key.ts'

type Signing = AlgorithmIdentifier | EcdsaParams | RsaPssParams

interface Recipe {
  made: Algorithm | EcKeyGenParams | RsaHashedKeyGenParams
  signs: Signing
}

const ecdsa = (namedCurve: string, hash: string): Recipe => ({
  made: { name: 'ECDSA', namedCurve },
  signs: { name: 'ECDSA', hash },
})

const rsa = (name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS', hash: string, saltLength: number): Recipe => ({
  made: { name, hash, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  signs: name === 'RSA-PSS' ? { name, saltLength } : { name },
})

const plain = (name: string): Recipe => ({ made: { name }, signs: { name } })

/** How Web Crypto makes and uses keys of each algorithm, by COSE number. */
const recipes: Readonly<Record<number, Recipe>> = {
  [-7]: ecdsa('P-256', 'SHA-256'),
  [-35]: ecdsa('P-384', 'SHA-384'),
  [-36]: ecdsa('P-521', 'SHA-512'),
  [-8]: plain('Ed25519'),
  [-257]: rsa('RSASSA-PKCS1-v1_5', 'SHA-256', 0),
  [-258]: rsa('RSASSA-PKCS1-v1_5', 'SHA-384', 0),
  [-259]: rsa('RSASSA-PKCS1-v1_5', 'SHA-512', 0),
  [-37]: rsa('RSA-PSS', 'SHA-256', 32),
  [-38]: rsa('RSA-PSS', 'SHA-384', 48),
  [-39]: rsa('RSA-PSS', 'SHA-512', 64),
  [-48]: plain('ML-DSA-44'),
  [-49]: plain('ML-DSA-65'),
  [-50]: plain('ML-DSA-87'),
}

/** A credential's private key, and its public half as WebAuthn writes it. */
export interface WebKey {
  privateKey: CryptoKey
  cose: Map<number, unknown>
  /** SubjectPublicKeyInfo. */
  spki: Uint8Array
}

/**
 * Makes a key for a COSE algorithm. It can be exported: what it is for is to be tried out.
 *
 * @throws DOMException NotSupportedError where this browser's Web Crypto, or WebAuthn, does not know the algorithm
 */
export async function generateWebKey(alg: number): Promise<WebKey> {
  const { made } = recipeOf(alg)
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(made, true, ['sign', 'verify'])) as CryptoKeyPair
  return { privateKey, ...(await written(publicKey, alg)) }
}

/**
 * Takes in a private key, PKCS #8.
 *
 * @throws DOMException DataError where it is none of that algorithm, NotSupportedError as `generateWebKey`
 */
export async function importWebKey(pkcs8: Uint8Array<ArrayBuffer>, alg: number): Promise<WebKey> {
  const { made } = recipeOf(alg)
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, made, true, ['sign'])
  const { kty, crv, x, y, n, e, pub } = (await crypto.subtle.exportKey('jwk', privateKey)) as JsonWebKey & {
    pub?: string
  }
  const own = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, pub, ...(pub ? { alg: made.name } : {}) }))
  const publicKey = await crypto.subtle.importKey('jwk', own, made, true, ['verify'])
  return { privateKey, ...(await written(publicKey, alg)) }
}

/** The private key, PKCS #8. */
export async function exportWebKey({ privateKey }: Pick<WebKey, 'privateKey'>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey))
}

/**
 * Signs as an authenticator does: ECDSA in DER.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 */
export async function signWithWebKey(
  { privateKey }: Pick<WebKey, 'privateKey'>,
  alg: number,
  data: Uint8Array,
): Promise<Uint8Array> {
  const { made, signs } = recipeOf(alg)
  const signature = new Uint8Array(await crypto.subtle.sign(signs, privateKey, Uint8Array.from(data)))
  if (made.name !== 'ECDSA') return signature
  const half = signature.length / 2
  const [r, s] = [signature.subarray(0, half), signature.subarray(half)].map(bytesToNumberBE) as [bigint, bigint]
  return hexToBytes(DER.hexFromSig({ r, s }))
}

/** COSE numbers of the algorithms that this browser, or this Node, makes keys for, in the catalogue's order. */
export async function webAlgorithms(): Promise<number[]> {
  const had = await Promise.all(algorithms.map(({ id }) => isWebAlgorithm(id)))
  return algorithms.filter((_, at) => had[at]).map(({ id }) => id)
}

const tried = new Map<number, Promise<boolean>>()

/** Whether keys of a COSE algorithm are made here. What is young is tried out, once; RSA is everywhere, and slow to try. */
export function isWebAlgorithm(alg: number): Promise<boolean> {
  const { made } = recipes[alg] ?? {}
  if (!made) return Promise.resolve(false)
  if (made.name.startsWith('RSA')) return Promise.resolve(true)
  const known = tried.get(alg) ?? crypto.subtle.generateKey(made, false, ['sign', 'verify']).then(yes, no)
  tried.set(alg, known)
  return known
}

const yes = () => true
const no = () => false

function recipeOf(alg: number): Recipe {
  const recipe = recipes[alg]
  if (!recipe) throw new DOMException(`no key of ${algorithmLabel(alg)} is made here`, 'NotSupportedError')
  return recipe
}

async function written(publicKey: CryptoKey, alg: number): Promise<Omit<WebKey, 'privateKey'>> {
  const [jwk, spki] = await Promise.all([
    crypto.subtle.exportKey('jwk', publicKey),
    crypto.subtle.exportKey('spki', publicKey),
  ])
  const key = keyOfJwk(jwk as Record<string, unknown>)
  if (!key) throw new DOMException('WebAuthn has no such key', 'NotSupportedError')
  return { cose: decode(coseKeyBytes({ ...key, alg }), { useMaps: true }), spki: new Uint8Array(spki) }
}

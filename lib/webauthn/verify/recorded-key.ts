import { encode } from 'cborg'
import { algorithms, curves, keyTypes } from '../algorithms.ts'
import { fromBase64url } from '../decode/bytes.ts'
import { decodeCoseKey } from '../decode/cose-key.ts'
import { decodeAttestationObject } from '../decode/index.ts'
import { isObject } from '../decode/json-kinds.ts'
import { recognise } from '../decode/recognise.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * A public key that somebody gives as a COSE_Key, as JWK, as SPKI (DER or PEM), or in the registration response that brought
 * it, as a COSE_Key; or why it is none.
 */
export async function recordedKey(text: string): Promise<{ cose: Bytes } | { error: string }> {
  const [reading] = recognise(text).readings
  const [part] = (await reading?.parts()) ?? []
  const bytes = part?.bytes && new Uint8Array(part.bytes)
  if (reading?.kind === 'cose-key' && bytes) return checked(bytes)
  if (reading?.kind === 'jwk' && isObject(reading.value)) return ofJwk(reading.value)
  if (reading?.kind === 'registration-response') return ofRegistration(reading.value)
  if (bytes?.[0] === 0x30) return ofSpki(bytes)
  return { error: 'no public key: a COSE key, a JWK, SPKI or PEM, or the registration response, is needed' }
}

function checked(cose: Bytes): { cose: Bytes } | { error: string } {
  const { errors } = decodeCoseKey(cose)
  return errors.length > 0 ? { error: errors.join('; ') } : { cose }
}

function ofRegistration(value: unknown): { cose: Bytes } | { error: string } {
  const response = isObject(value) && isObject(value.response) ? value.response : {}
  const object = fromBase64url(String(response.attestationObject ?? ''))
  const attested = object && decodeAttestationObject(object).value?.authenticatorData?.value?.attestedCredentialData
  return attested ? checked(new Uint8Array(attested.credentialPublicKey)) : { error: 'a registration without a key' }
}

/** JWK's names for the numbers of a COSE_Key, by key type. */
const members: Readonly<Record<string, readonly [name: string, label: number][]>> = {
  EC: [
    ['x', -2],
    ['y', -3],
  ],
  OKP: [['x', -2]],
  RSA: [
    ['n', -1],
    ['e', -2],
  ],
  AKP: [['pub', -1]],
}

/** @see https://www.rfc-editor.org/rfc/rfc9053#section-7 */
function ofJwk(jwk: Readonly<Record<string, unknown>>): { cose: Bytes } | { error: string } {
  const kty = Object.entries(keyTypes).find(([, { jwk: name }]) => name === jwk.kty)?.[0]
  const crv = Object.entries(curves).find(([, { name }]) => name === jwk.crv)?.[0]
  const named = algorithms.find(({ name }) => name === jwk.alg)
  // Without its own, a key is of the algorithm that its type and curve are mostly used with.
  const { id: alg } =
    named ?? algorithms.find((row) => row.kty === Number(kty) && row.crv === (crv && Number(crv))) ?? {}
  if (!kty || alg === undefined) return { error: 'a JWK of a type that WebAuthn does not use' }
  const key = new Map<number, unknown>([
    [1, Number(kty)],
    [3, alg],
  ])
  if (crv) key.set(-1, Number(crv))
  for (const [name, label] of members[String(jwk.kty)] ?? []) key.set(label, fromBase64url(String(jwk[name] ?? '')))
  return checked(new Uint8Array(encode(key)))
}

/** What WebCrypto imports a public key as: the first that takes it is what it is. */
const imports: readonly (EcKeyImportParams | RsaHashedImportParams | { name: string })[] = [
  { name: 'ECDSA', namedCurve: 'P-256' },
  { name: 'Ed25519' },
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  { name: 'ECDSA', namedCurve: 'P-384' },
  { name: 'ECDSA', namedCurve: 'P-521' },
  ...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].map((name) => ({ name })),
]

async function ofSpki(spki: Bytes): Promise<{ cose: Bytes } | { error: string }> {
  for (const algorithm of imports) {
    try {
      const key = await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
      const { alg, ...jwk } = await crypto.subtle.exportKey('jwk', key)
      return ofJwk({ ...jwk, ...(alg && jwk.kty !== 'OKP' && { alg }) })
    } catch {
      // Not of this algorithm, or of one that is not known here.
    }
  }
  return { error: 'a public key that WebCrypto does not import here' }
}

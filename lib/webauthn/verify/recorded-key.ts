import { fromBase64url } from '../decode/bytes.ts'
import { decodeCoseKey } from '../decode/cose-key.ts'
import { type CosePublicKey, decodeAttestationObject } from '../decode/index.ts'
import { isObject } from '../decode/json-kinds.ts'
import { coseKeyBytes, decodePublicKeyInfo, keyOfJwk } from '../decode/keys/public-key.ts'
import { privateKey } from '../decode/private-key.ts'
import { recognise } from '../decode/recognise.ts'
import { recordedCredential } from './recorded-credential.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * A public key that somebody gives as a COSE_Key, as JWK, as SPKI (DER or PEM), or in the registration response that brought
 * it, as a COSE_Key; or why it is none.
 */
export async function recordedKey(text: string): Promise<{ cose: Bytes } | { error: string }> {
  const [reading] = recognise(text).readings
  const [part] = (await reading?.parts()) ?? []
  const bytes = part?.bytes && new Uint8Array(part.bytes)
  if (reading?.kind === privateKey.kind) return { error: 'a private key: the public one is needed' }
  if (reading?.kind === 'cose-key' && bytes) return checked(bytes)
  if (reading?.kind === 'jwk' && isObject(reading.value))
    return written(keyOfJwk(reading.value), 'a JWK of a type that WebAuthn does not use, or without its numbers')
  if (reading?.kind === 'registration-response') return ofRegistration(reading.value)
  if (bytes?.[0] === 0x30) return ofSpki(bytes)
  return { error: 'no public key: a COSE key, a JWK, SPKI or PEM, or the registration response, is needed' }
}

function checked(cose: Bytes): { cose: Bytes } | { error: string } {
  const { errors } = decodeCoseKey(cose)
  return errors.length > 0 ? { error: errors.join('; ') } : { cose }
}

function written(key: CosePublicKey | undefined, otherwise: string): { cose: Bytes } | { error: string } {
  return key ? checked(new Uint8Array(coseKeyBytes(key))) : { error: otherwise }
}

function ofRegistration(value: unknown): { cose: Bytes } | { error: string } {
  const object = fromBase64url(recordedCredential(value)?.response.attestationObject ?? '')
  const attested = object && decodeAttestationObject(object).value?.authenticatorData?.value?.attestedCredentialData
  return attested ? checked(new Uint8Array(attested.credentialPublicKey)) : { error: 'a registration without a key' }
}

function ofSpki(spki: Bytes): { cose: Bytes } | { error: string } {
  const { value, errors } = decodePublicKeyInfo(spki)
  if (errors.length > 0) return { error: errors.join('; ') }
  return written(value, 'a public key of a kind that WebAuthn does not use')
}

import { toHex } from '../bytes.ts'
import type { CosePublicKey } from '../structures.ts'
import { pemOf } from './pem-of.ts'
import { coseKeyBytes, jwkOf, publicKeyInfoOf } from './public-key.ts'

/** A thing as somebody else writes it. */
export interface WrittenForm {
  name: string
  text: string
}

/** A public key as authenticators, JSON and files have it: COSE in hex, JWK and PEM. A form that it lacks something for is left out. */
export function keyForms(key: CosePublicKey): WrittenForm[] {
  const jwk = jwkOf(key)
  const der = publicKeyInfoOf(key)
  return [
    { name: 'COSE', text: toHex(coseKeyBytes(key)) },
    ...(jwk ? [{ name: 'JWK', text: JSON.stringify(jwk) }] : []),
    ...(der ? [{ name: 'PEM', text: pemOf('PUBLIC KEY', der) }] : []),
  ]
}

import { createHash, type KeyObject, verify } from 'node:crypto'
import type { AuthenticationResponse } from '#lib/contract/passkeys.ts'
import { decodeCoseKey } from '#lib/webauthn/decode/cose-key.ts'
import { importKey } from './public-key.ts'

/** Node's hashes for the algorithms whose signatures it verifies here, by COSE number. Of EdDSA the curve has its own. */
const hashes: ReadonlyMap<number, string | null> = new Map([
  [-7, 'sha256'],
  [-8, null],
  [-257, 'sha256'],
  [-35, 'sha384'],
  [-36, 'sha512'],
])

/**
 * Node's own verdict on an assertion's signature: of ES256, EdDSA, RS256, ES384 and ES512. Undefined for another algorithm,
 * and for a key that is none. ECDSA in another form than DER is refused.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-op-get-assertion
 */
export function isSigned(
  { clientDataJSON, authenticatorData, signature }: AuthenticationResponse['response'],
  publicKey: Uint8Array,
): boolean | undefined {
  const imported = importedKey(publicKey)
  if (!imported) return undefined
  const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
  const data = Buffer.concat([Buffer.from(authenticatorData, 'base64url'), hash])
  try {
    return verify(imported.hash, data, imported.key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

interface Imported {
  key: KeyObject
  hash: string | null
}

/** So many keys are kept as Node has them, the ones that were used last; each is what its bytes say, and never stale. */
const most = 2_000

const kept = new Map<string, Imported | undefined>()

function importedKey(publicKey: Uint8Array): Imported | undefined {
  const { buffer, byteOffset, byteLength } = publicKey
  const name = Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
  const known = kept.get(name)
  const imported = known ?? read(publicKey)
  // Behind those that were not used since.
  if (known) kept.delete(name)
  else if (kept.size >= most) for (const oldest of kept.keys()) if (kept.delete(oldest)) break
  kept.set(name, imported)
  return imported
}

function read(publicKey: Uint8Array): Imported | undefined {
  const { value, errors } = decodeCoseKey(publicKey)
  const hash = value && hashes.get(value.alg)
  if (!value || errors.length > 0 || hash === undefined) return undefined
  try {
    return { key: importKey(value), hash }
  } catch {
    return undefined
  }
}

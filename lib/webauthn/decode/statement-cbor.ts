import { decodeCbor } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import { errorsOf } from './tree.ts'

/**
 * What is wrong with the attestation statement in an attestation object as CBOR alone, whatever its format asks of it.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-conformance
 */
export function statementCborErrors(attestationObject: Uint8Array): string[] {
  const entry = decodeCbor(attestationObject).item.entries?.find(({ key }) => key.value === 'attStmt')
  return entry ? errorsOf(entryNode(entry)) : []
}

import { decodeAttestationObject } from './attestation-object.ts'
import type { Decoded } from './node.ts'
import type { AttestationObject } from './structures.ts'

/** An attestation object with its statement to the last member; what reads that comes where there is a statement. */
export async function wholeAttestationObject(bytes: Uint8Array): Promise<Decoded<AttestationObject>> {
  const decoded = decodeAttestationObject(bytes)
  const statement = decoded.node.children?.find(({ name }) => name === 'attStmt')
  if (!statement?.children?.length) return decoded
  const { decodeWholeAttestationObject } = await import('./deep.ts')
  return decodeWholeAttestationObject(bytes)
}

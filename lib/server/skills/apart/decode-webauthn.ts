import { type Decoded, decodeCoseKey, decoders } from '#lib/webauthn/decode/index.ts'
import type { Given, Result } from './job.ts'
import { readBytes } from './read-bytes.ts'
import type { Structure } from './structures.ts'

/** Takes a structure of WebAuthn apart, or each that a whole response holds. */
export function decodeWebauthn({ data, structure }: Given<'decoding'>): Result<'decoding'> {
  return { json: JSON.stringify({ parts: typeof data === 'string' ? [partOf(data, structure)] : partsOf(data) }) }
}

function partsOf(response: Record<string, unknown>) {
  const inner = typeof response.response === 'object' ? response.response : {}
  const known = Object.entries({ ...response, ...inner }).filter(
    ([name, value]) => Object.hasOwn(decoders, name) && typeof value === 'string',
  )
  return known.map(([name, value]) => partOf(value as string, name as Structure))
}

function partOf(text: string, said: Structure | undefined) {
  const json = /^\s*\{/.test(text)
  const read = json ? { bytes: new TextEncoder().encode(text), encoding: 'text' } : readBytes(text)
  if (!read) {
    const errors = ['It is neither base64url nor hex.']
    return { structure: said ?? 'unknown', encoding: 'unknown', wellFormed: false, errors, tree: null }
  }
  const structure = said ?? structureOf(read.bytes)
  const { node, errors } = decode(structure, read.bytes)
  return { structure, encoding: read.encoding, wellFormed: errors.length === 0, errors, tree: node }
}

/** What bytes are: the structure that they are well-formed as, or else have the least against them. */
function structureOf(bytes: Uint8Array): Structure {
  if (bytes[0] === 0x7b) return 'clientDataJSON'
  const tried = (['attestationObject', 'coseKey', 'authenticatorData'] as const).map((structure) => ({
    structure,
    errors: decode(structure, bytes).errors.length,
  }))
  return tried.reduce((best, other) => (other.errors < best.errors ? other : best)).structure
}

function decode(structure: Structure, bytes: Uint8Array): Decoded<unknown> {
  return structure === 'coseKey' ? decodeCoseKey(bytes) : (decoders[structure]?.decode(bytes) ?? decodeCoseKey(bytes))
}

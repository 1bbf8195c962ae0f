import { type DecodedNode, decodeAuthenticatorData, toHex } from '#lib/webauthn/decode/index.ts'

/** Bytes in a row that are all the same as the other's, or all not. */
export interface Stretch {
  hex: string
  length: number
  differs: boolean
}

export interface ComparedField {
  name: string
  differs: boolean
  /** Absent where that one has no such field: first byte and the bytes themselves. */
  sides: readonly [FieldSide | undefined, FieldSide | undefined]
}

export interface FieldSide {
  from: number
  length: number
  stretches: Stretch[]
}

/** Two authenticator data field by field, and each field byte by byte: a field that one lacks moves no other. */
export function comparedFields(left: Uint8Array, right: Uint8Array): ComparedField[] {
  const [one, other] = [fieldsOf(left), fieldsOf(right)]
  const names = [...new Set([...one.keys(), ...other.keys()])]
  return names.map((name) => {
    const [a, b] = [one.get(name), other.get(name)]
    const differs = !a || !b || toHex(a.bytes) !== toHex(b.bytes)
    return { name, differs, sides: [sideOf(a, b), sideOf(b, a)] }
  })
}

interface Field {
  from: number
  bytes: Uint8Array
}

/** The fields of authenticator data, those of a new credential each by itself; bytes that are none of them come last. */
function fieldsOf(bytes: Uint8Array): Map<string, Field> {
  const { node } = decodeAuthenticatorData(bytes)
  const parts = (node.children ?? []).flatMap((part): DecodedNode[] =>
    part.name === 'attestedCredentialData' ? (part.children ?? []) : [part],
  )
  const fields = new Map<string, Field>()
  let end = 0
  for (const { name, range } of parts) {
    if (!range) continue
    fields.set(name, { from: range[0], bytes: bytes.slice(...range) })
    end = Math.max(end, range[1])
  }
  if (end < bytes.length) fields.set('the rest', { from: end, bytes: bytes.slice(end) })
  return fields
}

function sideOf(own: Field | undefined, other: Field | undefined): FieldSide | undefined {
  if (!own) return undefined
  const stretches: Stretch[] = []
  for (const [at, byte] of own.bytes.entries()) {
    const differs = byte !== other?.bytes[at]
    const last = stretches.at(-1)
    const hex = byte.toString(16).padStart(2, '0')
    if (last?.differs === differs) Object.assign(last, { hex: last.hex + hex, length: last.length + 1 })
    else stretches.push({ hex, length: 1, differs })
  }
  return { from: own.from, length: own.bytes.length, stretches }
}

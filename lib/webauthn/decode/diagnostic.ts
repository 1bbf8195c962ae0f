import { toHex } from './bytes.ts'
import type { CborItem } from './cbor.ts'

/**
 * A CBOR data item in diagnostic notation, indented: what is cut short or cannot be read ends in `…`, which is no notation
 * of the standard's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8949#section-8
 */
export function diagnosticOf(item: CborItem, indent = ''): string {
  const inner = `${indent}  `
  const rest = item.type === 'broken' ? [`${inner}…`] : []
  if (item.items) {
    const items = item.items.map((member) => `${inner}${diagnosticOf(member, inner)}`)
    return enclosed('[', [...items, ...rest], ']', indent)
  }
  if (item.entries) {
    const entries = item.entries.map(({ key, item: member }) =>
      key.type === 'broken' ? `${inner}${scalar(key)}` : `${inner}${scalar(key)}: ${diagnosticOf(member, inner)}`,
    )
    return enclosed('{', [...entries, ...rest], '}', indent)
  }
  return scalar(item)
}

function enclosed(open: string, members: readonly string[], close: string, indent: string): string {
  return members.length === 0 ? open + close : `${open}\n${members.join(',\n')}\n${indent}${close}`
}

function scalar({ type, value, standing }: CborItem): string {
  if (standing?.type === 'bytes') return `h'${toHex(standing.bytes)}'…`
  if (standing) return `${JSON.stringify(new TextDecoder().decode(standing.bytes))}…`
  if (type === 'broken') return '…'
  if (value instanceof Uint8Array) return `h'${toHex(value)}'`
  if (type === 'string') return JSON.stringify(value)
  if (type === 'float') return float(value as number)
  return String(value)
}

/** A float is told from an integer by its point. */
function float(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) && !/e/.test(String(value)) ? `${value}.0` : String(value)
}

import type { DecodedNode } from '../node.ts'
import { type DerItem, type DerReader, isA } from './der.ts'
import { derNode } from './der-values.ts'

/**
 * A BIT STRING whose bits have names, with a node for each.
 *
 * @see https://www.itu.int/rec/T-REC-X.680 (22.2)
 */
export function namedBitsNode(
  name: string,
  reader: DerReader,
  item: DerItem,
  bits: readonly (readonly [name: string, note: string])[],
): DecodedNode {
  if (!isA(item, 'bit string')) return derNode(name, item, { error: item.error ?? 'a bit string is needed' })
  const bytes = reader.contentOf(item)
  const isSet = (bit: number) => (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
  const children = bits.map(
    ([name, note], bit): DecodedNode => ({ name, value: isSet(bit) ? '1' : '0', note, range: item.range }),
  )
  const set = children.filter(({ value }) => value === '1').map(({ name }) => name)
  return derNode(name, item, { value: set.join(', ') || 'none', children })
}

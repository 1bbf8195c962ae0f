import { type AsnType, BaseStringBlock, Integer, ObjectIdentifier, UTCTime } from 'asn1js'
import { toHex } from '../bytes.ts'
import { hexLine, textLine } from '../cbor-node.ts'
import { count } from '../count.ts'
import type { DecodedNode } from '../node.ts'
import { type DerItem, type DerReader, isA, typeName } from './der.ts'
import { oidName } from './oids.ts'

/** Longer ones than real identifiers and numbers are shown as bytes, and not reckoned with. */
const longest = 64

/** An object identifier in dots; undefined of what is none, or too long to be one. */
export function oidOf(item: DerItem | undefined): string | undefined {
  if (!(item?.block instanceof ObjectIdentifier) || item.content[1] - item.content[0] > longest) return undefined
  return item.block.getValue()
}

/** A number, INTEGER or ENUMERATED, of up to eight bytes. */
export function numberOf(item: DerItem | undefined): number | undefined {
  if (!(item?.block instanceof Integer) || item.content[1] - item.content[0] > 8) return undefined
  return Number(item.block.toBigInt())
}

/** The text of a string of any of ASN.1's types. */
export function textOf(item: DerItem | undefined): string | undefined {
  return isText(item?.block) ? item.block.getValue() : undefined
}

function isText(block: AsnType | undefined): block is BaseStringBlock {
  return block instanceof BaseStringBlock && !(block instanceof UTCTime)
}

/** A moment, UTCTime or GeneralizedTime. */
export function timeOf(item: DerItem | undefined): Date | undefined {
  if (!(item?.block instanceof UTCTime)) return undefined
  const time = item.block.toDate()
  return Number.isNaN(time.getTime()) ? undefined : time
}

/** A moment as people read it, in UTC. */
export function timeLine(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('.000Z', ' UTC').replace('Z', ' UTC')
}

/** A value as a node under the name that the structure around it gives it. */
export function derNode(name: string, item: DerItem, about: Partial<DecodedNode> = {}): DecodedNode {
  return { name, range: item.range, ...about, ...(item.error && { error: item.error }) }
}

/** Bytes as a node. */
export function bytesNode(name: string, reader: DerReader, item: DerItem, note?: string): DecodedNode {
  const bytes = reader.contentOf(item)
  const size = count(bytes.length, 'byte')
  return derNode(name, item, { value: hexLine(bytes), note: note ? `${note}, ${size}` : size })
}

/** An object identifier as a node: its name where it has one here, and its number. */
export function oidNode(name: string, item: DerItem, note?: string): DecodedNode {
  const oid = oidOf(item)
  if (oid === undefined) return derNode(name, item, { error: 'an object identifier is needed' })
  const named = oidName(oid)
  return derNode(name, item, { value: named ?? oid, note: [named && oid, note].filter(Boolean).join(': ') })
}

/** A number as a node; one that is too long for a number as hex. */
export function numberNode(
  name: string,
  reader: DerReader,
  item: DerItem,
  meaning?: (number: number) => string | undefined,
): DecodedNode {
  const number = numberOf(item)
  if (number === undefined) return { ...bytesNode(name, reader, item), ...(item.block ? {} : broken(item)) }
  const note = meaning?.(number)
  return derNode(name, item, { value: String(number), ...(note && { note }) })
}

function broken(item: DerItem) {
  return { error: item.error ?? 'a number is needed' }
}

/** A value of which nothing is known but its type, and all that it is made of. */
export function anyNode(name: string, reader: DerReader, item: DerItem): DecodedNode {
  if (item.items) {
    const children = item.items.map((inner, at) => anyNode(`[${at}]`, reader, inner))
    return derNode(name, item, { value: typeName(item), children })
  }
  return derNode(name, item, { value: anyLine(reader, item), note: typeName(item) })
}

/** A value on one line. */
export function anyLine(reader: DerReader, item: DerItem): string {
  const time = timeOf(item)
  if (time) return timeLine(time)
  const oid = oidOf(item)
  if (oid) return oidName(oid) ?? oid
  const text = textOf(item)
  if (text !== undefined) return textLine(text)
  if (isA(item, 'null')) return 'NULL'
  if (isA(item, 'boolean')) return toHex(reader.contentOf(item)) === '00' ? 'false' : 'true'
  const number = isA(item, 'octet string') ? undefined : numberOf(item)
  return number === undefined ? hexLine(reader.contentOf(item)) : String(number)
}

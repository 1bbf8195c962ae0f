import { beginningOf } from '../beginning.ts'
import { toHex } from './bytes.ts'
import type { CborItem } from './cbor.ts'
import { count } from './count.ts'
import type { DecodedNode } from './node.ts'

/** A CBOR data item as a node, all that it holds below it. */
export function cborNode(name: string, item: CborItem): DecodedNode {
  const node: DecodedNode = { name, range: item.range, ...shown(item) }
  if (item.error) node.error = item.error
  if (item.items) node.children = item.items.map((inner, at) => cborNode(`[${at}]`, inner))
  if (item.entries) node.children = item.entries.map((entry) => entryNode(entry))
  return node
}

/** A map's entry as a node that is named for its key, unless told otherwise, and has the key's error too. */
export function entryNode({ key, item }: { key: CborItem; item: CborItem }, name = keyName(key)): DecodedNode {
  const node = cborNode(name, item)
  if (key.error) node.error = key.error
  return node
}

/** Opaque bytes on one line: whole up to the size of a signature or coordinate, else how they begin. */
export function hexLine(bytes: Uint8Array): string {
  return bytes.length > 72 ? `${toHex(bytes.subarray(0, 32))}…` : toHex(bytes)
}

/** Text on one line. */
export function textLine(text: string): string {
  return text.length > 200 ? `${beginningOf(text, 200)}…` : text
}

function keyName(key: CborItem): string {
  return key.type === 'broken' ? '?' : plain(key)
}

function plain(item: CborItem): string {
  return item.value instanceof Uint8Array ? hexLine(item.value) : textLine(String(item.value))
}

function shown(item: CborItem): Pick<DecodedNode, 'value' | 'note'> {
  if (item.type === 'broken') return item.standing ? shownBeginning(item.standing) : {}
  if (item.items) return { value: count(item.items.length, 'item') }
  if (item.entries) return { value: count(item.entries.length, 'member') }
  if (item.value instanceof Uint8Array) return { value: plain(item), note: count(item.value.length, 'byte') }
  return { value: plain(item) }
}

function shownBeginning({
  type,
  bytes,
  length,
}: NonNullable<CborItem['standing']>): Pick<DecodedNode, 'value' | 'note'> {
  const value = type === 'bytes' ? hexLine(bytes) : textLine(new TextDecoder().decode(bytes))
  return { value, note: `the first ${bytes.length.toLocaleString('en')} of ${count(length, 'byte')}` }
}

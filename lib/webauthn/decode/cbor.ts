import { type Token, Tokenizer } from 'cborg'
import { equalBytes, plainBytes } from './bytes.ts'
import { count } from './count.ts'

/** One CBOR data item with its place. */
export interface CborItem {
  /** `broken` is where reading stopped; every container around it holds what came before, and one that is cut short, too. */
  type:
    | 'uint'
    | 'negint'
    | 'bytes'
    | 'string'
    | 'array'
    | 'map'
    | 'float'
    | 'true'
    | 'false'
    | 'null'
    | 'undefined'
    | 'broken'
  /** Maps become Map, arrays Array, byte strings Uint8Array. */
  value: unknown
  range: [from: number, to: number]
  error?: string
  /** What stands of a byte string or text that the bytes end in: of `length` bytes those up to the range's end. */
  standing?: { type: 'bytes' | 'string'; bytes: Uint8Array; length: number }
  /** Of an array. */
  items?: CborItem[]
  /** Of a map, in the order of the bytes, duplicates included. */
  entries?: { key: CborItem; item: CborItem }[]
}

/** What an item that is a byte string holds, or what stands of it where it is cut short; undefined of any other. */
export function bytesOf({ value, standing }: CborItem): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  return standing?.type === 'bytes' ? standing.bytes : undefined
}

/** How deep containers may lie in each other: WebAuthn itself needs four, and recursion stays bounded. */
const deepest = 16

/** How many items are read in all: WebAuthn itself needs a few dozen. */
const most = 500

/**
 * Reads the one CBOR data item that the bytes begin with, and says where it ends.
 *
 * CTAP2's canonical form is asked for, as WebAuthn tells decoders to: shortest lengths and integers, nothing
 * indefinite, no tags, no key twice, keys that are numbers or text. The order of keys is not looked at. The work is
 * bounded, whatever the bytes claim: a length counts only as far as bytes are left for it, and at most 500 items are
 * read, at most 16 deep. Never throws: see `broken`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-conformance
 */
export function decodeCbor(source: Uint8Array): { item: CborItem; end: number; whole: boolean } {
  const bytes = plainBytes(source)
  const tokens = new Tokenizer(bytes, { strict: true, allowIndefinite: false, retainStringBytes: true })
  let whole = true
  let seen = 0

  function broken(from: number, error: string): CborItem {
    whole = false
    return { type: 'broken', value: undefined, range: [from, bytes.length], error }
  }

  function read(depth: number): CborItem {
    const from = tokens.pos()
    if (tokens.done()) return broken(from, 'the bytes end before the item does')
    if (++seen > most) return broken(from, `more than ${most} items`)
    let token: Token
    try {
      token = tokens.next()
    } catch (cause) {
      const standing = standingOf(bytes.subarray(from))
      return { ...broken(from, reason(cause)), ...(standing && { standing }) }
    }
    const type = token.type.name
    if (type === 'tag' || type === 'break') return broken(from, `a ${type} is not allowed here`)
    if (type === 'string' && token.byteValue && !equalBytes(new TextEncoder().encode(token.value), token.byteValue)) {
      return broken(from, 'the text is not UTF-8')
    }
    const item: CborItem = { type: type as CborItem['type'], value: token.value, range: [from, tokens.pos()] }
    if (type !== 'array' && type !== 'map') return item
    if (depth > deepest) return broken(from, `nested more than ${deepest} deep`)
    const left = bytes.length - tokens.pos()
    // Each item takes a byte at least.
    if (token.value * (type === 'map' ? 2 : 1) > left) {
      const announced = count(token.value, type === 'map' ? 'member' : 'item')
      fill(item, token.value, depth, true)
      if (!whole) return { ...item, type: 'broken', range: [from, bytes.length] }
      const error = `${announced} announced, where ${count(left, 'byte')} are left`
      return { ...item, ...broken(from, error), value: item.value }
    }
    fill(item, token.value, depth, false)
    item.range[1] = whole ? tokens.pos() : bytes.length
    return item
  }

  function readKey(depth: number): CborItem {
    const key = read(depth)
    if (['uint', 'negint', 'float', 'string', 'broken'].includes(key.type)) return key
    return broken(key.range[0], `a key must be a number or text, and this is ${key.type}`)
  }

  function fill(container: CborItem, length: number, depth: number, cut: boolean): void {
    // Of one that is cut short, what is missing is not an item of its own.
    const more = (at: number) => at < length && whole && !(cut && tokens.done())
    if (container.type === 'array') fillArray(container, more, depth)
    else fillMap(container, more, depth)
  }

  function fillArray(array: CborItem, more: (at: number) => boolean, depth: number): void {
    const items: CborItem[] = []
    while (more(items.length)) items.push(read(depth + 1))
    array.items = items
    array.value = items.map((item) => item.value)
  }

  function fillMap(map: CborItem, more: (at: number) => boolean, depth: number): void {
    const entries: NonNullable<CborItem['entries']> = []
    const value = new Map<unknown, unknown>()
    for (let at = 0; more(at); at++) {
      const key = readKey(depth + 1)
      // A Map holds 1 and 1.0 as one.
      if (value.has(key.value)) key.error ??= 'the key appears twice'
      if (whole && !more(at)) break
      const item = whole ? read(depth + 1) : key
      entries.push({ key, item })
      if (item.type !== 'broken') value.set(key.value, item.value)
    }
    map.entries = entries
    map.value = value
  }

  const item = read(1)
  return { item, end: whole ? tokens.pos() : bytes.length, whole }
}

/** What stands of the byte string or text that the bytes begin with, and end in. */
function standingOf(bytes: Uint8Array): CborItem['standing'] {
  const type = ({ 2: 'bytes', 3: 'string' } as const)[(bytes[0] ?? 0) >> 5]
  if (!type) return undefined
  // A length is written as a number is, but for the first three bits.
  const head = new Tokenizer(Uint8Array.of((bytes[0] ?? 0) & 0x1f, ...bytes.subarray(1, 9)), { strict: true })
  try {
    const length: number = head.next().value
    return length > bytes.length - head.pos() ? { type, bytes: bytes.subarray(head.pos()), length } : undefined
  } catch {
    return undefined
  }
}

const reasons: readonly [library: RegExp, ours: string][] = [
  [/not enough data/, 'the bytes end before the item does'],
  [/more bytes than necessary/, 'a number or a length in more bytes than necessary'],
  [/indefinite/, 'of indefinite length, which CTAP2 forbids'],
  [/safe integer range|64-bit/, 'a number or a length beyond 2^53'],
]

/** The library's refusal in our words. */
function reason(cause: unknown): string {
  return reasons.find(([library]) => library.test(String(cause)))?.[1] ?? 'not well-formed CBOR'
}

import { type AsnType, fromBER } from 'asn1js'
import { plainBytes } from '../bytes.ts'

/** One ASN.1 value in DER, with its place in the bytes that are read. */
export interface DerItem {
  /** `context` values are named by the structure around them. */
  tagClass: 'universal' | 'application' | 'context' | 'private'
  tagNumber: number
  /** Of the whole value: head and content. */
  range: [from: number, to: number]
  /** Of the content alone: as much of it as is there. */
  content: [from: number, to: number]
  /** What it holds, where it is made of others. */
  items?: DerItem[]
  /** What the library makes of it, where it is not, and stands whole. */
  block?: AsnType
  error?: string
}

/** How deep values may lie in each other: the certificates of real authenticators need about ten. */
const deepest = 24

/** How many values are read in all: several times what those have. */
const most = 1000

const classes = ['universal', 'application', 'context', 'private'] as const

/**
 * Reads DER of one certificate, one value after the other, so that what is broken or cut short still shows what stands
 * before. The work is bounded, whatever the bytes claim: at most 1,000 values, at most 24 deep. Never throws.
 *
 * @see https://www.itu.int/rec/T-REC-X.690
 */
export class DerReader {
  readonly bytes: Uint8Array
  /** What is wrong with the first value that does not stand whole: nothing after it is read. */
  fault: string | undefined
  #seen = 0

  constructor(bytes: Uint8Array) {
    this.bytes = plainBytes(bytes)
  }

  /** The value that begins at `from`, and what it is made of. */
  read(from = 0, to = this.bytes.length, depth = 1): DerItem {
    if (from >= to) return this.#broken(from, to, 'the bytes end before the value does')
    if (++this.#seen > most) return this.#broken(from, to, `more than ${most.toLocaleString('en')} values`)
    const view = this.bytes.subarray(from, to)
    const parsed = parse(view)
    if (!parsed) return this.#broken(from, to, 'not a value of its type')
    const { offset, result } = parsed
    const { idBlock, lenBlock } = result
    const head = idBlock.blockLength + lenBlock.blockLength
    if (idBlock.tagClass < 1 || idBlock.tagNumber < 0 || lenBlock.blockLength === 0)
      return this.#broken(from, to, view.length < 16 ? 'the bytes end before the value does' : 'not well-formed DER')
    const item: DerItem = {
      tagClass: classes[idBlock.tagClass - 1] ?? 'private',
      tagNumber: idBlock.tagNumber,
      range: [from, Math.min(to, from + head + lenBlock.length)],
      content: [from + head, Math.min(to, from + head + lenBlock.length)],
    }
    if (lenBlock.isIndefiniteForm) return this.#failed(item, 'of indefinite length, which DER forbids')
    const left = Math.max(0, to - item.content[0])
    const cut = lenBlock.length > left
    if (idBlock.isConstructed) this.#fill(item, depth)
    else if (!cut && offset !== -1) item.block = result
    if (cut) {
      const some = `${lenBlock.length.toLocaleString('en')} bytes are announced, and ${left.toLocaleString('en')} are left`
      return this.#failed(item, some)
    }
    if (!idBlock.isConstructed && offset === -1) item.error = 'not a value of its type'
    return item
  }

  /** The value in DER that an OCTET STRING or BIT STRING holds. Where it is broken, what stands around it still is whole. */
  inside(item: DerItem): DerItem {
    const around = this.fault
    this.fault = undefined
    const value = this.read(item.content[1] - this.contentOf(item).length, item.content[1], 2)
    this.fault = around
    return value
  }

  /** A value's own bytes: of a BIT STRING without the one that says how many bits of the last count. */
  contentOf(item: DerItem): Uint8Array {
    const [from, to] = item.content
    return this.bytes.subarray(isA(item, 'bit string') ? Math.min(from + 1, to) : from, to)
  }

  #fill(item: DerItem, depth: number): void {
    const items: DerItem[] = []
    item.items = items
    const [from, to] = item.content
    if (depth > deepest) {
      this.#failed(item, `nested more than ${deepest} deep`)
    }
    for (let at = from; at < to && !this.fault; at = items.at(-1)?.range[1] ?? to)
      items.push(this.read(at, to, depth + 1))
  }

  #failed(item: DerItem, error: string): DerItem {
    item.error ??= error
    this.fault ??= error
    return item
  }

  #broken(from: number, to: number, error: string): DerItem {
    const range = (): [number, number] => [Math.min(from, to), to]
    return this.#failed({ tagClass: 'universal', tagNumber: -1, range: range(), content: range() }, error)
  }
}

/** One value alone: the library reads its head, and leaves what it is made of to whoever asks. It throws on some texts. */
function parse(bytes: Uint8Array): ReturnType<typeof fromBER> | undefined {
  try {
    return fromBER(bytes, { copyInput: false, maxNodes: 1 })
  } catch {
    return undefined
  }
}

/** Whether nothing is wrong with a value, nor with what it is made of. */
export function isSound({ error, items = [] }: DerItem): boolean {
  return !error && items.every(isSound)
}

/** Whether an item is a universal value of this type, by its number. */
export function isA(item: DerItem | undefined, type: keyof typeof types): item is DerItem & { tagClass: 'universal' } {
  return item?.tagClass === 'universal' && item.tagNumber === types[type]
}

const types = {
  boolean: 1,
  integer: 2,
  'bit string': 3,
  'octet string': 4,
  null: 5,
  'object identifier': 6,
  enumerated: 10,
  sequence: 16,
  set: 17,
} as const

/** A universal type's name; a context tag as the standards write it. */
export function typeName({ tagClass, tagNumber }: DerItem): string {
  if (tagClass !== 'universal') return `[${tagNumber}]`
  const name = Object.entries(types).find(([, number]) => number === tagNumber)?.[0]
  return (name ?? `type ${tagNumber}`).toUpperCase()
}

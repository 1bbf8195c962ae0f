import { plainBytes } from './bytes.ts'
import { hexLine } from './cbor-node.ts'
import { count } from './count.ts'
import type { DecodedNode } from './node.ts'

/**
 * Reads a structure of fields that stand one after the other, as TPMs and U2F write them, into nodes. The first field that
 * the bytes do not hold whole has an error, and ends the reading: what is asked for after it is undefined.
 */
export class FieldReader {
  readonly nodes: DecodedNode[] = []
  readonly #bytes: Uint8Array
  #into: DecodedNode[] = this.nodes
  #at = 0
  #broken = false

  constructor(bytes: Uint8Array) {
    this.#bytes = plainBytes(bytes)
  }

  /** Whether every field so far stands whole. */
  get whole(): boolean {
    return !this.#broken
  }

  /** Where the next field begins. */
  get at(): number {
    return this.#at
  }

  /** An unsigned number, most significant byte first. */
  number(name: string, size: 1 | 2 | 4, say: (number: number) => Partial<DecodedNode>): number | undefined {
    const bytes = this.#take(name, size)
    if (!bytes) return undefined
    const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    this.#into.push({ name, value: String(number), range: [this.#at - size, this.#at], ...say(number) })
    return number
  }

  /** So many bytes. */
  bytes(name: string, size: number, say: (bytes: Uint8Array) => Partial<DecodedNode>): Uint8Array | undefined {
    const bytes = this.#take(name, size)
    if (bytes) this.#into.push({ name, value: hexLine(bytes), range: [this.#at - size, this.#at], ...say(bytes) })
    return bytes
  }

  /** Bytes after their number, in two bytes; the node has both. */
  sized(
    name: string,
    note: string,
    say: (bytes: Uint8Array) => Partial<DecodedNode> = () => ({}),
  ): Uint8Array | undefined {
    const from = this.#at
    const size = this.#take(name, 2)
    if (!size) return undefined
    const length = ((size[0] as number) << 8) | (size[1] as number)
    const bytes = this.#take(name, length, `${note}, cut short`, from)
    if (bytes) {
      const value = length === 0 ? 'empty' : hexLine(bytes)
      const range = [from, this.#at] as const
      this.#into.push({ name, value, note: `${note}, ${count(length, 'byte')}`, range, ...say(bytes) })
    }
    return bytes
  }

  /** Fields that belong together, as one node. */
  group(name: string, note: string, read: () => void): void {
    if (this.#broken) return
    const [outer, from, children] = [this.#into, this.#at, [] as DecodedNode[]]
    this.#into = children
    read()
    this.#into = outer
    outer.push({ name, note, range: [from, this.#at], children })
  }

  /** Ends the reading with an error: nobody can tell what follows. */
  stop(name: string, error: string): void {
    if (this.#broken) return
    this.#broken = true
    this.#into.push({ name, range: [this.#at, this.#bytes.length], error })
    this.#at = this.#bytes.length
  }

  /** What is left over is an error. */
  end(what: string): void {
    const left = this.#bytes.length - this.#at
    if (this.#broken || left === 0) return
    this.nodes.push({
      name: 'trailing bytes',
      range: [this.#at, this.#bytes.length],
      error: `${count(left, 'byte')} after ${what}`,
    })
  }

  #take(name: string, size: number, note?: string, from = this.#at): Uint8Array | undefined {
    if (this.#broken) return undefined
    const bytes = this.#bytes.slice(this.#at, this.#at + size)
    if (bytes.length === size) {
      this.#at += size
      return bytes
    }
    this.#broken = true
    this.#into.push({
      name,
      value: hexLine(bytes),
      ...(note && { note }),
      range: [from, this.#bytes.length],
      error: `${count(size, 'byte')} are needed, and ${bytes.length} are left`,
    })
    this.#at = this.#bytes.length
    return undefined
  }
}

import { fromBase64url } from '../decode/bytes.ts'
import { dictionary } from '../dictionary.ts'

/** Something of a file that was not taken: where it stands in it, as a path, and why. */
export interface LeftOut {
  where: string
  why: string
}

interface Limits {
  /** In bytes, or in characters. */
  most: number
  least?: number
}

/**
 * Reads the members of an object that anybody may have written. What is wrong with one is written down, and the member is
 * undefined; so is what nobody asked for, once `rest` is called.
 */
export class ForeignMembers {
  readonly #members: Readonly<Record<string, unknown>>
  readonly #where: string
  readonly #left: LeftOut[]
  readonly #known = new Set<string>()

  constructor(value: unknown, where: string, left: LeftOut[]) {
    const members = dictionary(value)
    if (!members) left.push({ where, why: 'is no object' })
    this.#members = members ?? {}
    this.#where = where
    this.#left = left
  }

  /** Bytes, in base64 or base64url, padded or not. */
  bytes(name: string, { most, least = 0 }: Limits): Uint8Array<ArrayBuffer> | undefined {
    return this.#member(name, (value) => {
      if (typeof value !== 'string') return 'is no text'
      if (value.length > most * 2 + 8) return `has more than ${most} bytes`
      const bytes = fromBase64url(
        value
          .replace(/={1,2}$/, '')
          .replaceAll('+', '-')
          .replaceAll('/', '_'),
      )
      if (!bytes) return 'is neither base64url nor base64'
      return bytes.length < least
        ? `has fewer than ${least} bytes`
        : bytes.length > most
          ? `has more than ${most} bytes`
          : { bytes }
    })?.bytes
  }

  text(name: string, { most, least = 0 }: Limits): string | undefined {
    return this.#member(name, (value) => {
      if (typeof value !== 'string') return 'is no text'
      return value.length < least ? 'is empty' : value.length > most ? `has more than ${most} characters` : { value }
    })?.value
  }

  flag(name: string): boolean | undefined {
    return this.#member(name, (value) => (typeof value === 'boolean' ? { value } : 'is neither true nor false'))?.value
  }

  /** A whole number in 32 bits; −1 where the format has it for “none”. */
  count(name: string): number | undefined {
    return this.#member(name, (value) =>
      Number.isInteger(value) && Number(value) >= -1 && Number(value) <= 0xffffffff
        ? { value: Number(value) }
        : 'is no number of 32 bits',
    )?.value
  }

  /** What stands under a name, as it is. */
  any(name: string): unknown {
    this.#known.add(name)
    return this.#members[name]
  }

  /** Whether a member stands there, whatever it is. */
  has(name: string): boolean {
    return Object.hasOwn(this.#members, name) && this.#members[name] !== undefined && this.#members[name] !== null
  }

  path(name: string): string {
    return `${this.#where}.${name}`
  }

  leave(name: string, why: string): void {
    this.#left.push({ where: this.path(name), why })
  }

  /** Writes down what nobody asked for. */
  rest(): void {
    const unknown = Object.keys(this.#members).filter((name) => !this.#known.has(name))
    for (const name of unknown.slice(0, 20)) this.leave(shortened(name), 'is not known here')
    if (unknown.length > 20)
      this.#left.push({ where: this.#where, why: `has ${unknown.length - 20} more members that are not known here` })
  }

  #member<Read extends object>(name: string, read: (value: unknown) => Read | string): Read | undefined {
    this.#known.add(name)
    if (!this.has(name)) return undefined
    const taken = read(this.#members[name])
    if (typeof taken !== 'string') return taken
    this.leave(name, taken)
    return undefined
  }
}

/** A name of theirs for a line of ours: not too long, and without what turns a line around or commands a terminal. */
export function shortened(name: string): string {
  const plain = name.slice(0, 41).replace(/\p{C}/gu, '\ufffd')
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain
}

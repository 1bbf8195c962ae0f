import { hashes } from './term.ts'

/** At which moments lots ended that have a term: each of the two lists has the same of a pair, and pairs stand in their order. */
export interface Pairs {
  /** Of terms. */
  hashes: number[]
  moments: number[]
}

/** What blocks of a segment are read with. */
export interface Shape {
  /** No moment is before that. */
  first: number
  /** Into how many parts hashes are divided: a power of two. */
  parts: number
}

/** A block as it is kept. */
export interface Block {
  part: number
  moments: Uint8Array
}

/** So many pairs stand in a block, more or less: two kilobytes at most, where terms are rare. */
const pairsOfBlock = 370

/** Into how many parts the hashes of so many pairs are divided. */
export function partsFor(pairs: number): number {
  let parts = 1
  while (pairs / parts > pairsOfBlock) parts *= 2
  return parts
}

/** The part of a hash. */
export function partOf(hash: number, parts: number): number {
  return Math.floor(hash / (hashes / parts))
}

/**
 * A block: of each term how far its hash is from that before, how many moments it has, and how far each is from that before.
 * Numbers have seven bits in a byte, the lowest first, and the eighth where more follow.
 */
export function written({ hashes: all, moments }: Pairs, part: number, { first, parts }: Shape): Uint8Array {
  const bytes: number[] = []
  let hash = part * (hashes / parts)
  for (let from = 0; from < all.length; ) {
    const own = all[from] as number
    let end = from + 1
    while (end < all.length && all[end] === own) end++
    put(bytes, own - hash)
    put(bytes, end - from)
    let moment = first
    for (; from < end; from++) {
      const next = moments[from] as number
      put(bytes, next - moment)
      moment = next
    }
    hash = own
  }
  return Uint8Array.from(bytes)
}

function put(bytes: number[], number: number): void {
  let left = number
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80)
  bytes.push(left)
}

/** What `written` wrote; of all terms, or of one. */
export function read(bytes: Uint8Array, part: number, { first, parts }: Shape, only?: number): Pairs {
  const found: Pairs = { hashes: [], moments: [] }
  let at = 0
  const take = () => {
    let [number, times] = [0, 1]
    for (;;) {
      const byte = bytes[at++] as number
      number += (byte & 0x7f) * times
      if (byte < 0x80) return number
      times *= 128
    }
  }
  let hash = part * (hashes / parts)
  while (at < bytes.length) {
    hash += take()
    if (only !== undefined && hash > only) break
    const isWanted = only === undefined || hash === only
    let moment = first
    for (let left = take(); left > 0; left--) {
      moment += take()
      if (!isWanted) continue
      found.hashes.push(hash)
      found.moments.push(moment)
    }
  }
  return found
}

import type { LogRow } from '../row.ts'

/** What a request is looked for by: where it came from, the key or client that asked, and its user, by id or by name. */
export type TermKind = 'address' | 'asker' | 'user'

const kinds: Record<TermKind, number> = { address: 1, asker: 2, user: 3 }

/** So many hashes of terms there are. */
export const hashes = 2 ** 32

/**
 * The hash of a term, from 0 up to but without `hashes`: FNV-1a, and its bits mixed as MurmurHash3 does it, since hashes are
 * divided by their first ones. Two terms may have one: what is found is compared whole. It stands in the database, and stays.
 */
export function termOf(kind: TermKind, text: string): number {
  let hash = 0x811c9dc5 ^ kinds[kind]
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The hashes of what a request can be found by. */
export function termsOf({ address, askerId, userId, username }: LogRow): number[] {
  const terms = [termOf('asker', askerId)]
  if (address !== null) terms.push(termOf('address', address))
  if (userId !== null) terms.push(termOf('user', userId))
  if (username !== null) terms.push(termOf('user', username))
  return terms
}

import { canonicalRange, isWithin, readAddress, readRange, whyNoRange } from '#lib/contract/address-range.ts'
import type { AllowlistVerdict } from '#lib/contract/keys.ts'

/** How many entries a key may have. */
export const mostEntries = 100

/**
 * A list with what somebody typed or pasted added to it: one entry, or several with commas, spaces or lines between.
 * Entries are kept in canonical form, each once. With `mistake`, nothing was added.
 */
export function withEntries(list: readonly string[], text: string): { list: string[]; mistake?: string } {
  const entries = text.split(/[\s,;]+/).filter(Boolean)
  for (const entry of entries) {
    const why = whyNoRange(entry)
    if (why) return { list: [...list], mistake: sentence(`${entries.length > 1 ? `“${entry}”` : 'This'} ${why}`) }
  }
  const all = [...new Set([...list, ...entries.map(canonicalRange)])]
  if (all.length > mostEntries) return { list: [...list], mistake: `A key can have ${mostEntries} entries.` }
  return { list: all }
}

/** Words with a full stop, unless they end in a question. */
export function sentence(words: string): string {
  return words.endsWith('?') ? words : `${words}.`
}

/** What an entry that is being typed will be kept as, where that is not what was typed. */
export function keptAs(text: string): string | undefined {
  const entry = text.trim()
  if (entry === '' || whyNoRange(entry)) return undefined
  const canonical = canonicalRange(entry)
  return canonical === entry ? undefined : canonical
}

/** Whether an address passes a list, and why; undefined for what is no address. An empty list lets everybody pass. */
export function verdictOn(list: readonly string[], ip: string): AllowlistVerdict | undefined {
  const address = readAddress(ip.trim())
  if (!address) return undefined
  const match = list.find((entry) => isWithin(address, readRange(entry))) ?? null
  const reason =
    list.length === 0
      ? 'The key has no allowlist: any address may use it.'
      : match
        ? `${address} is within ${match}.`
        : list.length === 1
          ? `${address} is not within ${list[0]}.`
          : `${address} is in none of the ${list.length} entries.`
  return { ip: address.toString(), allowed: list.length === 0 || match !== null, match, reason }
}

/** The addresses that a list shuts out. One that the server could not know (null) passes no list at all. */
export function shutOut(list: readonly string[], seen: readonly (string | null)[]): (string | null)[] {
  if (list.length === 0) return []
  return seen.filter((address) => address === null || !verdictOn(list, address)?.allowed)
}

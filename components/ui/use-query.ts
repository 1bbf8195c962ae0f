import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useMemo, useState } from 'react'

/** Sets members of the address's query; an empty one leaves it. `replace`: the Back button passes over this step. */
export type ChangeQuery = (changes: Readonly<Record<string, string>>, how?: { replace: boolean }) => void

/**
 * The query of the page's address, as state: a view that stands in it can be sent to somebody. No request is made.
 *
 * A change is there at once. The router learns of it in a transition, too late for a field that shows it.
 */
export function useQuery(): [query: { get(name: string): string | null }, change: ChangeQuery] {
  const search = useSearchParams()
  const [text, set] = useState(() => search.toString())

  // What the router last heard of may be older than the address.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the router's news is the occasion, the address the source
  useEffect(() => set(window.location.search.slice(1)), [search])
  // Back, pressed before the router took in a change, is no news to it.
  useEffect(() => {
    const read = () => set(window.location.search.slice(1))
    window.addEventListener('popstate', read)
    return () => window.removeEventListener('popstate', read)
  }, [])

  const change = useCallback<ChangeQuery>((changes, how) => {
    const query = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value)
      else query.delete(name)
    }
    const address = `${window.location.pathname}${query.size ? `?${query}` : ''}`
    if (how?.replace) window.history.replaceState(null, '', address)
    else window.history.pushState(null, '', address)
    set(query.toString())
  }, [])
  return [useMemo(() => new URLSearchParams(text), [text]), change]
}

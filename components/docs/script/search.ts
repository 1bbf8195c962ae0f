import MiniSearch from 'minisearch'
import type { Found } from './found.ts'
import { type Indexed, searched } from './searched.ts'

export type Search = (words: string) => Found[]

/** The search over the index at an address, which was made when the pages were built. */
export async function search(index: string): Promise<Search> {
  const answer = await fetch(index)
  const loaded = MiniSearch.loadJSON<Indexed>(await answer.text(), searched)
  return (words) => loaded.search(words).slice(0, 8) as unknown as Found[]
}

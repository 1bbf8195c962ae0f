import type { Options } from 'minisearch'
import type { Found } from './found.ts'

/** A place as it is indexed: all of its words. */
export type Indexed = Found & { words: string }

/** How places are indexed and searched: the beginning of a word is enough, and a slip of a letter is forgiven. */
export const searched: Options<Indexed> = {
  idField: 'path',
  fields: ['heading', 'page', 'words'],
  storeFields: ['path', 'page', 'heading', 'text'],
  searchOptions: { prefix: true, fuzzy: 0.15, combineWith: 'AND', boost: { heading: 4, page: 2 } },
}

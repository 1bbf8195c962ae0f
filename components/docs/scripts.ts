import built from './scripts.built.ts'
import search from './search.built.ts'

/** Where a script of the documentation is. Its address changes with its content, so that browsers keep it for good. */
export function scriptAddress(name: keyof typeof built): string {
  return `/docs/assets/${name}.js?${built[name].version}`
}

/** Where the index of the search is. */
export const indexAddress = `/docs/assets/search.json?${search.version}`

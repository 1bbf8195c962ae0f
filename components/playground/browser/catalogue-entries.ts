import { type NameSource, nameSources } from '#lib/webauthn/aaguid.ts'

export interface CatalogueEntry {
  aaguid: string
  name: string
  source: NameSource
}

/** All of the catalogue, by name. */
export const catalogueEntries: readonly CatalogueEntry[] = nameSources
  .flatMap(({ names, ...source }) => Object.entries(names).map(([aaguid, name]) => ({ aaguid, name, source })))
  .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))

/** Those of a source whose name or AAGUID has all the words of a text, in either letter case. */
export function entriesOf(text: string, source: NameSource['id'] | 'all'): CatalogueEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return catalogueEntries.filter((entry) => {
    const said = `${entry.name} ${entry.aaguid} ${entry.aaguid.replaceAll('-', '')}`.toLowerCase()
    return (source === 'all' || entry.source.id === source) && words.every((word) => said.includes(word))
  })
}

import { communityNames } from './aaguid/community.ts'
import { makersNames } from './aaguid/makers.ts'
import { metadataNames } from './aaguid/metadata.ts'

/** Where a name in the catalogue comes from. */
export interface NameSource {
  id: 'community' | 'metadata' | 'makers'
  title: string
  /** The day that it was as it is here, ISO 8601. */
  date: string
  url: string
  note: string
}

/** The catalogue’s sources. Of one AAGUID the first that has it counts. */
export const nameSources: readonly (NameSource & { names: Readonly<Record<string, string>> })[] = [
  {
    id: 'community',
    title: 'Community list',
    date: '2026-08-07',
    url: 'https://github.com/passkeydeveloper/passkey-authenticator-aaguids',
    note: 'what passkey providers call themselves',
    names: communityNames,
  },
  {
    id: 'metadata',
    title: 'FIDO metadata',
    date: '2025-07-02',
    url: 'https://fidoalliance.org/metadata/',
    note: 'descriptions of certified authenticators, Metadata Service file 179',
    names: metadataNames,
  },
  {
    id: 'makers',
    title: 'Their makers',
    date: '2026-11-26',
    url: 'https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/',
    note: 'what is in neither list: from the maker’s documentation, or the authenticator’s own answer',
    names: makersNames,
  },
]

const providers: ReadonlyMap<string, string> = new Map(
  nameSources.toReversed().flatMap(({ names }) => Object.entries(names)),
)

/**
 * The name that people know a passkey's maker by, or null when it is not in the catalogue or was not told (all zeros).
 *
 * For display only: without a verified attestation an AAGUID is the authenticator's own word.
 */
export function providerOf(aaguid: string): string | null {
  return providers.get(aaguid.toLowerCase()) ?? null
}

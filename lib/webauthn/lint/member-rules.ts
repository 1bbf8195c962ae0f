import type { CeremonyKind } from '../options.ts'
import { optionAt, optionsOf } from '../options.ts'
import { level3 } from '../specifications.ts'
import { type Chosen, inBoth, type LintRule, withChosen } from './rule.ts'

/** The server fills these itself, and refuses the answer to any other. */
const serversOwn = 'challenge'

/** What was chosen for a ceremony that is no option of the catalogue, by its path. */
export function unknownMembers(ceremony: CeremonyKind, chosen: Chosen): string[] {
  const known = new Set(optionsOf(ceremony).map(({ path }) => path))
  return Object.keys(chosen[ceremony]).filter((path) => !known.has(path))
}

/** Those of them that no rule of their own is about. */
function unjudged(ceremony: CeremonyKind, chosen: Chosen): string[] {
  return unknownMembers(ceremony, chosen).filter((path) => path !== serversOwn && optionAt(path)?.kind !== 'extension')
}

/** Lists in which something stands twice. */
function doubled(ceremony: CeremonyKind, chosen: Chosen): string[] {
  return Object.entries(chosen[ceremony])
    .filter(
      ([, value]) => Array.isArray(value) && new Set(value.map((each) => JSON.stringify(each))).size < value.length,
    )
    .map(([path]) => path)
}

/** Members as such: what nobody here knows, and what is said twice. */
export const memberRules: readonly LintRule[] = [
  ...inBoth((ceremony) => ({
    id: 'own-challenge',
    severity: 'warning',
    applies: (chosen) =>
      chosen[ceremony][serversOwn] === undefined
        ? undefined
        : 'challenge takes the place of the server’s: what comes back is refused, since the server never gave it.',
    members: [serversOwn],
    mend: { label: 'Take it out', change: (chosen) => withChosen(chosen, ceremony, serversOwn, undefined) },
    source: `${level3}#sctn-cryptographic-challenges`,
  })),
  ...inBoth((ceremony) => ({
    id: 'duplicates',
    severity: 'warning',
    applies(chosen) {
      const paths = doubled(ceremony, chosen)
      return paths.length
        ? `${paths.join(', ')}: an entry stands there twice; the second counts for nothing.`
        : undefined
    },
    members: (chosen) => doubled(ceremony, chosen),
    mend: {
      label: 'Keep the first',
      change: (chosen) =>
        doubled(ceremony, chosen).reduce((rest, path) => {
          const list = rest[ceremony][path] as unknown[]
          const first = new Map(list.map((each) => [JSON.stringify(each), each] as const).reverse())
          const kept = list.filter((each) => {
            const key = JSON.stringify(each)
            const mine = first.has(key)
            first.delete(key)
            return mine
          })
          return withChosen(rest, ceremony, path, kept)
        }, chosen),
    },
    source: `${level3}#enum-hints`,
  })),
  ...inBoth((ceremony) => ({
    id: 'unknown-members',
    severity: 'note',
    applies(chosen) {
      const paths = unjudged(ceremony, chosen)
      return paths.length
        ? `${paths.join(', ')}: not known here, sent as it is. Browsers ignore members that they do not know.`
        : undefined
    },
    members: (chosen) => unjudged(ceremony, chosen),
    mend: {
      label: 'Take out',
      change: (chosen) =>
        unjudged(ceremony, chosen).reduce((rest, path) => withChosen(rest, ceremony, path, undefined), chosen),
    },
    source: 'https://webidl.spec.whatwg.org/#js-dictionary',
  })),
]

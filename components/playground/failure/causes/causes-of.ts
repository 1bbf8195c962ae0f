import type { Cause, Help } from '../help.ts'
import { browserCauses } from './browser-causes.ts'
import type { CauseEntry } from './cause-entry.ts'
import type { Situation } from './situation.ts'

/**
 * The reasons that a failed call can have here, the likeliest first; those that the page is certain of alone. Never none.
 * The likeliest says what came of the ceremony in few words, and who refused, where it knows.
 */
export function causesOf(situation: Situation): {
  causes: Cause[]
} & Pick<CauseEntry, 'brief' | 'todo' | 'refusedBy'> {
  const possible = browserCauses.filter(
    ({ shows, phases, kind, when, certain }) =>
      shows.includes(situation.name) &&
      (phases?.includes(situation.phase) ?? true) &&
      (kind ?? situation.kind) === situation.kind &&
      (when?.(situation) ?? certain?.(situation) ?? true),
  )
  const certain = possible.filter((entry) => entry.certain?.(situation))
  const ranked = (certain.length ? certain : possible).toSorted((a, b) => rankOf(a, situation) - rankOf(b, situation))
  const causes = ranked.map(({ why, help }) => told(why(situation), help?.(situation)))
  return causes.length
    ? {
        causes,
        brief: ranked[0]?.brief,
        todo: causes.length === 1 ? ranked[0]?.todo : undefined,
        refusedBy: ranked[0]?.refusedBy,
      }
    : { causes: [told('The browser gave this exception and no reason. Another try may tell more.', { do: 'again' })] }
}

function rankOf({ rank }: CauseEntry, situation: Situation): number {
  return rank?.(situation) ?? 5
}

function told(why: string, help: Help | undefined): Cause {
  return { why, ...(help ? { help } : {}) }
}

import type { Help } from '../help.ts'
import type { Phase, Situation } from './situation.ts'

/** One reason that a call of the browser can fail for. */
export interface CauseEntry {
  id: string
  /** What came of the ceremony in few words, where this is the likeliest reason; absent: the exception’s own. */
  brief?: string | undefined
  /** What to do, where it is the one reason; absent: what the exception’s own words say. */
  todo?: string | undefined
  /** Names of the exceptions that it shows as. */
  shows: readonly string[]
  /** The browser itself refused then, and asked no authenticator. */
  refusedBy?: 'browser' | undefined
  /** In which phases it can be; absent: in each. */
  phases?: readonly Phase[]
  /** Of which ceremony; absent: of both. */
  kind?: Situation['kind']
  /** Whether it can be so here; absent: always. */
  when?: (situation: Situation) => boolean
  /** Whether the page knows that it is so: then no other reason is told. */
  certain?: (situation: Situation) => boolean
  /** The likeliest first: the lowest of these numbers. Absent: 5. */
  rank?: (situation: Situation) => number
  why: (situation: Situation) => string
  help?: (situation: Situation) => Help | undefined
}

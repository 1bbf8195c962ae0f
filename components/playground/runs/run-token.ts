import type { Standing } from '../standing.ts'
import type { RunRecord, Session } from '../state.ts'
import { endOf } from '../token/token-end.ts'

/** What a ceremony on show has for a token: its own, the one that its user holds already, or why there is none. */
export type RunToken =
  | { session: Session; orphaned: boolean; example?: true }
  | 'none yet'
  | 'not kept'
  | 'not in files'
  | 'none by registering'
  | 'none by failing'

/**
 * The token that belongs to a ceremony. One that signed in shows its own, however many came after it; the latest shows
 * what its user holds.
 *
 * @param standing of whom the latest ceremony was about; undefined where another is on show
 * @param gone ids of passkeys that are deleted
 */
export function runToken(
  { run, example, imported }: RunRecord,
  standing: Standing | undefined,
  gone: ReadonlySet<string>,
): RunToken {
  if (standing?.session) return { session: standing.session, orphaned: standing.token === 'orphaned' }
  const { authenticated: answer, startedAt, took = 0 } = run
  if (answer) {
    if (!answer.token) return imported ? 'not in files' : 'not kept'
    const session = { answer, took, expiresAt: endOf(answer, startedAt + took) }
    return { session, orphaned: gone.has(answer.passkey.id), ...(example ? { example } : {}) }
  }
  if (standing) return 'none yet'
  return run.kind === 'registration' ? 'none by registering' : 'none by failing'
}

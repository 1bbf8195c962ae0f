import type { RegisterFinished } from '#lib/contract/passkeys.ts'
import type { Session, State } from './state.ts'

/** How a user of a key stands now, as far as this page knows. */
export interface Standing {
  /** There is a passkey to sign in with. */
  hasPasskey: boolean
  /** The passkey that this page made, while the server keeps it. */
  made: { answer: RegisterFinished; took: number } | undefined
  session: Session | undefined
  /** Orphaned: the passkey that it came from is deleted. */
  token: 'none' | 'good' | 'expired' | 'orphaned'
}

type Known = Pick<State, 'holding' | 'registered' | 'sessions' | 'gone'>

/** What is true of a user of a key at a moment, in epoch milliseconds. */
export function standingOf({ holding, registered, sessions, gone }: Known, pair: string, now: number): Standing {
  const made = registered[pair]
  const session = sessions[pair]
  return {
    hasPasskey: holding[pair] ?? false,
    made: made && !gone.has(made.answer.passkey.id) ? made : undefined,
    session,
    token: !session
      ? 'none'
      : gone.has(session.answer.passkey.id)
        ? 'orphaned'
        : session.expiresAt <= now
          ? 'expired'
          : 'good',
  }
}

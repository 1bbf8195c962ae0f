import type { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import type { Circumstances } from '../circumstances.ts'

/** How far a call of the browser came: nobody can have been asked, somebody may have been, or the time was over. */
export type Phase = 'at once' | 'asked' | 'timed out' | 'in the field'

/** A call of `navigator.credentials` that ended without a credential, and what is known around it. */
export interface Situation extends Circumstances {
  /** The exception's name, and its message. */
  name: string
  message: string
  /** Milliseconds from the call to its end. */
  waited: number
  phase: Phase
  /** The RP ID that was asked for. */
  rpId: string
  /** What the options say about user verification, wherever they say it. */
  userVerification: string | undefined
}

/** Puts together what is known of a call that failed. */
export function situationOf(error: DialogueError, circumstances: Circumstances): Situation {
  const { asked, tenant } = circumstances
  return {
    ...circumstances,
    name: error.cause.name,
    message: error.cause.message,
    waited: error.waited,
    phase: phaseOf(error, circumstances),
    rpId: asked?.rpId ?? asked?.rp?.id ?? tenant?.relyingParty.id ?? 'this relying party',
    userVerification: asked?.userVerification ?? asked?.authenticatorSelection?.userVerification,
  }
}

/** A browser may stop a little before the time is over. */
const early = 50

function phaseOf(error: DialogueError, { autofill, asked }: Circumstances): Phase {
  if (autofill) return 'in the field'
  if (error.atOnce) return 'at once'
  const over = asked?.timeout !== undefined && error.waited >= asked.timeout - early
  return over || error.cause.name === 'TimeoutError' ? 'timed out' : 'asked'
}

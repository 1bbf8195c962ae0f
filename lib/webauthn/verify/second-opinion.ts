import type { CeremonyContext } from '../checks/context.ts'
import type { UserVerification } from '../options.ts'
import { type Ask, differenceIn } from './differences.ts'
import { type Refusal, refusalOf } from './refusal.ts'

/** What SimpleWebAuthn is told to expect of a response. */
export interface Expected {
  challenge: string
  origins: string[]
  rpId: string
  userVerification: UserVerification
}

/** What SimpleWebAuthn makes of a response, and of its proof alone. */
export type SecondOpinion = CeremonyContext['opinion'] & Pick<Refusal, 'proof'>

/**
 * Asks SimpleWebAuthn. Where it refuses for one of the listed differences it is asked again with that out of the way:
 * whatever it refuses then is a refusal, and otherwise the outcome says that it differs.
 */
export async function secondOpinion(ask: Ask): Promise<SecondOpinion> {
  try {
    const { verified } = await inItsOwnTurn(ask)
    if (verified) return { outcome: 'verified', proof: true }
    return { outcome: 'refused', reason: 'a signature that does not verify', proof: false }
  } catch (error) {
    const difference = differenceIn(error)
    if (!difference) return { outcome: 'refused', ...refusalOf(error) }
    const { refuses, because, waive } = difference
    const { outcome, reason, proof } = waive
      ? await secondOpinion((...changes) => waive((...more) => ask(...changes, ...more)))
      : {}
    if (outcome === 'refused') return { outcome, reason, proof }
    return { outcome: 'differs', reason: `it refuses ${refuses}; ${because}`, proof }
  }
}

/**
 * The opinion on what does not decode: SimpleWebAuthn is not asked, whose reader has no bounds. A fault of a structure is
 * refused by the step that names it.
 */
export const notAsked = { outcome: 'not asked', reason: 'the response is not well-formed' } as const

/** When others have had their turn; a browser gives them theirs by itself. */
export const turn = () =>
  'setImmediate' in globalThis ? new Promise<void>((go) => setImmediate(go)) : Promise.resolve()

/** A second reader takes as long as all of our own work, on the most that may be sent: others have their turn before and after. */
async function inItsOwnTurn(ask: Ask): ReturnType<Ask> {
  await turn()
  try {
    return await ask()
  } finally {
    await turn()
  }
}

import type { Place } from '../caller.ts'
import type { From } from './own-pages.ts'
import type { Transaction } from './store.ts'

/** What a user said to an app that asked for access. */
export interface ConsentAnswer {
  place: Place
  client: { id: string; name: string }
  userId: string
  /** What the user allowed: scopes, each once, whatever they are for. Empty: they refused. */
  scopes: string[]
  /** What was asked for, and they left out; of a refusal all of it. */
  leftOut: string[]
  from: From
}

/**
 * Told of every answer to a consent page, with what was left out.
 *
 * @param tx the transaction that keeps a consent; a refusal keeps nothing, and has none
 */
export async function consentAnswered(_answer: ConsentAnswer, _tx?: Transaction): Promise<void> {}

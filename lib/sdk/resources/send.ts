import type { Call } from '../call.ts'
import type { Patience } from '../patience.ts'

/** What any call may be given; of its patience, what is not said is as the client's. */
export interface Extra extends Patience {
  /** A user’s own token, sent as X-User-Token. */
  userToken?: string | undefined
  /** Ends the call at once, also in a pause between two tries, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What a call that makes something once may be given. */
export interface Once {
  /** The same one again makes nothing twice. By default a new one for each call, the same for all its tries. */
  idempotencyKey?: string | undefined
}

export interface Request extends Omit<Call, 'headers'>, Extra, Once {
  /** Whether the operation takes an `Idempotency-Key`. */
  once?: boolean
  /**
   * Whether a POST changes nothing more when it comes again. False: what it is about is used up by it, whatever comes of it,
   * as a ceremony is.
   */
  repeatable?: boolean
}

/** One call of the API, with the client's key or token: what each resource is made of. */
export type Send = <Answer>(method: string, path: string, request?: Request) => Promise<Answer>

/** A list's query, whose limit need not be said. */
export type Query<Full> = Omit<Full, 'limit'> & { limit?: number }

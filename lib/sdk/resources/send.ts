import type { Call } from '../call.ts'

/** What any call may be given. */
export interface Extra {
  /** A user’s own token, sent as X-User-Token. */
  userToken?: string | undefined
  signal?: AbortSignal | undefined
}

/** What a call that makes something may be given. */
export interface Once {
  /** The same one again makes nothing twice. */
  idempotencyKey?: string | undefined
}

export interface Request extends Omit<Call, 'headers'>, Extra, Once {}

/** One call of the API, with the client's key or token: what each resource is made of. */
export type Send = <Answer>(method: string, path: string, request?: Request) => Promise<Answer>

/** A list's query, whose limit need not be said. */
export type Query<Full> = Omit<Full, 'limit'> & { limit?: number }

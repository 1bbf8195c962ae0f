import type { Caller } from '../caller.ts'

/** What the API's middleware leaves for handlers. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** Set where an operation needs a key. */
    caller: Caller
    /** True when the request was turned away by its schema: it never reached the handler. */
    malformed?: boolean
  }
}

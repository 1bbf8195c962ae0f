import type { Operation } from '#lib/contract/operations.ts'
import type { Caller } from '../caller.ts'
import type { Admission } from '../limits/limits.ts'

/** What the API's middleware leaves for handlers. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** Set where an operation needs a key. */
    caller: Caller
    /** The slot that the request holds. */
    admission?: Admission
    /** Asks again who is asking: a body may be long in coming, and rights may end meanwhile. */
    checkAgain?: () => Promise<void>
    /** What the request is counted as, where one endpoint has several operations. */
    operation?: Operation
    /** True when the request reached its handler, and is counted. */
    counted?: boolean
    /** The status of an answer that went out by another way. */
    sentStatus?: number
    /** True when the request was turned away by its schema: it never reached the handler. */
    malformed?: boolean
  }
}

import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import type { Operation } from '#lib/contract/operations.ts'
import type { Caller, Concerned, Place } from '../caller.ts'
import type { Admission } from '../limits/limits.ts'
import type { Problem } from '../problem.ts'

/** What the log says of a request, where its answer is not the API's own. */
export interface Logged {
  place?: Place
  askerId?: string
  user?: Concerned | null
  operation?: CountedOperation
  status?: number
  code?: string | null
  detail?: string | null
}

/** What the API's middleware leaves for handlers. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** Set where an operation needs a key. */
    caller: Caller
    /** Whose the request is, also where it is refused before it has a caller. */
    owner?: Caller
    /** The slot that the request holds. */
    admission?: Admission
    /** Asks again who is asking: a body may be long in coming, and rights may end meanwhile. */
    checkAgain?: () => Promise<void>
    /** What the request is counted as, where one endpoint has several operations. */
    operation?: Operation
    /** Why the API refused the request. */
    refusal?: Problem
    /** What stands in the log of an answer that the authorization or the MPC server gave. */
    logged?: Logged
    /** True when the request reached its handler, and is counted. */
    counted?: boolean
    /** The status of an answer that went out by another way. */
    sentStatus?: number
    /** True when the request was turned away by its schema: it never reached the handler. */
    malformed?: boolean
  }
}

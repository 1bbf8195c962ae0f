import { type ContextValues, createContextKey } from '@connectrpc/connect'
import type { Caller } from './tokens/caller.ts'

/** One call that has passed authentication. */
export interface Call {
  /** Its own id: under it the call is counted once. */
  id: string
  caller: Caller
  /** The operation that it is counted as. */
  operation: string
  /** Whether its answer is the one that was stored, given again. */
  repeated?: true
  /** Whether it was counted, in the transaction of its effect. */
  counted: boolean
  signal: AbortSignal
}

export const callKey = createContextKey<Call | undefined>(undefined)

/** The call that a handler answers. */
export function callOf({ values }: { values: ContextValues }): Call {
  const call = values.get(callKey)
  if (!call) throw new Error('The call was not authenticated.')
  return call
}

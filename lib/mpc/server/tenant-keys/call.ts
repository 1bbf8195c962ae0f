import { type ContextValues, createContextKey } from '@connectrpc/connect'
import type { TenantCaller } from '../tokens/tenant-caller.ts'

/** One call of a tenant's member that has passed authentication. It is no user's, and counts as nobody's usage. */
export interface TenantCall {
  caller: TenantCaller
  signal: AbortSignal
}

export const tenantCallKey = createContextKey<TenantCall | undefined>(undefined)

/** The call that a handler answers. */
export function tenantCallOf({ values }: { values: ContextValues }): TenantCall {
  const call = values.get(tenantCallKey)
  if (!call) throw new Error('The call was not authenticated.')
  return call
}

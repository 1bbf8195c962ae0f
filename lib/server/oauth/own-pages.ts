import type { Caller } from '../caller.ts'
import { env } from '../env.ts'

/**
 * A caller for ceremonies on this server's own pages: an answer is taken from there, and from no other origin, not even of
 * the tenant's. It holds no scope, so that nobody's account is added to and nothing is explained that a live environment
 * keeps to itself.
 */
export function onOwnPages(caller: Caller): Caller {
  const origins = JSON.stringify([new URL(env().baseUrl).origin])
  return { ...caller, tenant: { ...caller.tenant, origins }, scopes: new Set() }
}

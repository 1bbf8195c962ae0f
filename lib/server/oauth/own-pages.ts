import { type Caller, fullCaller } from '../caller.ts'
import type { RegisteredClient } from '../clients/find-client.ts'
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

/** From where a request comes, for the audit log, and with which browser, for its user to know it again. */
export interface From {
  address: string | undefined
  requestId: string
  userAgent?: string | undefined
}

/** A client in a ceremony of its tenant on these pages, which it answers for in the audit log. */
export function callerOfClient({ id, name, tenant, environment }: RegisteredClient, from?: From): Caller {
  const place = { address: from?.address ?? null, requestId: from?.requestId ?? null }
  return onOwnPages(fullCaller(tenant, environment, { type: 'client', id, name, ...place }))
}

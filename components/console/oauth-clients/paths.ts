import type { Environment } from '#lib/contract/environment.ts'

/** The page with an environment's clients. */
export function clientsPath(environment: Environment): string {
  return `/console/oauth-clients?environment=${environment}`
}

/** A client's own page. */
export function clientPath(clientId: string): string {
  return `/console/oauth-clients/${encodeURIComponent(clientId)}`
}

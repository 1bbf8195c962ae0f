import type { Environment } from '#lib/contract/environment.ts'

/** The page with an environment's endpoints. */
export function webhooksPath(environment: Environment): string {
  return `/console/webhooks?environment=${environment}`
}

/** An endpoint's own page. */
export function webhookPath(id: string): string {
  return `/console/webhooks/${encodeURIComponent(id)}`
}

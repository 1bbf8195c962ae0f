import type { Environment, Tier } from '#lib/contract/environment.ts'

/** How much a bucket may ask for. */
export interface Limits {
  requestsPerMinute: number
  /** Requests under way at once. */
  concurrent: number
}

/** Requests per minute and at once, by the key's type and tier. */
export function limitsOf(type: Environment, tier: Tier): Limits {
  if (type === 'test') return { requestsPerMinute: 100, concurrent: 5 }
  return tier === 'enterprise'
    ? { requestsPerMinute: 10_000, concurrent: 500 }
    : { requestsPerMinute: 1_000, concurrent: 50 }
}

import { z } from 'zod'

/** The two worlds of a tenant. They share nothing but the tenant; which one a caller is in comes from its key alone. */
export const environment = z.enum(['test', 'live'])
export type Environment = z.infer<typeof environment>

export const tier = z.enum(['standard', 'enterprise'])
export type Tier = z.infer<typeof tier>

/** Requests per minute and at once, by the key's type and tier. */
export function limitsOf(type: Environment, tier: Tier): { requestsPerMinute: number; concurrent: number } {
  if (type === 'test') return { requestsPerMinute: 100, concurrent: 5 }
  return tier === 'enterprise'
    ? { requestsPerMinute: 10_000, concurrent: 500 }
    : { requestsPerMinute: 1_000, concurrent: 50 }
}

import { z } from 'zod'

/** The two worlds of a tenant. They share nothing but the tenant; which one a caller is in comes from its key alone. */
export const environment = z.enum(['test', 'live'])
export type Environment = z.infer<typeof environment>

export const tier = z.enum(['standard', 'enterprise'])
export type Tier = z.infer<typeof tier>

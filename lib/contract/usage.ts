import { z } from 'zod'
import { moment } from './moment.ts'

export const usageGroup = z.enum(['day', 'hour', 'key', 'operation'])
export type UsageGroup = z.infer<typeof usageGroup>

/** `from` is inclusive, `to` exclusive; both snap to the hour that they fall in. */
export const usageQuery = z.strictObject({
  from: moment.optional(),
  to: moment.optional(),
  groupBy: usageGroup.default('day'),
})
export type UsageQuery = z.input<typeof usageQuery>

/** What was made, beside how often was asked. */
export const meterNames = [
  'passkey.registered',
  'passkey.authenticated',
  'token.issued',
  'mpc.key_generated',
  'mpc.signed',
] as const
export type Meter = (typeof meterNames)[number]

const counts = { requests: z.number().int(), errors: z.number().int() }
const metered = Object.fromEntries(meterNames.map((meter) => [meter, z.number().int()])) as Record<Meter, z.ZodNumber>
const group = {
  day: z.iso.date().optional(),
  hour: z.iso.datetime().optional(),
  key: z.string().optional(),
  operation: z.string().optional(),
}

/**
 * Answer of GET /v1/usage: one row a group, and their sums; the meters likewise. The group's member is named for
 * `groupBy`.
 */
export const usageAnswer = z.object({
  data: z.array(z.object({ ...group, ...counts })),
  totals: z.object(counts),
  meters: z.object({ data: z.array(z.object({ ...group, ...metered })), totals: z.object(metered) }),
})
export type UsageAnswer = z.infer<typeof usageAnswer>

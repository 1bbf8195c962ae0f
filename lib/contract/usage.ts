import { z } from 'zod'

export const usageGroup = z.enum(['day', 'hour', 'key', 'operation'])
export type UsageGroup = z.infer<typeof usageGroup>

/** `from` is inclusive, `to` exclusive; both snap to the hour that they fall in. */
export const usageQuery = z.strictObject({
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  groupBy: usageGroup.default('day'),
})
export type UsageQuery = z.input<typeof usageQuery>

const counts = { requests: z.number().int(), errors: z.number().int() }

/** Answer of GET /v1/usage: one row a group, and their sums. The group's member is named for `groupBy`. */
export const usageAnswer = z.object({
  data: z.array(
    z.object({
      day: z.iso.date().optional(),
      hour: z.iso.datetime().optional(),
      key: z.string().optional(),
      operation: z.string().optional(),
      ...counts,
    }),
  ),
  totals: z.object(counts),
})
export type UsageAnswer = z.infer<typeof usageAnswer>

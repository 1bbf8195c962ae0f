import { z } from 'zod'
import { environment } from './environment.ts'
import { userView } from './users.ts'

// The Console's first page: how it went lately, beside the same time before, and what to do next.

export const homeRange = z.enum(['today', '7d', '30d'])
export type HomeRange = z.infer<typeof homeRange>
export const homeQuery = z.strictObject({ environment: environment.default('test'), range: homeRange.default('today') })

/** One kind of ceremony. `was`: the same in the time before, whose totals end where the range's do now. */
export const homeFigures = z.object({
  /** Finishes at each of `times`; of what has not begun yet, none. */
  ok: z.array(z.int()),
  failed: z.array(z.int()),
  begun: z.int(),
  finished: z.int(),
  accepted: z.int(),
  /** Begun, and no finish came for them. */
  abandoned: z.int(),
  was: z.object({ ok: z.array(z.int()), accepted: z.int(), finished: z.int() }),
})
export type HomeFigures = z.infer<typeof homeFigures>

/** Why requests of sign-ins and registrations were refused. */
export const homeReason = z.object({
  kind: z.enum(['sign-in', 'registration']),
  operation: z.string(),
  code: z.string(),
  /** The first check that failed, else the code. */
  reason: z.string(),
  requests: z.int(),
  /** What the latest one got where that is for anybody to know, such as its origin. */
  actual: z.string().nullable(),
})
export type HomeReason = z.infer<typeof homeReason>

/** Something that needs somebody. */
export const homeAlert = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('key_ends'),
    id: z.string(),
    name: z.string(),
    at: z.iso.datetime(),
    /** It has a replacement, which was not used yet. */
    replaced: z.boolean(),
  }),
  z.object({ kind: z.literal('key_unused'), id: z.string(), name: z.string(), since: z.iso.datetime().nullable() }),
  z.object({ kind: z.literal('webhook_fails'), id: z.string(), url: z.string(), turnedOff: z.boolean() }),
  z.object({ kind: z.literal('balance_low'), amount: z.int(), below: z.int() }),
])
export type HomeAlert = z.infer<typeof homeAlert>

export const homeStep = z.enum(['key', 'sign-in', 'branding', 'relying-party', 'client', 'member'])
export type HomeStep = z.infer<typeof homeStep>

export const homeView = z.object({
  range: homeRange,
  /** The width of a point in time. */
  step: z.enum(['hour', 'day']),
  /** The beginning of each point, up to the end of the range. */
  times: z.array(z.iso.datetime()),
  /** When it was read. */
  at: z.iso.datetime(),
  /** When the time before began. */
  before: z.iso.datetime(),
  /** Whether anything was ever asked here, or anybody came. */
  begun: z.boolean(),
  signIns: homeFigures,
  registrations: homeFigures,
  /** The most first. */
  reasons: z.array(homeReason),
  /** What half of the answers to sign-ins took at most, in milliseconds; null where there were none. */
  medianMilliseconds: z.number().nullable(),
  users: z.int(),
  newestUsers: z.array(userView.extend({ provider: z.string().nullable(), synced: z.boolean().nullable() })),
  alerts: z.array(homeAlert),
  /** What is done of the beginning, in its order; by what is there. */
  steps: z.array(z.object({ step: homeStep, done: z.boolean() })),
})
export type HomeView = z.infer<typeof homeView>

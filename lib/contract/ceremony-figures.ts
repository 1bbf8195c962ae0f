import { z } from 'zod'

// What became of ceremonies, as the Console's pages show it.

export const ceremonyTotals = z.object({
  /** Answers of begin that were given. */
  begun: z.int(),
  /** Requests of finish, whatever came of them. */
  finished: z.int(),
  ok: z.int(),
  failed: z.int(),
  /** Begun, and no finish came for them. */
  abandoned: z.int(),
})
export type CeremonyTotals = z.infer<typeof ceremonyTotals>

/** One kind of ceremony in a range, and in the one before. */
export const ceremonyFigures = z.object({
  /** Finishes at each of `times`. */
  ok: z.array(z.int()),
  failed: z.array(z.int()),
  totals: ceremonyTotals,
  /** The same of the range before. */
  before: z.object({ ok: z.array(z.int()), failed: z.array(z.int()), totals: ceremonyTotals }),
  /** Why requests of each step failed, the most first: the problem's code. */
  failures: z.array(z.object({ step: z.enum(['begin', 'finish']), code: z.string(), requests: z.int() })),
})
export type CeremonyFigures = z.infer<typeof ceremonyFigures>

/** Registrations and sign-ins over time. */
export const ceremonyUsage = z.object({
  /** The width of a point in time: hours for up to three days, else days. */
  step: z.enum(['hour', 'day']),
  /** The beginning of each point, without gaps. */
  times: z.array(z.iso.datetime()),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** As long as the range, ends before it, and begins on the same weekday at the same hour. */
  before: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  /** The hour of the first request of all; null before there was one. */
  since: z.iso.datetime().nullable(),
  registrations: ceremonyFigures,
  signIns: ceremonyFigures,
})
export type CeremonyUsage = z.infer<typeof ceremonyUsage>

/** Who made passkeys: how many there are, and how many sign-ins they did of those that were looked at. */
export const providerFigures = z.object({
  /** Null: no provider that is known. */
  provider: z.string().nullable(),
  /** Those that the provider may copy to further devices of the person, and those that stay on one. */
  synced: z.int(),
  bound: z.int(),
  signIns: z.int(),
})
export type ProviderFigures = z.infer<typeof providerFigures>

/** How long answers took, in milliseconds: half of them, and 95 of a hundred, no longer. */
export const answerTimes = z.object({
  operation: z.string(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  answers: z.int(),
})
export type AnswerTimes = z.infer<typeof answerTimes>

/** Ceremonies, with what the log of requests tells of them, and the authenticators that they were done with. */
export const consoleCeremonies = ceremonyUsage.extend({
  /** Since when there is a log: of what was before, only codes are known. */
  loggedSince: z.iso.datetime(),
  /** Why requests were refused since then, the most frequent first; with the latest of each. */
  reasons: z.array(
    z.object({
      operation: z.string(),
      code: z.string(),
      reason: z.string(),
      requests: z.int(),
      example: z.object({
        requestId: z.string(),
        expected: z.string().nullable(),
        actual: z.string().nullable(),
        username: z.string().nullable(),
      }),
    }),
  ),
  answerTimes: z.array(answerTimes),
  providers: z.array(providerFigures),
  /** How many of the latest sign-ins of the range `providers` counts; those on OAuth’s pages are among them. */
  signInsLookedAt: z.int(),
})
export type ConsoleCeremonies = z.infer<typeof consoleCeremonies>

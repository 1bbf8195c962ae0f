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

/** The share of finishes that were accepted, 0 to 1; null where there was none. */
export function successRate({ ok, finished }: Pick<CeremonyTotals, 'ok' | 'finished'>): number | null {
  return finished === 0 ? null : ok / finished
}

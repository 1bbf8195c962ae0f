import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { latestSignIns } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { keptSince } from '../logs/filter.ts'
import { latencyIn } from '../logs/latency.ts'
import { reasonsIn } from '../logs/reasons.ts'
import { providersOf } from '../passkeys/providers.ts'
import { ceremoniesOverTime, fittingRange, operations } from './ceremonies.ts'

/**
 * What a tenant asks of its ceremonies in a range: how many, what became of them and why, how long answers took, and which
 * authenticators people use. Without `from` and `to`: the range that what there is fits into.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function ceremonyReport(
  caller: Caller,
  range: { from?: string | undefined; to?: string | undefined },
): Promise<ConsoleCeremonies> {
  const place = placeOf(caller)
  const usage = await ceremoniesOverTime(caller, range.from || range.to ? range : await fittingRange(caller))
  const [from, to] = [Date.parse(usage.from), Math.min(Date.parse(usage.to), clock.now() + 1)]
  const signIns = await latestSignIns(place, { from: new Date(from), to: new Date(Math.max(from, to)) })
  const [reasons, answerTimes, providers] = await Promise.all([
    reasonsIn(place, { from, to }, new Set<string>(operations)),
    Promise.all(operations.map((operation) => timesOf(caller, operation, { from, to }))),
    providersOf(place, signIns),
  ])
  return {
    ...usage,
    loggedSince: new Date(keptSince()).toISOString(),
    reasons: reasons.map(({ operation, code, reason, requests, example }) => ({
      ...{ operation: operation ?? '', code, reason, requests },
      example: {
        requestId: example.id,
        expected: example.expected ?? null,
        actual: example.actual ?? null,
        username: example.username ?? null,
      },
    })),
    answerTimes,
    providers,
    signInsLookedAt: [...signIns.values()].reduce((sum, one) => sum + one, 0),
  }
}

async function timesOf(caller: Caller, operation: string, range: { from: number; to: number }) {
  const { p50, p95, answers } = await latencyIn(placeOf(caller), operation, range)
  return { operation, p50, p95, answers }
}

import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { latestSignIns } from '../audit/audit.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { keepAnswers } from '../kept-answers.ts'
import { keptSince } from '../logs/filter.ts'
import { latencyIn } from '../logs/latency.ts'
import { reasonsIn } from '../logs/reasons.ts'
import { untilNow } from '../logs/scan.ts'
import { providersOf } from '../passkeys/providers.ts'
import { ceremoniesOverTime, fittingRange, operations } from './ceremonies.ts'

const keep = keepAnswers<Awaited<ReturnType<typeof authenticatorsOf>>>(({ passed }) => passed >= 200)

/**
 * What a tenant asks of its ceremonies in a range: how many, what became of them and why, how long answers took, and which
 * authenticators people use; where there were hundreds of events, those as it was within the last minute. Without `from` and `to`: the range that what there is fits into.
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
  const [reasons, answerTimes, { authenticators }] = await Promise.all([
    reasonsIn(place, { from, to }, new Set<string>(operations)),
    Promise.all(operations.map((operation) => timesOf(caller, operation, { from, to }))),
    keep(JSON.stringify([place, from, untilNow(to)]), () => authenticatorsOf(place, from, Math.max(from, to))),
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
    ...authenticators,
  }
}

/** Whose authenticators there are, and with which of them people signed in. */
async function authenticatorsOf(place: Place, from: number, to: number) {
  const { signIns, passed } = await latestSignIns(place, { from: new Date(from), to: new Date(to) })
  const signInsLookedAt = [...signIns.values()].reduce((sum, one) => sum + one, 0)
  return { authenticators: { providers: await providersOf(place, signIns), signInsLookedAt }, passed }
}

async function timesOf(caller: Caller, operation: string, range: { from: number; to: number }) {
  const { p50, p95, answers } = await latencyIn(placeOf(caller), operation, range)
  return { operation, p50, p95, answers }
}

import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { CeremonyFigures, CeremonyTotals, CeremonyUsage } from '#lib/contract/ceremony-figures.ts'
import type { Operation } from '#lib/contract/operations.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { type Counted, countsOf, firstHour } from './ceremonies/store.ts'
import { hourMilliseconds, hoursOf } from './range.ts'
import type { Hours, Step } from './sums/sources.ts'

interface Steps {
  begin: Operation
  finish: Operation
}

const registration: Steps = { begin: 'passkeys.register.begin', finish: 'passkeys.register.finish' }
const signIn: Steps = { begin: 'passkeys.authenticate.begin', finish: 'passkeys.authenticate.finish' }
/** What is told of, in the order of a ceremony. */
export const operations = [registration, signIn].flatMap(({ begin, finish }) => [begin, finish])
const weekHours = 7 * 24

/**
 * Registrations and sign-ins, through the API and on the pages of a sign-in, of the caller's environment over time: those accepted and those refused, how
 * many were begun and never finished, why requests failed, and all of it for the range before. Home and Usage both show
 * these, so that they agree.
 *
 * The range before is as long, and whole weeks earlier: a day is compared with that weekday, and an hour with that hour. An
 * hour that is not over is compared with a whole one. Without `from` and `to`: the last 30 days up to and with this hour.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function ceremoniesOverTime(
  caller: Caller,
  range: { from?: string | undefined; to?: string | undefined },
): Promise<CeremonyUsage> {
  const place = placeOf(caller)
  const hours = hoursOf(range)
  const before = hoursBefore(hours)
  const step = stepOf(hours)
  const now = await countsOf(place, hours, step, operations)
  await endOfTurn()
  const [earlier, since] = [await countsOf(place, before, step, operations), await firstHour(place)]
  const figures = (steps: Steps): CeremonyFigures => ({
    ...summaryOf(now, hours, steps),
    before: summaryOf(earlier, before, steps),
    failures: failuresOf(now, steps),
  })
  const width = widthOf(hours)
  return {
    step,
    times: Array.from({ length: pointsOf(hours) }, (_, point) => timeOf((firstPoint(hours) + point) * width)),
    from: timeOf(hours.from),
    to: timeOf(hours.to),
    before: { from: timeOf(before.from), to: timeOf(before.to) },
    since: since === undefined ? null : timeOf(since),
    registrations: figures(registration),
    signIns: figures(signIn),
  }
}

/**
 * The range that what there is fits into: it ends now, and is the shortest of six hours, a day, three, seven and thirty that
 * has all of it, so that no chart begins with days before there was anything.
 */
export async function fittingRange(caller: Caller): Promise<{ from: string }> {
  const now = Math.floor(clock.now() / hourMilliseconds)
  const first = (await firstHour(placeOf(caller))) ?? now
  const days = [1 / 4, 1, 3, 7].find((days) => now - first < days * 24) ?? 30
  // Points are whole days but for short ranges, and the first one is not cut.
  const from = days <= 3 ? now + 1 - days * 24 : (Math.floor(now / 24) + 1 - days) * 24
  return { from: timeOf(from) }
}

function hoursBefore({ from, to }: Hours): Hours {
  const shift = Math.ceil((to - from) / weekHours) * weekHours
  return { from: from - shift, to: to - shift }
}

function summaryOf(counted: Counted[], hours: Hours, { begin, finish }: Steps) {
  const points = () => new Array<number>(pointsOf(hours)).fill(0)
  const [ok, failed] = [points(), points()]
  const totals: CeremonyTotals = { begun: 0, finished: 0, ok: 0, failed: 0, abandoned: 0 }
  for (const { operation, outcome, hour, requests } of counted) {
    const good = goodOutcomes.includes(outcome)
    if (operation === begin && good) totals.begun += requests
    if (operation !== finish) continue
    const point = Math.floor(hour / widthOf(hours)) - firstPoint(hours)
    const at = good ? ok : failed
    at[point] = (at[point] ?? 0) + requests
    totals[good ? 'ok' : 'failed'] += requests
    totals.finished += requests
  }
  return { ok, failed, totals: { ...totals, abandoned: Math.max(0, totals.begun - totals.finished) } }
}

function failuresOf(counted: Counted[], { begin, finish }: Steps): CeremonyFigures['failures'] {
  const all = new Map<string, CeremonyFigures['failures'][number]>()
  for (const { operation, outcome: code, requests } of counted) {
    const step = operation === begin ? 'begin' : operation === finish ? 'finish' : undefined
    if (!step || goodOutcomes.includes(code)) continue
    const known = all.get(`${step} ${code}`)
    all.set(`${step} ${code}`, { step, code, requests: (known?.requests ?? 0) + requests })
  }
  return [...all.values()].sort((one, other) => other.requests - one.requests || (one.code < other.code ? -1 : 1))
}

function stepOf({ from, to }: Hours): Step {
  return to - from <= 72 ? 'hour' : 'day'
}

/** Hours of a point in time. */
function widthOf(hours: Hours): number {
  return stepOf(hours) === 'hour' ? 1 : 24
}

function firstPoint(hours: Hours): number {
  return Math.floor(hours.from / widthOf(hours))
}

function pointsOf(hours: Hours): number {
  return Math.ceil(hours.to / widthOf(hours)) - firstPoint(hours)
}

function timeOf(hour: number): string {
  return new Date(hour * hourMilliseconds).toISOString()
}

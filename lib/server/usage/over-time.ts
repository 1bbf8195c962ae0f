import type { z } from 'zod'
import type { ConsoleUsage, consoleUsageQuery } from '#lib/contract/console.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import { type Caller, placeOf } from '../caller.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { meters } from './meters.ts'
import { hourMilliseconds, hoursOf } from './range.ts'
import { type Hours, peaks, requestsByStep } from './store.ts'

type Series = ConsoleUsage['series'][number]

/** Who asks for things: a key, or an OAuth client, and the limits that it has. */
export type Asker = Pick<KeyView, 'id' | 'name' | 'hint' | 'type' | 'tier' | 'heldTo'> & {
  /** What works is shown before it asked for anything; a client is not. */
  status: KeyView['status'] | 'client'
}

/**
 * Usage of the caller's environment over time: by operation and outcome, the most requests first; and of its askers, keys
 * that work and whoever has requests in the range. Without `from` and `to`: the last 30 days up to and with this hour. A day
 * that the range holds a part of is a point of its own, with that part's requests.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function usageOverTime(
  caller: Caller,
  query: z.output<typeof consoleUsageQuery>,
  askers: Asker[],
): Promise<ConsoleUsage> {
  const range = hoursOf(query)
  const hours = range.to - range.from <= 72 ? 1 : 24
  const [series, ofKeys] = await Promise.all([seriesOf(caller, range, hours), keysOf(caller, range, askers)])
  const first = Math.floor(range.from / hours)
  const totalOf = (wanted: (one: Series) => boolean) => series.filter(wanted).reduce((all, one) => all + sumOf(one), 0)
  return {
    step: stepOf(hours),
    times: Array.from({ length: pointsOf(range, hours) }, (_, point) =>
      new Date((first + point) * hours * hourMilliseconds).toISOString(),
    ),
    series,
    keys: ofKeys,
    meters: Object.fromEntries(
      Object.entries(meters).map(([meter, makers]) => [
        meter,
        totalOf(({ operation, outcome }) => outcome === 'ok' && makers.some((maker) => maker === operation)),
      ]),
    ),
    totals: { requests: totalOf(() => true), errors: totalOf(({ outcome }) => !goodOutcomes.includes(outcome)) },
  }
}

async function seriesOf(caller: Caller, range: Hours, hours: number): Promise<Series[]> {
  const first = Math.floor(range.from / hours)
  const all = new Map<string, Series>()
  for (const { operation, outcome, step, requests } of await requestsByStep(placeOf(caller), range, stepOf(hours))) {
    const name = `${operation} ${outcome}`
    const series = all.get(name) ?? { operation, outcome, requests: new Array<number>(pointsOf(range, hours)).fill(0) }
    series.requests[Number(step) - first] = Number(requests)
    all.set(name, series)
  }
  // Of equal ones, in the order of their names: the same figures always make the same list.
  return [...all.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, series]) => series)
    .sort((one, other) => sumOf(other) - sumOf(one))
}

async function keysOf(caller: Caller, range: Hours, askers: Asker[]): Promise<ConsoleUsage['keys']> {
  const rows = new Map((await peaks(placeOf(caller), range)).map((row) => [row.keyId, row]))
  return askers
    .filter(({ id, status }) => rows.has(id) || status === 'active')
    .map(({ id, name, hint, type, tier, heldTo = tier }) => {
      const row = rows.get(id)
      return {
        ...{ id, name, hint },
        requests: Number(row?.requests ?? 0),
        errors: Number(row?.errors ?? 0),
        peakPerMinute: Number(row?.peakPerMinute ?? 0),
        peakConcurrent: Number(row?.peakConcurrent ?? 0),
        limits: limitsOf(type, heldTo),
      }
    })
    .sort((one, other) => other.requests - one.requests)
}

function stepOf(hours: number): ConsoleUsage['step'] {
  return hours === 1 ? 'hour' : 'day'
}

function pointsOf({ from, to }: Hours, hours: number): number {
  return Math.ceil(to / hours) - Math.floor(from / hours)
}

function sumOf({ requests }: Series): number {
  return requests.reduce((all, count) => all + count, 0)
}

import type { z } from 'zod'
import type { ConsoleUsage, consoleUsageQuery } from '#lib/contract/console.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import { type Caller, placeOf } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { meters } from './meters.ts'
import { hourMilliseconds, hoursOf } from './range.ts'
import { figuresOfKeys, type Hours, type KeyFigures, requestsByStep } from './store.ts'

type Series = ConsoleUsage['series'][number]

/** Who asks for things: a key, or an OAuth client, and the limits that it has. */
export type Asker = Pick<KeyView, 'id' | 'name' | 'hint' | 'type' | 'tier' | 'heldTo'> & {
  /** What works is shown before it asked for anything; a client is not. */
  status: KeyView['status'] | 'client'
}

/** Finds them by their ids, and the newest that work. */
export interface Askers {
  of(ids: readonly string[]): Promise<Asker[]>
  newest(most: number): Promise<Asker[]>
}

const mostAskers = 100

const keep = keepAnswers<{ busiest: KeyFigures[]; all: number; passed: number }>(({ passed }) => passed >= 2_000)

/**
 * Usage of the caller's environment over time: by operation and outcome, the most requests first; and of its askers, keys
 * that work and whoever has requests in the range, a hundred with the most; of many, as it was within the last minute. Without `from` and `to`: the last 30 days up to and with this hour. A day
 * that the range holds a part of is a point of its own, with that part's requests.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function usageOverTime(
  caller: Caller,
  query: z.output<typeof consoleUsageQuery>,
  askers: Askers,
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
    ...ofKeys,
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

async function keysOf(caller: Caller, range: Hours, askers: Askers): Promise<Pick<ConsoleUsage, 'keys' | 'otherKeys'>> {
  const place = placeOf(caller)
  const { busiest, all } = await keep(JSON.stringify([place, range]), async () => {
    const { keys, passed } = await figuresOfKeys(place, range)
    const busiest = keys.sort((one, other) => other.requests - one.requests).slice(0, mostAskers)
    return { busiest, all: keys.length, passed }
  })
  const rows = new Map(busiest.map((row) => [row.keyId, row]))
  const busy = await askers.of(busiest.map(({ keyId }) => keyId))
  const silent = busiest.length < mostAskers ? await askers.newest(mostAskers) : []
  const shown = [...busy, ...silent.filter(({ id, status }) => !rows.has(id) && status === 'active')]
  const keys = shown.slice(0, mostAskers).map(({ id, name, hint, type, tier, heldTo = tier }) => {
    const { requests = 0, errors = 0, peakPerMinute = 0, peakConcurrent = 0 } = rows.get(id) ?? {}
    return { id, name, hint, requests, errors, peakPerMinute, peakConcurrent, limits: limitsOf(type, heldTo) }
  })
  return { keys: keys.sort((one, other) => other.requests - one.requests), otherKeys: all - busiest.length }
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

import type { ConsoleUsageQuery } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { latestMoment } from '#lib/contract/latest-moment.ts'

export const ranges = {
  '6h': '6 hours',
  '24h': '24 hours',
  '3d': '3 days',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
} as const
export type RangeName = keyof typeof ranges

export const shows = { ceremonies: 'Ceremonies', requests: 'Requests' } as const

/**
 * What is looked at: an environment, and a range that ends now, days of one's own (UTC, both included), or the range that
 * what there is fits into.
 */
export interface UsageView {
  environment: Environment
  show: keyof typeof shows
  range: RangeName | 'custom' | 'fit'
  from: string
  to: string
}

const isDay = /^\d{4}-\d\d-\d\d$/
const hour = 3_600_000
const day = 24 * hour
const spans: Record<RangeName, number> = { '6h': 1 / 4, '24h': 1, '3d': 3, '7d': 7, '30d': 30, '90d': 90 }

/** The view that an address asks for; what it does not say, or says wrongly, is as it is for everybody. */
export function viewOf(search: { get(name: string): string | null }): UsageView {
  const [range, from, to] = [search.get('range') ?? '', search.get('from') ?? '', search.get('to') ?? '']
  return {
    environment: search.get('environment') === 'live' ? 'live' : 'test',
    show: search.get('show') === 'requests' ? 'requests' : 'ceremonies',
    range: from || to ? 'custom' : Object.hasOwn(ranges, range) ? (range as RangeName) : 'fit',
    from,
    to,
  }
}

/** Why days of one's own are no range, or undefined. */
export function whyNoRange({ range, from, to }: UsageView): string | undefined {
  if (range !== 'custom') return undefined
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  if (![from, to].every((text) => isDay.test(text)) || Number.isNaN(begin) || Number.isNaN(end)) {
    return 'Choose the first and the last day.'
  }
  if (end > latestMoment(Date.now())) return 'The last day is more than ten years ahead.'
  if (end < begin) return 'The last day is before the first.'
  return end + day - begin > 366 * day ? 'Choose a year at most.' : undefined
}

/** What to ask of the server about requests: the last hours with this one, or whole days with today; 30 days unless told. */
export function queryOf({ environment, range, from, to }: UsageView, now: number): Required<ConsoleUsageQuery> {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  if (range === 'custom') return { environment, from: at(Date.parse(from)), to: at(Date.parse(to) + day) }
  const span = range === 'fit' ? 30 : spans[range]
  const step = span <= 3 ? hour : day
  const end = (Math.floor(now / step) + 1) * step
  return { environment, from: at(end - span * day), to: at(end) }
}

/**
 * What to ask about ceremonies: the same, but up to this hour and no further, so that a day which is not over is compared with
 * as much of another.
 */
export function ceremonyQueryOf(view: UsageView, now: number): ConsoleUsageQuery {
  const { environment } = view
  if (view.range === 'fit') return { environment }
  const { from, to } = queryOf(view, now)
  return Date.parse(to) > now && Date.parse(from) < now ? { environment, from } : { environment, from, to }
}

/** The name of a range by how long it is; undefined where it has none. */
export function nameOfRange({ from, to }: { from: string; to: string }): RangeName | undefined {
  const length = Date.parse(to) - Date.parse(from)
  const names = Object.keys(spans) as RangeName[]
  // Of days, the last one is not over.
  return names.find(
    (name) => spans[name] * day - length >= 0 && spans[name] * day - length < Math.min(spans[name], 1) * day,
  )
}

/** The days of a view, as a date field takes them. */
export function daysOf(view: UsageView, now: number): { from: string; to: string } {
  if (view.range === 'custom') return { from: view.from, to: view.to }
  const { from, to } = queryOf(view, now)
  return { from: from.slice(0, 10), to: new Date(Date.parse(to) - 1).toISOString().slice(0, 10) }
}

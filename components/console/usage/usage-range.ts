import type { ConsoleUsageQuery } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { latestMoment } from '#lib/contract/latest-moment.ts'

export const ranges = { '24h': '24 hours', '7d': '7 days', '30d': '30 days', '90d': '90 days' } as const
export type RangeName = keyof typeof ranges

/** What is looked at: an environment, and either a range that ends now or days of one's own (UTC, both included). */
export interface UsageView {
  environment: Environment
  range: RangeName | 'custom'
  from: string
  to: string
}

const isDay = /^\d{4}-\d\d-\d\d$/
const hour = 3_600_000
const day = 24 * hour
const spans: Record<RangeName, number> = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 }

/** The view that an address asks for; what it does not say, or says wrongly, is as it is for everybody. */
export function viewOf(search: { get(name: string): string | null }): UsageView {
  const [range, from, to] = [search.get('range') ?? '', search.get('from') ?? '', search.get('to') ?? '']
  return {
    environment: search.get('environment') === 'live' ? 'live' : 'test',
    range: from || to ? 'custom' : Object.hasOwn(ranges, range) ? (range as RangeName) : '30d',
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

/** What to ask of the server: the last 24 hours with this one, or whole days with today. */
export function queryOf({ environment, range, from, to }: UsageView, now: number): Required<ConsoleUsageQuery> {
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  if (range === 'custom') return { environment, from: at(Date.parse(from)), to: at(Date.parse(to) + day) }
  const step = range === '24h' ? hour : day
  const end = (Math.floor(now / step) + 1) * step
  return { environment, from: at(end - spans[range] * day), to: at(end) }
}

/** The days of a view, as a date field takes them. */
export function daysOf(view: UsageView, now: number): { from: string; to: string } {
  if (view.range === 'custom') return { from: view.from, to: view.to }
  const { from, to } = queryOf(view, now)
  return { from: from.slice(0, 10), to: new Date(Date.parse(to) - 1).toISOString().slice(0, 10) }
}

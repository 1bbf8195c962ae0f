import type { ConsoleUsage } from '#lib/contract/console.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import { type Look, operationLook, othersLook, outcomeLooks } from './usage-looks.ts'

export type SeriesBy = 'operation' | 'outcome'

/** Requests of one operation, or with one outcome, at each point in time. */
export interface Series {
  name: string
  look: Look
  requests: readonly number[]
  total: number
}

/** The usage by operation or by outcome: the most frequent first, good answers before all refusals. */
export function seriesBy(usage: ConsoleUsage, by: SeriesBy): Series[] {
  const sums = new Map<string, number[]>()
  for (const { requests, ...names } of usage.series) {
    const sum = sums.get(names[by])
    sums.set(names[by], sum ? sum.map((count, at) => count + (requests[at] ?? 0)) : [...requests])
  }
  const totals = [...sums].map(([name, requests]) => ({ name, requests, total: requests.reduce((a, b) => a + b, 0) }))
  const good = (name: string) => Number(by === 'outcome' && goodOutcomes.includes(name))
  totals.sort((a, b) => good(b.name) - good(a.name) || b.total - a.total || (a.name < b.name ? -1 : 1))
  const looks = by === 'outcome' ? outcomeLooks(totals.map(({ name }) => name)) : undefined
  return totals.map((series) => ({ ...series, look: looks?.get(series.name) ?? operationLook(series.name) }))
}

/** At most `most` series: those at the end become one. */
export function folded(series: readonly Series[], most: number): Series[] {
  if (series.length <= most) return [...series]
  const rest = series.slice(most - 1)
  const others: Series = {
    name: `${rest.length} others`,
    look: othersLook,
    requests: rest[0]?.requests.map((_, at) => rest.reduce((sum, { requests }) => sum + (requests[at] ?? 0), 0)) ?? [],
    total: rest.reduce((sum, { total }) => sum + total, 0),
  }
  return [...series.slice(0, most - 1), others]
}

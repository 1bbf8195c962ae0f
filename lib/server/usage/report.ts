import { stringify } from 'csv-stringify/sync'
import { meterNames, type UsageAnswer, type UsageGroup } from '#lib/contract/usage.ts'
import { type Caller, placeOf } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { meters } from './meters.ts'
import { hourMilliseconds, hoursOf } from './range.ts'
import { sum } from './store.ts'

export interface UsageRange {
  from?: string | undefined
  to?: string | undefined
  groupBy: UsageGroup
}

const keep = keepAnswers<Awaited<ReturnType<typeof sum>>>((keys) => keys.length >= 2_000)

/**
 * Usage of the caller's own environment, by group; of thousands of keys, as it was within the last minute. Without `from` and `to`: the last 30 days up to and with this hour.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function report(caller: Caller, range: UsageRange): Promise<UsageAnswer> {
  const { groupBy } = range
  const [place, hours] = [placeOf(caller), hoursOf(range)]
  const ask = () => sum(place, hours, groupBy, meters)
  const sums = groupBy === 'key' ? await keep(JSON.stringify([place, hours]), ask) : await ask()
  const rows = (columns: readonly string[]) =>
    sums.map((row) => ({
      [groupBy]: nameOf(groupBy, row.group),
      ...Object.fromEntries(columns.map((column) => [column, Number(row[column])])),
    }))
  const totals = (columns: readonly string[]) =>
    Object.fromEntries(columns.map((column) => [column, sums.reduce((all, row) => all + Number(row[column]), 0)]))
  return {
    data: rows(counts),
    totals: totals(counts),
    meters: { data: rows(meterNames), totals: totals(meterNames) },
  } as UsageAnswer
}

/** A report as CSV (RFC 4180), a line for each row; spreadsheets take no cell of it for a formula. */
export function csvOf({ data, meters }: UsageAnswer, groupBy: UsageGroup): string {
  const rows = data.map((row, at) => [
    ...[row[groupBy], row.requests, row.errors],
    ...meterNames.map((meter) => meters.data[at]?.[meter]),
  ])
  return stringify([[groupBy, ...counts, ...meterNames], ...rows], {
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

const counts = ['requests', 'errors'] as const

function nameOf(groupBy: UsageGroup, group: string | number): string {
  if (groupBy === 'day') return new Date(Number(group) * 24 * hourMilliseconds).toISOString().slice(0, 10)
  if (groupBy === 'hour') return new Date(Number(group) * hourMilliseconds).toISOString()
  return String(group)
}

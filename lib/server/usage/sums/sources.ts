import type { Place } from '../../caller.ts'

/** Hours since the epoch: `from` up to but without `to`. */
export interface Hours {
  from: number
  to: number
}

/** By how much is told apart when something happened: a day that a range has all of is one moment, its first hour. */
export type Step = 'hour' | 'day'

/** What stands in the FROM of a query, with the values of its `?`. */
export interface Source {
  from: string
  values: (string | number)[]
}

const here = '"tenantId" = ? AND "environment" = ?'
const within = (column: string) => `"${column}" >= ? AND "${column}" < ?`
const tables = { keys: ['UsageCount', 'UsageShard'], pages: ['PageCeremony', 'PageShard'] } as const

/**
 * Requests of keys, or ceremonies on pages, of a place in a range: `operation`, `outcome`, `hour` and `requests`. Days and hours
 * are read from their sums, and beside them what is in none yet. One query sees each request once, whatever is added up meanwhile.
 */
export function ofPlace(place: Place, range: Hours, step: Step, counts: keyof typeof tables = 'keys'): Source {
  const { days, edges } = partsOf(range, step)
  const [counted, shards] = tables[counts]
  const columns = (hour: string, requests = '"requests"') =>
    `SELECT "operation", "outcome", ${hour} AS "hour", ${requests} AS "requests" FROM`
  const sums = (of: Step) =>
    `"UsageSum" WHERE ${here} AND "source" = '${counts}' AND "step" = '${of}' AND ${within('at')}`
  return union(place, [
    [`${columns('"at" * 24')} ${sums('day')}`, days],
    ...edges.map((edge) => [`${columns('"at"')} ${sums('hour')}`, edge] as const),
    [
      `${columns('"hour"', '"requests" - "summed"')} "${counted}" WHERE ${here} AND ${within('hour')} AND "requests" <> "summed"`,
      range,
    ],
    [`${columns('"hour"')} "${shards}" WHERE ${here} AND ${within('hour')}`, range],
  ])
}

/** Likewise requests of all keys of a place, or of some: with `keyId`, `peakPerMinute` and `peakConcurrent`, too. */
export function ofKeys(place: Place, range: Hours, keyIds?: readonly string[]): Source {
  const { days, edges } = partsOf(range, 'day')
  const those = keyIds ? `${here} AND "keyId" IN (${keyIds.map(() => '?').join(', ')})` : here
  const columns = (hour: string, requests = '"requests"') =>
    `SELECT "keyId", "operation", "outcome", ${hour} AS "hour", ${requests} AS "requests", "peakPerMinute", "peakConcurrent" FROM`
  const hours = `WHERE ${those} AND ${within('hour')}`
  return union(
    place,
    [
      [`${columns('"day" * 24')} "UsageKeyDay" WHERE ${those} AND ${within('day')}`, days],
      ...edges.map((edge) => [`${columns('"hour"')} "UsageCount" ${hours}`, edge] as const),
      [
        `${columns('"hour"', '"requests" - "summed"')} "UsageCount" ${hours} AND "requests" <> "summed"`,
        { from: days.from * 24, to: days.to * 24 },
      ],
      [`${columns('"hour"')} "UsageShard" ${hours}`, range],
    ],
    keyIds,
  )
}

/** The whole days of a range, since the epoch, and the hours before and behind them. */
function partsOf({ from, to }: Hours, step: Step): { days: Hours; edges: [Hours, Hours] } {
  const days = { from: Math.ceil(from / 24), to: Math.floor(to / 24) }
  if (step === 'hour' || days.from >= days.to)
    return {
      days: { from: 0, to: 0 },
      edges: [
        { from, to },
        { from: to, to },
      ],
    }
  return {
    days,
    edges: [
      { from, to: days.from * 24 },
      { from: days.to * 24, to },
    ],
  }
}

function union(
  { tenantId, environment }: Place,
  parts: readonly (readonly [sql: string, range: Hours])[],
  keyIds: readonly string[] = [],
): Source {
  return {
    from: `(${parts.map(([sql]) => sql).join(' UNION ALL ')}) AS "Counted"`,
    values: parts.flatMap(([, { from, to }]) => [tenantId, environment, ...keyIds, from, to]),
  }
}

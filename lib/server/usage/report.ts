import type { UsageAnswer, UsageGroup } from '#lib/contract/usage.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import { sum } from './store.ts'

const hourMilliseconds = 3_600_000
const maxHours = 366 * 24

/**
 * Usage of the caller's own environment, by group. Without `from` and `to`: the last 30 days up to and with this hour.
 *
 * @throws Problem invalid_request when the range is empty or longer than a year
 */
export async function report(
  caller: Caller,
  range: { from?: string | undefined; to?: string | undefined; groupBy: UsageGroup },
): Promise<UsageAnswer> {
  const to = range.to
    ? Math.ceil(Date.parse(range.to) / hourMilliseconds)
    : Math.floor(clock.now() / hourMilliseconds) + 1
  const from = range.from ? Math.floor(Date.parse(range.from) / hourMilliseconds) : to - 30 * 24
  if (from >= to)
    throw new Problem('invalid_request', '“from” must be before “to”.', {
      issues: [{ path: 'from', message: 'is not before “to”' }],
    })
  if (to - from > maxHours) {
    throw new Problem('invalid_request', 'Ask for a year at most.', {
      issues: [{ path: 'from', message: 'is more than 366 days before “to”' }],
    })
  }
  const sums = await sum(caller.tenant.id, caller.environment, from, to, range.groupBy)
  const data = sums.map(({ group, requests, errors }) => ({
    [range.groupBy]: nameOf(range.groupBy, group),
    requests: Number(requests),
    errors: Number(errors),
  }))
  return {
    data: data as UsageAnswer['data'],
    totals: {
      requests: data.reduce((total, row) => total + Number(row.requests), 0),
      errors: data.reduce((total, row) => total + Number(row.errors), 0),
    },
  }
}

function nameOf(groupBy: UsageGroup, group: string | bigint): string {
  if (groupBy === 'day') return new Date(Number(group) * 24 * hourMilliseconds).toISOString().slice(0, 10)
  if (groupBy === 'hour') return new Date(Number(group) * hourMilliseconds).toISOString()
  return String(group)
}

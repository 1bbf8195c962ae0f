import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import type { Hours } from './store.ts'

export const hourMilliseconds = 3_600_000
const maxHours = 366 * 24

/**
 * A range in whole hours. Without `from` and `to`: the last 30 days up to and with this hour.
 *
 * @throws Problem invalid_request when it is empty or longer than a year
 */
export function hoursOf(range: { from?: string | undefined; to?: string | undefined }): Hours {
  const to = range.to
    ? Math.ceil(Date.parse(range.to) / hourMilliseconds)
    : Math.floor(clock.now() / hourMilliseconds) + 1
  const from = range.from ? Math.floor(Date.parse(range.from) / hourMilliseconds) : to - 30 * 24
  if (from >= to) throw refused('“from” must be before “to”.', 'is not before “to”')
  if (to - from > maxHours) throw refused('Ask for a year at most.', 'is more than 366 days before “to”')
  return { from, to }
}

function refused(detail: string, message: string): Problem {
  return new Problem('invalid_request', detail, { issues: [{ path: 'from', message }] })
}

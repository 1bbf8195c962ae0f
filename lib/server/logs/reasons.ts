import type { Place } from '../caller.ts'
import { refusedIn } from './filter.ts'
import { flushLogs } from './note.ts'
import type { LogRow } from './row.ts'
import { scan } from './scan.ts'

/** Why requests of an operation were refused. */
export interface Reason {
  /** Null: where nothing is. */
  operation: string | null
  code: string
  /** The first check that failed where a credential did not verify, else the code. */
  reason: string
  requests: number
  /** The latest one: its id, and what it got where that is for anybody to know, such as the origin. */
  example: Pick<LogRow, 'id' | 'detail' | 'expected' | 'actual' | 'username'>
}

/** So many requests are passed: of more, the latest are counted. */
const mostPassed = 100_000

/**
 * Why requests of a place were refused that began in a range, in epoch milliseconds, the most frequent first; of some
 * operations, or of all. Only lots with refusals are read, and of a long range no more than is read in a moment.
 */
export async function reasonsIn(
  place: Place,
  { from, to }: { from: number; to: number },
  operations?: ReadonlySet<string>,
): Promise<Reason[]> {
  await flushLogs()
  const reasons = new Map<string, Reason>()
  const { lots, matches } = refusedIn(from, to)
  await scan(place, lots, { most: mostPassed }, ({ row }) => {
    const { id, operation, code, reason, detail, expected, actual, username } = row
    if (!code || !reason || !matches(row) || (operations && !operations.has(operation ?? ''))) return false
    const name = `${operation} ${code} ${reason}`
    const known = reasons.get(name)
    if (known) known.requests++
    else
      reasons.set(name, {
        ...{ operation, code, reason },
        requests: 1,
        example: { id, detail, expected, actual, username },
      })
    return false
  })
  return [...reasons.values()].sort((one, other) => other.requests - one.requests)
}

import type { Place } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { refusedIn } from './filter.ts'
import { flushLogs } from './note.ts'
import type { LogRow } from './row.ts'
import { manyPassed, scan, untilNow } from './scan.ts'

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

const keep = keepAnswers<{ reasons: Reason[]; passed: number }>(({ passed }) => passed >= manyPassed)

/**
 * Why requests of a place were refused that began in a range, in epoch milliseconds, the most frequent first; of some
 * operations, or of all. Only lots with refusals are read, and of a long range no more than is read in a moment; of many
 * requests, as it was within the last minute.
 */
export async function reasonsIn(
  place: Place,
  { from, to }: { from: number; to: number },
  operations?: ReadonlySet<string>,
): Promise<Reason[]> {
  await flushLogs()
  const name = JSON.stringify([place, from, untilNow(to), [...(operations ?? [])]])
  return (await keep(name, () => read(place, { from, to }, operations))).reasons
}

async function read(place: Place, { from, to }: { from: number; to: number }, operations?: ReadonlySet<string>) {
  const reasons = new Map<string, Reason>()
  const { lots, matches } = refusedIn(from, to)
  const { passed } = await scan(place, lots, { most: mostPassed }, ({ row }) => {
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
  return { reasons: [...reasons.values()].sort((one, other) => other.requests - one.requests), passed }
}

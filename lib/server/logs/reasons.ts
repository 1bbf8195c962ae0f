import { setImmediate as otherWork } from 'node:timers/promises'
import type { Place } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { refusedIn } from './filter.ts'
import { type LotReason, nameOf, reasonsOf, reasonsRead } from './lot-reasons.ts'
import { flushLogs } from './note.ts'
import { type LogRow, linesOf, readLine, read as rowsRead } from './row.ts'
import { beforeMoment, manyPassed, untilNow } from './scan.ts'
import { type LotKey, refusedBefore, rowsOf } from './store.ts'

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
const lotsAtOnce = 100

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
  const { lots: within, matches } = refusedIn(from, to)
  const reasons = new Map<string, LotReason & { lot: LotKey }>()
  let [before, passed] = [beforeMoment(to), 0]
  for (;;) {
    const lots = await refusedBefore(place, within, before, lotsAtOnce)
    for (const lot of lots) {
      const whole = lot.reasons !== null && lot.began >= within.from && lot.at < to
      for (const found of whole ? reasonsRead(lot.reasons ?? '') : await ofRows(place, lot, matches)) {
        if (operations && !operations.has(found.operation ?? '')) continue
        const known = reasons.get(nameOf(found))
        if (known) known.requests += found.requests
        else reasons.set(nameOf(found), { ...found, lot })
      }
      passed += lot.requests
      before = lot
      if (passed >= mostPassed) break
    }
    if (lots.length < lotsAtOnce || passed >= mostPassed) break
    await otherWork()
  }
  const examples = await Promise.all([...reasons.values()].map((reason) => withExample(place, reason)))
  return { reasons: examples.flat().sort((one, other) => other.requests - one.requests), passed }
}

/** Of a lot that a range has no more than a part of, or that has its reasons in its rows alone. */
async function ofRows(place: Place, lot: LotKey, matches: (row: LogRow) => boolean): Promise<LotReason[]> {
  await otherWork()
  const rows = await rowsOf(place, lot)
  return rows === undefined ? [] : reasonsOf(rowsRead(rows), matches)
}

async function withExample(place: Place, { lot, latest, ...reason }: LotReason & { lot: LotKey }): Promise<Reason[]> {
  await otherWork()
  const rows = await rowsOf(place, lot)
  const line = rows === undefined ? undefined : linesOf(rows)[latest]
  if (line === undefined) return []
  const { id, detail, expected, actual, username } = readLine(line)
  return [{ ...reason, example: { id, detail, expected, actual, username } }]
}

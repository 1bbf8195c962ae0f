import { setImmediate as otherWork } from 'node:timers/promises'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { behindAll } from '../ids.ts'
import { isRefusedLine, type LogRow, linesOf, readLine } from './row.ts'
import { ledTo } from './segments/led-to.ts'
import { type LotFilter, type LotKey, lotsBefore, type Slice } from './store.ts'

/** A row, and where it stands. */
export interface Placed {
  row: LogRow
  /** Of its lot, and its number there. */
  lot: LotKey
  number: number
}

/** How far a look went. */
export interface Scanned {
  /** Rows that were passed, whether they were looked at or not, or what cost as much. */
  passed: number
  /** The last lot that was, or a place behind it; null where none is left. */
  next: LotKey | null
}

// No request lasts so long: where one ended, it began no earlier.
export const longestMilliseconds = 2 * 60_000

// So many lots are read at once, and no further one behind so many rows: some lots are of one row, some of two hundred.
const [fewLots, manyLots, fewRows, manyRows] = [8, 512, 500, 500]

/** What so many were passed for is kept for a while. */
export const manyPassed = 2_000

/** The end of a range as it is named: one that is not over yet moves on. */
export function untilNow(to: number): number | 'now' {
  return to >= clock.now() ? 'now' : to
}

/** Before which lots stand all with requests that began before a moment and took no longer than that. */
export function beforeMoment(to: number, milliseconds = longestMilliseconds): LotKey {
  return { at: to + milliseconds, id: behindAll }
}

/**
 * Shows rows of a place that may fit a filter, the latest first, in the order in which they were written; in slices, between which others have
 * their turn. Ends where `visit` answers true, and behind so many rows: looking for what is rare does not take for ever.
 *
 * @returns how far it went
 */
export async function scan(
  place: Place,
  filter: LotFilter,
  { before = beforeMoment(filter.to), most }: { before?: LotKey; most: number },
  visit: (placed: Placed) => boolean,
): Promise<Scanned> {
  let [from, passed, lots] = [before, 0, fewLots]
  const read = filter.terms?.length ? ledTo(place, filter, filter.terms, manyRows) : allOf(place, filter)
  for (;;) {
    const slice = await read(from, lots)
    let inSlice = 0
    for (const { at, id, requests, rows } of slice.lots) {
      inSlice += requests
      const lot = { at, id }
      if (rows !== null) {
        const lines = linesOf(rows)
        for (let number = lines.length - 1; number >= 0; number--) {
          const line = lines[number] ?? ''
          if (!mayFit(line, filter)) continue
          if (visit({ row: readLine(line), lot, number })) return { passed: passed + inSlice, next: lot }
        }
      }
    }
    passed += slice.passed
    if (!slice.next || passed >= most) return { passed, next: slice.next }
    from = slice.next
    if (slice.passed < fewRows) lots = Math.min(lots * 4, manyLots)
    await otherWork()
  }
}

/** Lots as they stand there, slice by slice. */
function allOf(place: Place, filter: LotFilter) {
  return async (before: LotKey, lots: number): Promise<Slice> => {
    const found = await lotsBefore(place, filter, before, { lots, requests: manyRows })
    const passed = found.reduce((sum, { requests }) => sum + requests, 0)
    return { lots: found, passed, next: found.length < lots && passed < manyRows ? null : (found.at(-1) ?? null) }
  }
}

/** Whether a row is worth reading: a lot that is read for one of its rows has two hundred. */
function mayFit(line: string, { refused, texts }: LotFilter): boolean {
  return (!refused || isRefusedLine(line)) && texts.every((any) => any.some((text) => line.includes(text)))
}

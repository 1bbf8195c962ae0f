import type { Cell } from '../../server/db/moving/canonical.ts'
import type { Sink } from './sink.ts'

/** Fills a table with so many rows, each made by its number. */
export type Fill = (
  name: string,
  columns: string,
  count: number,
  row: (at: number) => Cell[],
  most?: number,
) => Promise<void>

const batch = 5_000

/** Fills tables of a database. Told of each how many rows it has. */
export function fillOf(sink: Sink, told: (table: string, rows: number) => void): Fill {
  return async (name, columns, count, row, most = batch) => {
    await sink.begin(name)
    for (let from = 0; from < count; from += most) {
      const rows = Array.from({ length: Math.min(most, count - from) }, (_, at) => row(from + at))
      await sink.insert(name, columns.split(' '), rows)
    }
    await sink.end(name)
    told(name, count)
  }
}

import { type Transaction, transaction } from '../../db/database.ts'
import { foldMonths, type MonthOf } from '../months/store.ts'
import { addRows, namesOf, type Row, type Target } from '../sums/store.ts'

/** What becomes of the rows of processes: the table that they are added to. */
interface Folding extends Target {
  from: string
}

const foldings: readonly Folding[] = [
  {
    ...{ from: 'UsageShard', into: 'UsageCount' },
    key: ['tenantId', 'environment', 'hour', 'operation', 'keyId', 'outcome'],
    sums: ['requests'],
    peaks: ['peakPerMinute', 'peakConcurrent'],
  },
  {
    ...{ from: 'PageShard', into: 'PageCeremony' },
    key: ['tenantId', 'environment', 'hour', 'operation', 'outcome'],
    sums: ['requests'],
    peaks: [],
  },
]

/**
 * Adds up some rows of hours before one, in one transaction: whoever adds to one of them meanwhile waits for it, or makes it
 * anew. How many they were.
 */
export async function foldCounts(hour: number, most: number): Promise<number> {
  let rows = 0
  for (const folding of foldings) rows += await transaction((tx) => fold(tx, folding, hour, most))
  return rows
}

/** Likewise what months grew by. */
export async function foldGrown(hour: number, monthOf: MonthOf): Promise<void> {
  await transaction((tx) => foldMonths(tx, hour, monthOf))
}

async function fold(tx: Transaction, folding: Folding, hour: number, most: number): Promise<number> {
  const { from, key, sums, peaks } = folding
  const own = namesOf([...key, 'shard'])
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `DELETE FROM "${from}" WHERE (${own}) IN (SELECT ${own} FROM "${from}" WHERE "hour" < ? ORDER BY "hour", ${own} LIMIT ?)
     RETURNING ${namesOf([...key, ...sums, ...peaks])}`,
    ...[hour, most],
  )
  await addRows(tx, folding, rows)
  return rows.length
}

import { type Transaction, transaction } from '../../db/database.ts'
import { foldMonths, type MonthCount } from '../months/store.ts'
import { greater } from './greater.ts'

/** What becomes of the rows of processes: the table that they are added to, what they are the same by, sums and greatest. */
interface Folding {
  from: string
  into: string
  key: readonly string[]
  sums: readonly string[]
  peaks: readonly string[]
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
export async function foldGrown(hour: number, monthOf: (tenantId: string, quota: number) => MonthCount): Promise<void> {
  await transaction((tx) => foldMonths(tx, hour, monthOf))
}

type Row = Record<string, string | number | bigint>

async function fold(tx: Transaction, folding: Folding, hour: number, most: number): Promise<number> {
  const { from, key, sums, peaks } = folding
  const own = names([...key, 'shard'])
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `DELETE FROM "${from}" WHERE (${own}) IN (SELECT ${own} FROM "${from}" WHERE "hour" < ? ORDER BY "hour", ${own} LIMIT ?)
     RETURNING ${names([...key, ...sums, ...peaks])}`,
    ...[hour, most],
  )
  const all = new Map<string, Row>()
  for (const row of rows) {
    const name = key.map((column) => row[column]).join(' ')
    const known = all.get(name)
    if (!known) all.set(name, row)
    else {
      for (const column of sums) known[column] = Number(known[column]) + Number(row[column])
      for (const column of peaks) known[column] = Math.max(Number(known[column]), Number(row[column]))
    }
  }
  if (all.size > 0) await tx.$executeRawUnsafe(addition(folding, all.size), ...valuesOf(folding, all))
  return rows.length
}

/** In one order, so that no two transactions wait for each other. */
function valuesOf({ key, sums, peaks }: Folding, rows: ReadonlyMap<string, Row>): unknown[] {
  const ordered = [...rows].sort(([one], [other]) => (one < other ? -1 : 1))
  return ordered.flatMap(([, row]) => [...key, ...sums, ...peaks].map((column) => row[column]))
}

function addition({ into, key, sums, peaks }: Folding, rows: number): string {
  const columns = [...key, ...sums, ...peaks]
  const row = `(${columns.map(() => '?').join(', ')})`
  const sets = [
    ...sums.map((column) => `"${column}" = "${into}"."${column}" + excluded."${column}"`),
    ...peaks.map((column) => `"${column}" = ${greater(into, column)}`),
  ]
  return `INSERT INTO "${into}" (${names(columns)}) VALUES ${new Array(rows).fill(row).join(', ')}
    ON CONFLICT (${names(key)}) DO UPDATE SET ${sets.join(', ')}`
}

function names(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ')
}

import { type Transaction, transaction } from '../../db/database.ts'
import { greater } from '../shards/greater.ts'

/** A table that rows are added to: what they are the same by, what of them is summed, and of what the greatest is kept. */
export interface Target {
  into: string
  key: readonly string[]
  sums: readonly string[]
  peaks: readonly string[]
}

export type Row = Record<string, string | number | bigint>

/** What is added up of counts: into which sums, and as what. */
interface Summing {
  from: string
  key: readonly string[]
  peaks: readonly string[]
  into: readonly [Target, (row: Row) => Row][]
}

const ofPlace: Target = {
  into: 'UsageSum',
  key: ['tenantId', 'environment', 'source', 'step', 'at', 'operation', 'outcome'],
  sums: ['requests'],
  peaks: [],
}
const ofKey: Target = {
  into: 'UsageKeyDay',
  key: ['tenantId', 'environment', 'keyId', 'day', 'operation', 'outcome'],
  sums: ['requests'],
  peaks: ['peakPerMinute', 'peakConcurrent'],
}
const dayOf = ({ hour }: Row) => Math.floor(Number(hour) / 24)
const sumsOf = (source: string): Summing['into'] => [
  [ofPlace, (row) => ({ ...row, source, step: 'hour', at: Number(row.hour) })],
  [ofPlace, (row) => ({ ...row, source, step: 'day', at: dayOf(row) })],
]

const summings: readonly Summing[] = [
  {
    from: 'UsageCount',
    key: ['tenantId', 'environment', 'hour', 'operation', 'keyId', 'outcome'],
    peaks: ofKey.peaks,
    into: [...sumsOf('keys'), [ofKey, (row) => ({ ...row, day: dayOf(row) })]],
  },
  {
    from: 'PageCeremony',
    key: ['tenantId', 'environment', 'hour', 'operation', 'outcome'],
    peaks: [],
    into: sumsOf('pages'),
  },
]

/**
 * Adds some of the counts that are in no sum yet to those of their hours and days, in one transaction; whichever process, of
 * whichever version, counted them. How many rows of counts they were.
 */
export async function sumUp(most: number): Promise<number> {
  let rows = 0
  for (const summing of summings) rows += await transaction((tx) => sumSome(tx, summing, most))
  return rows
}

/** Adds rows to those of a table, the same ones together; in one order, so that no two transactions wait for each other. */
export async function addRows(tx: Transaction, target: Target, rows: readonly Row[]): Promise<void> {
  const { key, sums, peaks } = target
  const all = new Map<string, Row>()
  for (const row of rows) {
    const name = key.map((column) => row[column]).join(' ')
    const known = all.get(name)
    if (!known) all.set(name, { ...row })
    else {
      for (const column of sums) known[column] = Number(known[column]) + Number(row[column])
      for (const column of peaks) known[column] = Math.max(Number(known[column]), Number(row[column]))
    }
  }
  const ordered = [...all].sort(([one], [other]) => (one < other ? -1 : 1))
  const values = ordered.flatMap(([, row]) => [...key, ...sums, ...peaks].map((column) => row[column]))
  if (all.size > 0) await tx.$executeRawUnsafe(addition(target, all.size), ...values)
}

async function sumSome(tx: Transaction, summing: Summing, most: number): Promise<number> {
  const { from, key, peaks, into } = summing
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `SELECT ${namesOf([...key, 'requests', 'summed', ...peaks])} FROM "${from}"
     WHERE "requests" <> "summed" ORDER BY "tenantId", "environment", "hour" LIMIT ?`,
    most,
  )
  if (rows.length === 0) return 0
  const taken = await take(tx, summing, rows)
  const grown = rows
    .filter((row) => taken.has(nameOf(key, row)))
    .map((row) => ({ ...row, requests: Number(row.requests) - Number(row.summed) }))
  for (const [target, as] of into) await addRows(tx, target, grown.map(as))
  return rows.length
}

/** Marks what these rows have as added up, where no other process did so meanwhile: which of them. */
async function take(tx: Transaction, { from, key }: Summing, rows: readonly Row[]): Promise<Set<string>> {
  const columns = [...key, 'requests', 'summed']
  const cell = (column: string) => (typeof rows[0]?.[column] === 'string' ? '?' : 'CAST(? AS INTEGER)')
  const one = `(${columns.map(cell).join(', ')})`
  const same = [...key, 'summed'].map(
    (column) => `"${from}"."${column}" = "Known"."column${columns.indexOf(column) + 1}"`,
  )
  const taken = await tx.$queryRawUnsafe<Row[]>(
    `UPDATE "${from}" SET "summed" = "Known"."column${key.length + 1}"
     FROM (VALUES ${new Array(rows.length).fill(one).join(', ')}) AS "Known" WHERE ${same.join(' AND ')}
     RETURNING ${namesOf(key)}`,
    ...rows.flatMap((row) => columns.map((column) => row[column])),
  )
  return new Set(taken.map((row) => nameOf(key, row)))
}

function nameOf(key: readonly string[], row: Row): string {
  return key.map((column) => row[column]).join(' ')
}

function addition({ into, key, sums, peaks }: Target, rows: number): string {
  const columns = [...key, ...sums, ...peaks]
  const row = `(${columns.map(() => '?').join(', ')})`
  const sets = [
    ...sums.map((column) => `"${column}" = "${into}"."${column}" + excluded."${column}"`),
    ...peaks.map((column) => `"${column}" = ${greater(into, column)}`),
  ]
  return `INSERT INTO "${into}" (${namesOf(columns)}) VALUES ${new Array(rows).fill(row).join(', ')}
    ON CONFLICT (${namesOf(key)}) DO UPDATE SET ${sets.join(', ')}`
}

/** Columns as SQL has them. */
export function namesOf(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ')
}

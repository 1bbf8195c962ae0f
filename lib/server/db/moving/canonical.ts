import { createHash } from 'node:crypto'
import { stampOfText } from '#lib/foundation/postgresql-rows.ts'
import { stampOf } from '#lib/foundation/stamps.ts'
import type { Column, Kind } from './tables.ts'

/** A value as text that is the same, whichever engine it came from. */
export type Cell = string | null

const asStored = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

const fromSqlite: Record<Kind, (value: never) => string> = {
  text: (text: string) => text,
  integer: (number: bigint) => String(number),
  boolean: (bit: bigint) => String(bit !== 0n),
  // SQLite's own default has neither T nor zone, and means UTC.
  moment: (moment: string | bigint) => {
    if (typeof moment === 'bigint') return stampOf(new Date(Number(moment)))
    if (asStored.test(moment)) return moment
    return stampOf(new Date(/[Z+]/.test(moment) ? moment : `${moment.replace(' ', 'T')}Z`))
  },
  bytes: (bytes: Buffer) => `\\x${bytes.toString('hex')}`,
}

const fromPostgresql: Record<Kind, (text: string) => string> = {
  text: (text) => text,
  integer: (text) => text,
  boolean: (text) => String(text === 't'),
  moment: stampOfText,
  bytes: (text) => text,
}

/** The cells of a row that SQLite gave with integers as bigints. */
export function cellsOfSqlite(columns: readonly Column[], row: readonly unknown[]): Cell[] {
  return columns.map(({ kind }, at) => (row[at] === null ? null : fromSqlite[kind](row[at] as never)))
}

/** The cells of a row that PostgreSQL gave as texts. */
export function cellsOfPostgresql(columns: readonly Column[], row: readonly Cell[]): Cell[] {
  return columns.map(({ kind }, at) => {
    const text = row[at] ?? null
    return text === null ? null : fromPostgresql[kind](text)
  })
}

/** How many rows a table has, and what tells any other rows from them. */
export interface Sum {
  rows: number
  /** SHA-256 in hex, of every cell in the order of the primary key. */
  checksum: string
}

/** Sums rows up, given in the order of the primary key. */
export function summing() {
  const hash = createHash('sha256')
  let rows = 0
  return {
    add(cells: readonly Cell[]): void {
      rows++
      // With its length before each, no two rows are written alike.
      hash.update(cells.map((cell) => (cell === null ? '-;' : `${cell.length}:${cell};`)).join(''))
    },
    sum: (): Sum => ({ rows, checksum: hash.digest('hex') }),
  }
}

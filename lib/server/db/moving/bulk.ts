import type { ClientBase } from 'pg'
import type { Cell } from './canonical.ts'
import { type Kind, quoted, type Table } from './tables.ts'

const types: Record<Kind, string> = {
  text: 'text',
  integer: 'bigint',
  boolean: 'boolean',
  moment: 'timestamp(3)',
  bytes: 'bytea',
}

/** The statement that writes many rows of a table to PostgreSQL: each of its values is all cells of one column. */
export function bulkInsert({ name, columns }: Pick<Table, 'name' | 'columns'>): string {
  const names = columns.map((column) => quoted(column.name))
  const given = columns.map((_, at) => `$${at + 1}::text[]`)
  const read = columns.map(({ kind }, at) => `${names[at]}::${types[kind]}`)
  return `INSERT INTO ${quoted(name)} (${names}) SELECT ${read} FROM unnest(${given}) AS "given" (${names})`
}

/** Writes rows to a table of PostgreSQL in one statement. */
export async function insertMany(
  client: ClientBase,
  table: Pick<Table, 'name' | 'columns'>,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return
  const values = table.columns.map((_, at) => rows.map((row) => row[at] ?? null))
  await client.query(bulkInsert(table), values)
}

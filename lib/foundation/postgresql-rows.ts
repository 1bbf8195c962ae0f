import pg from 'pg'

const { builtins } = pg.types

/** A column of an answer, as the driver tells it. */
export interface Field {
  name: string
  dataTypeID: number
}

/** What makes rows of a statement's columns. */
export type ToRow = (cells: readonly (string | null)[]) => Record<string, unknown>

/** What is read as SQLite gives it: integers as numbers, booleans as 1 and 0, moments as `stampOf` writes them. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.TIMESTAMP, stampOfText],
])

const asIs = new Set<number>([builtins.TEXT, builtins.VARCHAR, builtins.BPCHAR])

/** How rows of these columns are read: their text, as the server writes it. */
export function rowsOf(fields: readonly Field[]): ToRow {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name,
    read: asIs.has(dataTypeID) ? undefined : (parsers.get(dataTypeID) ?? pg.types.getTypeParser(dataTypeID, 'text')),
  }))
  return (cells) => {
    const row: Record<string, unknown> = {}
    for (let at = 0; at < columns.length; at++) {
      const { name, read } = columns[at] as (typeof columns)[number]
      const cell = cells[at] as string | null
      row[name] = cell === null || !read ? cell : read(cell)
    }
    return row
  }
}

/** A moment that PostgreSQL wrote, as `stampOf` has it. */
export function stampOfText(text: string): string {
  const [date, time = ''] = text.split(' ')
  const [seconds, fraction = ''] = time.split('.')
  return `${date}T${seconds}.${fraction.padEnd(3, '0')}+00:00`
}

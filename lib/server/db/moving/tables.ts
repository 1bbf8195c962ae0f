import type Database from 'better-sqlite3'

/** What a column holds, whichever engine keeps it. */
export type Kind = 'text' | 'integer' | 'boolean' | 'moment' | 'bytes'

export interface Column {
  name: string
  kind: Kind
}

export interface Table {
  name: string
  columns: Column[]
  /** The columns of its primary key, in their order. */
  key: string[]
}

/** As Prisma declares columns of SQLite. */
const kinds: Record<string, Kind> = {
  TEXT: 'text',
  INTEGER: 'integer',
  BIGINT: 'integer',
  BOOLEAN: 'boolean',
  DATETIME: 'moment',
  BLOB: 'bytes',
}

interface Declared {
  name: string
  type: string
  pk: number
}

/**
 * The tables of a database of SQLite, but for the history of its migrations: each after those that its rows refer to.
 *
 * @throws Error for a column of a type that no model has
 */
export function tablesOf(database: Database.Database): Table[] {
  const names = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_prisma_migrations'
       ORDER BY name`,
    )
    .pluck()
    .all()
  const ordered = new Set<string>()
  const visit = (name: string) => {
    if (ordered.has(name)) return
    for (const { table } of database.pragma(`foreign_key_list("${name}")`) as { table: string }[])
      if (table !== name) visit(table)
    ordered.add(name)
  }
  for (const name of names) visit(name)
  return [...ordered].map((name) => tableOf(name, database.pragma(`table_info("${name}")`) as Declared[]))
}

function tableOf(name: string, declared: Declared[]): Table {
  const columns = declared.map(({ name: column, type }) => {
    const kind = kinds[type]
    if (!kind) throw new Error(`${name}.${column} is of the type ${type}, which no model has.`)
    return { name: column, kind }
  })
  const key = declared.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk)
  return { name, columns, key: key.map(({ name: column }) => column) }
}

/** An identifier as SQL has it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

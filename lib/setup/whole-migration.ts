import type { Database } from 'better-sqlite3'

/** PostgreSQL's texts are compared byte by byte, as SQLite does. */
export function withCollation(sql: string): string {
  return sql.replace(/\bTEXT\b(?! COLLATE)/g, 'TEXT COLLATE "C"')
}

/**
 * SQLite changes a table by making it anew, and its triggers, its indexes of some rows and its checks go with the old one: the
 * first two are made again, and the checks are named for whoever writes the rest.
 */
export function withWhatWasLost(sql: string, database: Database): string {
  const anew = Array.from(sql.matchAll(/RENAME TO "(\w+)"/g), ([, table]) => table as string)
  const lost = database.prepare<[string], { sql: string }>(
    `SELECT "sql" FROM "sqlite_master" WHERE "tbl_name" = ? AND ("type" = 'trigger' OR "type" = 'index' AND "sql" LIKE '%WHERE%')
     ORDER BY "type", "name"`,
  )
  const parts = anew.flatMap((table) => {
    const again = lost.all(table).map((one) => `${one.sql};`)
    const checks = checksOf(database, table).map(
      ([name, check]) => `-- To be written into its CREATE TABLE: CONSTRAINT "${name}" ${check}`,
    )
    return again.length + checks.length === 0 ? [] : [`-- What went with the old "${table}".`, ...checks, ...again]
  })
  return parts.length === 0 ? sql : `${sql.trimEnd()}\n\n${parts.join('\n')}\n`
}

/** The checks that a table of SQLite's has, by name. */
export function checksOf(database: Database, table: string): [name: string, check: string][] {
  const [made] = database
    .prepare<[string], { sql: string }>(`SELECT "sql" FROM "sqlite_master" WHERE "type" = 'table' AND "name" = ?`)
    .all(table)
  const checks = made?.sql.matchAll(/CONSTRAINT "(\w+)" (CHECK \(.*\))(?=,?\s*$)/gm) ?? []
  return Array.from(checks, ([, name, check]) => [name as string, check as string])
}

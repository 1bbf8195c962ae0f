import type { Direct } from './direct.ts'
import { withDatabase } from './with-database.ts'

/**
 * Keeps a setting where a database has none of that name yet. Of processes that start at once on a new database, the first
 * decides.
 *
 * @returns what is kept: the value given, or an earlier one
 */
export function firstKept(file: string, name: string, value: string): string {
  return withDatabase(file, (database) => {
    const find = database.prepare('SELECT "value" FROM "Setting" WHERE "name" = ?').pluck()
    if (find.get(name) === undefined) {
      database.prepare('INSERT INTO "Setting" ("name", "value") VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, value)
    }
    return find.get(name) as string
  })
}

/** The same in a database that is open. */
export async function firstKeptIn(direct: Direct, name: string, value: string): Promise<string> {
  await direct.write(() => [
    ['INSERT INTO "Setting" ("name", "value") VALUES (?, ?) ON CONFLICT DO NOTHING', name, value],
  ])
  return (await direct.first<{ value: string }>('SELECT "value" FROM "Setting" WHERE "name" = ?', name))?.value ?? value
}

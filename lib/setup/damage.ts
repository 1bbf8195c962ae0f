import { database } from '../server/db/database.ts'
import { isOnPostgresql } from './on-sqlite.ts'

/**
 * Has the database refuse to update the rows of a table that have a value, by a trigger.
 *
 * @returns what undoes it
 */
export async function damage(table: string, column: string, value: string): Promise<() => Promise<void>> {
  const db = await database()
  const run = async (...statements: string[]) => {
    for (const statement of statements) await db.$executeRawUnsafe(statement)
  }
  const when = `WHEN (OLD."${column}" = '${value}')`
  if (!isOnPostgresql) {
    await run(`CREATE TRIGGER "damage" BEFORE UPDATE ON "${table}" ${when} BEGIN SELECT RAISE(ABORT, 'damaged'); END`)
    return () => run('DROP TRIGGER "damage"')
  }
  await run(
    `CREATE FUNCTION "damage"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'damaged'; END $$`,
    `CREATE TRIGGER "damage" BEFORE UPDATE ON "${table}" FOR EACH ROW ${when} EXECUTE FUNCTION "damage"()`,
  )
  return () => run(`DROP TRIGGER "damage" ON "${table}"`, 'DROP FUNCTION "damage"()')
}

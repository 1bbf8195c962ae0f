import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Migration, migrationsOf } from './migrate.ts'

// A row that is locked, as other engines that speak PostgreSQL's protocol have it, too.
const history = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS "_migrating" ("id" INTEGER PRIMARY KEY);
  INSERT INTO "_migrating" ("id") VALUES (1) ON CONFLICT DO NOTHING`

/** What two processes get that make the same table at once. */
const alreadyMade = new Set(['23505', '42P07', '42710'])

/**
 * The same for PostgreSQL: a process that comes to a migration waits for the one that is at it.
 *
 * @throws Error when an applied migration was edited since, or one fails (which leaves the database as it was)
 */
export async function migratePostgresql(url: string, directory: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // Its error comes with the query that meets it.
  client.on('error', () => {})
  await client.connect()
  try {
    const applied: string[] = []
    for (const migration of migrationsOf(directory)) if (await apply(client, migration)) applied.push(migration.name)
    return applied
  } finally {
    await client.end()
  }
}

/**
 * The same in a transaction that is open: what was applied is kept or forgotten with the rest of it.
 *
 * @throws Error when an applied migration was edited since, or one fails
 */
export async function migrateWithin(client: pg.ClientBase, directory: string): Promise<void> {
  await client.query(history)
  for (const migration of migrationsOf(directory)) await carryOut(client, migration)
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<boolean> {
  if (await isApplied(client, migration)) return false
  await client.query(history).catch((error) => {
    if (!alreadyMade.has(error.code)) throw error
  })
  await client.query('BEGIN')
  try {
    const isNew = await carryOut(client, migration)
    await client.query('COMMIT')
    return isNew
  } catch (error) {
    // Of a connection that broke, the server does it.
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** Where it is not applied by then, which only one transaction at a time looks at. */
async function carryOut(client: pg.ClientBase, migration: Migration): Promise<boolean> {
  await client.query('SELECT 1 FROM "_migrating" FOR UPDATE')
  if (await isApplied(client, migration)) return false
  const started = new Date()
  await client.query(migration.sql)
  await client.query(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
     VALUES ($1, $2, $3, $4, now(), 1)`,
    [randomUUID(), migration.checksum, migration.name, started],
  )
  return true
}

async function isApplied(client: pg.ClientBase, { name, checksum }: Migration): Promise<boolean> {
  const { rows } = await client
    .query(`SELECT "checksum" FROM "_prisma_migrations" WHERE "migration_name" = $1 AND "rolled_back_at" IS NULL`, [
      name,
    ])
    .catch((error) => {
      if (error.code === '42P01') return { rows: [] }
      throw error
    })
  if (rows[0] && rows[0].checksum !== checksum) throw new Error(`Migration ${name} was changed after it was applied.`)
  return rows.length > 0
}

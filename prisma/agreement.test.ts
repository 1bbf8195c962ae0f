import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresqlPrograms } from '../lib/setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../lib/setup/postgresql-server.ts'
import { checksOf } from '../lib/setup/whole-migration.ts'
import { migrate } from './migrate.ts'
import { migratePostgresql } from './migrate-postgresql.ts'
import { databases, modelsOf, type Provider, toModels } from './to-models.ts'

const folder = mkdtempSync(join(tmpdir(), 'playground-agreement-'))
let server: PostgresqlServer
const places = new Map<string, string>()
const has = postgresqlPrograms() !== undefined

beforeAll(async () => {
  if (has) server = await startPostgresql({ fsync: 'off' })
  for (const database of databases) {
    const file = join(folder, `${database}.db`)
    migrate(file, join('prisma', database, 'sqlite/migrations'))
    places.set(`${database} sqlite`, file)
    if (!has) continue
    const url = await server.create(database)
    await migratePostgresql(url, join('prisma', database, 'postgresql/migrations'))
    places.set(`${database} postgresql`, url)
  }
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const placeOf = (database: string, provider: Provider) => places.get(`${database} ${provider}`) as string

async function ask<Row extends object>(database: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: placeOf(database, 'postgresql') })
  await client.connect()
  return (await client.query<Row>(sql).finally(() => client.end())).rows
}

function askSqlite<Row>(database: string, sql: string): Row[] {
  const file = new Database(placeOf(database, 'sqlite'), { readonly: true })
  try {
    return file.prepare<[], Row>(sql).all()
  } finally {
    file.close()
  }
}

/** SQL without what either engine writes in its own way. */
function plain(sql: string): string {
  return sql
    .replace(/= ANY \(ARRAY\[(.*?)\]\)/g, 'IN ($1)')
    .replace(/::\w+|public\.|USING btree|["()\s]/gi, '')
    .toLowerCase()
}

for (const database of databases) {
  describe(database, () => {
    for (const provider of ['sqlite', 'postgresql'] as const) {
      test.skipIf(provider === 'postgresql' && !has)(
        `the migrations of ${provider} make the models, and nothing else`,
        async () => {
          const place = placeOf(database, provider)
          expect(await toModels(provider, place, modelsOf(database))).toBe('')
          const more = `${modelsOf(database)}\nmodel Unheard {\n  id String @id\n}\n`
          expect(await toModels(provider, place, more)).toContain('CREATE TABLE "Unheard"')
        },
      )
    }

    test.skipIf(!has)('both engines have the same indexes, those that hold some rows alone, too', async () => {
      const sql = `SELECT "sql" FROM "sqlite_master" WHERE "type" = 'index' AND "sql" IS NOT NULL`
      const here = askSqlite<{ sql: string }>(database, sql).map((row) => plain(row.sql))
      const there = await ask<{ sql: string }>(
        database,
        `SELECT pg_get_indexdef(indexrelid) AS "sql" FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE NOT indisprimary AND relnamespace = 'public'::regnamespace`,
      )
      expect(here.length).toBeGreaterThan(5)
      expect(there.map((row) => plain(row.sql)).sort()).toEqual(here.sort())
    })

    test.skipIf(!has)('both engines check the same', async () => {
      const tables = askSqlite<{ name: string }>(database, `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table'`)
      const file = new Database(placeOf(database, 'sqlite'), { readonly: true })
      const here = tables.flatMap(({ name }) =>
        checksOf(file, name).map(([check, sql]) => plain(`${name} ${check} ${sql}`)),
      )
      file.close()
      const there = await ask<{ sql: string }>(
        database,
        `SELECT relname || ' ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid) AS "sql"
         FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE contype = 'c'`,
      )
      expect(there.map((row) => plain(row.sql)).sort()).toEqual(here.sort())
      expect(here).toHaveLength(database === 'auth' ? 4 : 0)
    })

    test.skipIf(!has)('both engines refuse the same changes, in the same words', async () => {
      const here = askSqlite<{ sql: string }>(database, `SELECT "sql" FROM "sqlite_master" WHERE "type" = 'trigger'`)
      const there = await ask<{ sql: string; body: string }>(
        database,
        `SELECT pg_get_triggerdef(pg_trigger.oid) AS "sql", prosrc AS "body" FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
         WHERE NOT tgisinternal`,
      )
      // Each engine has a way around a refused deletion of its own: INSERT OR REPLACE, and TRUNCATE.
      const refused = (sql: string, body: string) => {
        const [, events = '', table] = /BEFORE ([A-Z ]+?) ON (?:public\.)?"(\w+)"/.exec(sql) ?? []
        const words = /'([^'%]+\.)'/.exec(body)?.[1]
        return /_is_never_(?:replaced|emptied)"/.test(sql)
          ? []
          : events.split(' OR ').map((event) => `${event} ${table}: ${words}`)
      }
      const inSqlite = here.flatMap(({ sql }) => refused(sql, sql)).sort()
      expect(there.flatMap(({ sql, body }) => refused(sql, `${sql}${body}`)).sort()).toEqual(inSqlite)
      expect(inSqlite).toHaveLength(database === 'auth' ? 9 : 0)
    })

    test.skipIf(!has)('both engines compare every text byte by byte', async () => {
      const sql = `SELECT "name" FROM "sqlite_master" WHERE "sql" LIKE '%COLLATE%'`
      expect(askSqlite(database, sql)).toEqual([])
      const texts = await ask<{ column: string; collation: string | null }>(
        database,
        `SELECT table_name || '.' || column_name AS "column", collation_name AS "collation" FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type ~ 'char|text' AND left(table_name, 1) <> '_'`,
      )
      expect(texts.length).toBeGreaterThan(10)
      expect(texts.filter(({ collation }) => collation !== 'C')).toEqual([])
    })
  })
}

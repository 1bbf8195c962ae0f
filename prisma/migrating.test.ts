import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { postgresqlPrograms } from '../lib/setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../lib/setup/postgresql-server.ts'
import { runScript } from '../lib/setup/run-script.ts'
import { migrate } from './migrate.ts'
import { migratePostgresql } from './migrate-postgresql.ts'

// What holds for the migrations of both engines.

interface Engine {
  /** Makes an empty database. */
  create(): Promise<void>
  migrate(): Promise<string[]>
  /** The same in a process of its own. */
  script(): string
  ask<Row extends object>(sql: string): Promise<Row[]>
  /** Holds what a process that migrates waits for, until it is called. */
  lock(): Promise<() => Promise<void>>
  tables: string
  /** A statement that goes on for as long as nobody ends it, or what `lock` holds is free. */
  long: string
}

let folder: string
let directory: string
let server: PostgresqlServer
const place = { file: '', url: '' }
const module = (name: string) => JSON.stringify(join(import.meta.dirname, name))
const script = (name: string, verb: string, where: string) =>
  `import(${module(name)}).then((made) => made.${verb}(${JSON.stringify(where)}, ${JSON.stringify(directory)}))
     .then((applied) => console.log(JSON.stringify(applied)))`

const sqlite: Engine = {
  async create() {
    place.file = join(folder, 'x.db')
  },
  migrate: async () => migrate(place.file, directory),
  script: () => script('migrate.ts', 'migrate', place.file),
  async ask(sql) {
    const database = new Database(place.file)
    try {
      return database.prepare<[], never>(sql).all()
    } finally {
      database.close()
    }
  },
  async lock() {
    const other = new Database(place.file, { timeout: 0 })
    other.exec('BEGIN IMMEDIATE')
    return async () => void other.close()
  },
  tables: `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' ORDER BY "name"`,
  long: 'INSERT INTO "third" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;',
}

let databases = 0
async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: place.url })
  await client.connect()
  return client
}

const postgresql: Engine = {
  async create() {
    place.url = await server.create(`x${databases++}`)
  },
  migrate: () => migratePostgresql(place.url, directory),
  script: () => script('migrate-postgresql.ts', 'migratePostgresql', place.url),
  async ask(sql) {
    const client = await connected()
    return (await client.query(sql).finally(() => client.end())).rows
  },
  async lock() {
    const other = await connected()
    await other.query('BEGIN; SELECT 1 FROM "_migrating" FOR UPDATE NOWAIT')
    return () => other.end()
  },
  tables: `SELECT "tablename" AS "name" FROM "pg_tables" WHERE "schemaname" = 'public' AND "tablename" <> '_migrating' ORDER BY 1`,
  // Its server goes on with a statement whose client is gone: this one ends when the test says so.
  long: 'SELECT 1 FROM pg_advisory_xact_lock(7);',
}

const has = postgresqlPrograms() !== undefined
beforeAll(async () => {
  if (has) server = await startPostgresql({ fsync: 'off' })
})
afterAll(() => server?.stop())

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}

describe.each([['SQLite', sqlite], ...(has ? [['PostgreSQL', postgresql] as const] : [])] as const)(
  '%s',
  (name, engine) => {
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'playground-migrate-'))
      directory = join(folder, 'migrations')
      write('1_first', 'CREATE TABLE "first" ("id" INTEGER);')
      write('2_second', 'CREATE TABLE "second" ("id" INTEGER); INSERT INTO "first" VALUES (1);')
      await engine.create()
      return () => rmSync(folder, { recursive: true, force: true })
    })

    const tables = async () => (await engine.ask<{ name: string }>(engine.tables)).map((row) => row.name)
    const first = () => engine.ask('SELECT * FROM "first" ORDER BY "id"')
    const before = ['_prisma_migrations', 'first', 'second']

    test('migrations are applied in order, once', async () => {
      expect(await engine.migrate()).toEqual(['1_first', '2_second'])
      expect(await engine.migrate()).toEqual([])
      expect(await tables()).toEqual(before)
      expect(await first()).toEqual([{ id: 1 }])
      write('3_third', 'INSERT INTO "first" VALUES (2);')
      expect(await engine.migrate()).toEqual(['3_third'])
      expect(await first()).toEqual([{ id: 1 }, { id: 2 }])
    })

    test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
      write('3_third', 'CREATE TABLE "third" ("id" INTEGER); INSERT INTO "nowhere" VALUES (1);')
      await expect(engine.migrate()).rejects.toThrow(/nowhere/)
      expect(await tables()).toEqual(before)
      write('3_third', 'CREATE TABLE "third" ("id" INTEGER);')
      expect(await engine.migrate()).toEqual(['3_third'])
    })

    test('a migration that was changed after it was applied is refused', async () => {
      await engine.migrate()
      write('1_first', 'CREATE TABLE "first" ("id" INTEGER, "more" TEXT);')
      write('3_third', 'CREATE TABLE "third" ("id" INTEGER);')
      await expect(engine.migrate()).rejects.toThrow('Migration 1_first was changed after it was applied.')
      expect(await tables()).toEqual(before)
    })

    test('where nothing is to be applied, nobody’s lock is waited for', async () => {
      await engine.migrate()
      const free = await engine.lock()
      expect(await engine.migrate()).toEqual([])
      write('2_second', 'SELECT 1;')
      await expect(engine.migrate()).rejects.toThrow('Migration 2_second was changed after it was applied.')
      await free()
    })

    test('processes that start at once apply each migration once', async () => {
      const runs = await Promise.all(Array.from({ length: 8 }, () => runScript('-e', [engine.script()])))
      expect(runs.map(({ code, stderr }) => code === 0 || stderr)).toEqual(Array(8).fill(true))
      expect(runs.flatMap(({ stdout }) => JSON.parse(stdout)).sort()).toEqual(['1_first', '2_second'])
      expect(await first()).toEqual([{ id: 1 }])
      expect(await engine.ask('SELECT 1 FROM "_prisma_migrations"')).toHaveLength(2)
    })

    test('a process that is killed half-way leaves the database as it was, and the next one goes on', async () => {
      await engine.migrate()
      write('3_third', `CREATE TABLE "third" ("id" INTEGER); INSERT INTO "first" VALUES (3); ${engine.long}`)
      const gate = name === 'PostgreSQL' ? await connected() : undefined
      await gate?.query('SELECT pg_advisory_lock(7)')
      const child = spawn(process.execPath, ['-e', engine.script()], { stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await expect.poll(isAtIt).toBe(true)
      child.kill('SIGKILL')
      await ended
      await gate?.end()
      expect(await tables()).toEqual(before)
      expect(await first()).toEqual([{ id: 1 }])
      write('3_third', 'CREATE TABLE "third" ("id" INTEGER); INSERT INTO "first" VALUES (3);')
      expect(await engine.migrate()).toEqual(['3_third'])
      expect(await first()).toEqual([{ id: 1 }, { id: 3 }])
    })

    /** Whether a process is in the middle of a migration. */
    async function isAtIt(): Promise<boolean> {
      if (name === 'PostgreSQL') {
        const waits = `SELECT 1 FROM pg_stat_activity WHERE "wait_event" = 'advisory' AND "datname" = current_database()`
        return (await engine.ask(waits)).length > 0
      }
      return engine.lock().then(
        (free) => free().then(() => false),
        (error) => error.code === 'SQLITE_BUSY',
      )
    }
  },
)

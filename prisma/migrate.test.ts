import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { runScript } from '../lib/setup/run-script.ts'
import { migrate } from './migrate.ts'

let file: string
let directory: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'playground-migrate-'))
  file = join(folder, 'x.db')
  directory = join(folder, 'migrations')
  write('1_first', 'CREATE TABLE "first" ("id" INTEGER);')
  write('2_second', 'CREATE TABLE "second" ("id" INTEGER); INSERT INTO "first" VALUES (1);')
})

function write(name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}

function ask<Row>(sql: string): Row[] {
  const database = new Database(file)
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}

const tables = () =>
  ask<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").map(({ name }) => name)

test('migrations are applied in order, once', () => {
  expect(migrate(file, directory)).toEqual(['1_first', '2_second'])
  expect(migrate(file, directory)).toEqual([])
  expect(tables()).toEqual(['_prisma_migrations', 'first', 'second'])
  expect(ask('SELECT * FROM "first"')).toEqual([{ id: 1 }])
  write('3_third', 'INSERT INTO "first" VALUES (2);')
  expect(migrate(file, directory)).toEqual(['3_third'])
  expect(ask('SELECT * FROM "first"')).toEqual([{ id: 1 }, { id: 2 }])
})

test('the history is as Prisma writes it', () => {
  migrate(file, directory)
  const rows = ask<Record<string, unknown>>('SELECT * FROM "_prisma_migrations" ORDER BY migration_name')
  expect(rows).toHaveLength(2)
  expect(rows[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    checksum: createHash('sha256').update('CREATE TABLE "first" ("id" INTEGER);').digest('hex'),
    migration_name: '1_first',
    started_at: expect.any(Number),
    finished_at: expect.any(Number),
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  })
})

test('a migration that fails leaves nothing of itself, and those before it stay', () => {
  write('3_third', 'CREATE TABLE "third" ("id" INTEGER); INSERT INTO "nowhere" VALUES (1);')
  expect(() => migrate(file, directory)).toThrow(/nowhere/)
  expect(tables()).toEqual(['_prisma_migrations', 'first', 'second'])
  write('3_third', 'CREATE TABLE "third" ("id" INTEGER);')
  expect(migrate(file, directory)).toEqual(['3_third'])
})

test('a migration that was changed after it was applied is refused', () => {
  migrate(file, directory)
  write('1_first', 'CREATE TABLE "first" ("id" INTEGER, "more" TEXT);')
  write('3_third', 'CREATE TABLE "third" ("id" INTEGER);')
  expect(() => migrate(file, directory)).toThrow('Migration 1_first was changed after it was applied.')
  expect(tables()).not.toContain('third')
})

test('processes that start at once apply each migration once', async () => {
  const script = `import('./prisma/migrate.ts').then(({ migrate }) => console.log(JSON.stringify(migrate(${JSON.stringify(file)}, ${JSON.stringify(directory)}))))`
  const runs = await Promise.all(Array.from({ length: 8 }, () => runScript('-e', [script])))
  expect(runs.map(({ code, stderr }) => code === 0 || stderr)).toEqual(Array(8).fill(true))
  expect(runs.flatMap(({ stdout }) => JSON.parse(stdout)).sort()).toEqual(['1_first', '2_second'])
  expect(ask('SELECT * FROM "first"')).toEqual([{ id: 1 }])
})

test('our own migrations make every model of the schema', () => {
  migrate(file)
  const models = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^model (\w+)/gm)].map(([, name]) => name)
  expect(models.length).toBeGreaterThan(5)
  expect(tables()).toEqual(expect.arrayContaining(models))
})

test('keys that were to expire beyond the year 9999 expire at its end, and all others when they did', () => {
  const ours = join(process.cwd(), 'prisma', 'migrations')
  const before = (name: string) => /^\d/.test(name) && name < '20261126062500'
  for (const name of readdirSync(ours).filter(before)) {
    cpSync(join(ours, name), join(directory, 'before', name), { recursive: true })
  }
  migrate(file, join(directory, 'before'))
  const year = '2027-01-01T00:00:00.000+00:00'
  const key = (id: string, expires: string) => `
    INSERT INTO "ApiKey" ("id", "tenantId", "environment", "name", "hash", "hint", "scopes", "familyId", "expiresAt", "plannedExpiresAt")
    VALUES ('${id}', 't', 'test', 'x', '', '', '', '${id}', ${expires});`
  const database = new Database(file)
  database.exec(`INSERT INTO "Tenant" ("id", "slug", "name") VALUES ('t', 't', 'x');
    ${key('beyond', "'+010000-01-01T11:59:59.000+00:00', '+010000-01-01T11:59:59.000+00:00'")}
    ${key('rotated', `'${year}', '+010000-01-01T11:59:59.000+00:00'`)}
    ${key('usual', `'${year}', '${year}'`)} ${key('never', 'NULL, NULL')}`)
  database.close()
  migrate(file)
  const end = '9999-12-31T23:59:59.999+00:00'
  expect(ask('SELECT "id", "expiresAt", "plannedExpiresAt" FROM "ApiKey" ORDER BY "id"')).toEqual([
    { id: 'beyond', expiresAt: end, plannedExpiresAt: end },
    { id: 'never', expiresAt: null, plannedExpiresAt: null },
    { id: 'rotated', expiresAt: year, plannedExpiresAt: end },
    { id: 'usual', expiresAt: year, plannedExpiresAt: year },
  ])
})

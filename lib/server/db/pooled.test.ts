import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// What a connection would have to keep between two transactions, or other engines that speak PostgreSQL's protocol do not have:
// behind a pooler the next transaction has another connection. PgBouncer of Debian 12 knows no prepared statements: those of
// postgresql-batch.ts are done without where it stands between (pgbouncer.test).

const kept = [
  /\bnextval\s*\(|\bcurrval\s*\(|\bCREATE\s+SEQUENCE\b|\b(?:BIG|SMALL)?SERIAL\b(?!i)|\bAS\s+IDENTITY\b/,
  /\bpg_(?:try_)?advisory/i,
  /['"`]\s*(?:LISTEN|UNLISTEN|NOTIFY)\b|\bpg_notify\b/,
  /\bCREATE\s+(?:LOCAL\s+|GLOBAL\s+)?TEMP(?:ORARY)?\b|\bINTO\s+TEMP\b/i,
  /\bSET\s+(?:SESSION|ROLE|TIME\s+ZONE|search_path|application_name|(?:statement|lock|idle\w*)_timeout|default_\w+|timezone)\b|\bset_config\s*\([^)]*,\s*false\s*\)/,
  /['"`]\s*(?:PREPARE|DEALLOCATE|DISCARD)\b|\bWITH\s+HOLD\b|\bquery\w*\(\s*\{[^}]*\bname:/,
]

const keeps = (text: string) => kept.some((pattern) => pattern.test(text))

test.each([
  ['`CREATE SEQUENCE "s"`', '`CREATE TABLE "s" ("i" INTEGER)`'],
  ['"id" BIGSERIAL PRIMARY KEY', '"id" BIGINT PRIMARY KEY'],
  [`client.query('SELECT pg_advisory_lock(1)')`, `client.query('SELECT 1 FROM "t" FOR UPDATE')`],
  [`client.query('LISTEN changes')`, `server.listen(80)`],
  ['CREATE TEMP TABLE "t" ("i" INTEGER)', '"temp" TEXT'],
  [`client.query('SET lock_timeout = 1')`, `client.query("SET LOCAL lock_timeout = '10s'")`],
  [`client.query('SET search_path = x')`, '`UPDATE "t" SET "name" = 1`'],
  [`pool.query({ name: 'all', text: 'SELECT 1' })`, `pool.query({ text: 'SELECT 1', values: [] })`],
])('%s is found, and %s is not', (one, other) => {
  expect([keeps(one), keeps(other)]).toEqual([true, false])
})

test('no SQL leaves anything with its connection', () => {
  const folders = ['lib/foundation/**/*.ts', 'lib/server/**/*.ts', 'lib/mpc/server/**/*.ts', 'prisma/*.ts']
  const files = globSync(folders).filter((file) => !/\.test\.ts$|-for-tests\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((file) => keeps(readFileSync(file, 'utf8')))).toEqual([])
})

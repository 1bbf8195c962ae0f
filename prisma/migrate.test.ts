import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
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

test('what refers to a table that is made anew stays, and is refused where its row is gone', () => {
  write('1_first', 'CREATE TABLE "owner" ("id" INTEGER PRIMARY KEY); INSERT INTO "owner" VALUES (1);')
  write(
    '2_second',
    `CREATE TABLE "owned" ("id" INTEGER, "owner" INTEGER REFERENCES "owner"("id") ON DELETE CASCADE);
     INSERT INTO "owned" VALUES (7, 1);`,
  )
  migrate(file, directory)
  const anew = (where: string) => `CREATE TABLE "new_owner" ("id" INTEGER PRIMARY KEY, "more" TEXT);
    INSERT INTO "new_owner" ("id") SELECT "id" FROM "owner" WHERE ${where};
    DROP TABLE "owner"; ALTER TABLE "new_owner" RENAME TO "owner";`
  write('3_third', anew('"id" <> 1'))
  expect(() => migrate(file, directory)).toThrow('Migration 3_third leaves rows that refer to none.')
  expect(ask('SELECT * FROM "owner"')).toEqual([{ id: 1 }])
  write('3_third', anew('true'))
  migrate(file, directory)
  expect(ask('SELECT * FROM "owner"')).toEqual([{ id: 1, more: null }])
  expect(ask('SELECT * FROM "owned"')).toEqual([{ id: 7, owner: 1 }])
})

test('our own migrations make every model of the schema', () => {
  migrate(file)
  const models = [...readFileSync('prisma/auth/models.prisma', 'utf8').matchAll(/^model (\w+)/gm)].map(
    ([, name]) => name,
  )
  expect(models.length).toBeGreaterThan(5)
  expect(tables()).toEqual(expect.arrayContaining(models))
})

/** Applies those of our own migrations that come before one. */
function migrateBefore(migration: string): void {
  const ours = join(process.cwd(), 'prisma/auth/sqlite/migrations')
  const before = (name: string) => /^\d/.test(name) && name < migration
  for (const name of readdirSync(ours).filter(before)) {
    cpSync(join(ours, name), join(directory, 'before', name), { recursive: true })
  }
  migrate(file, join(directory, 'before'))
}

test('what was opened by one of several passkeys ends; of the only passkey it goes on, by its name', () => {
  migrateBefore('20261126064500')
  const user = (id: string, ...passkeys: string[]) => `
    INSERT INTO "User" ("id", "tenantId", "environment", "username", "displayName") VALUES ('${id}', 't', 'test', '${id}', '');
    INSERT INTO "Member" ("id", "tenantId", "userId", "name") VALUES ('m${id}', 't', '${id}', '${id}');
    INSERT INTO "ConsoleSession" ("id", "hash", "memberId", "expiresAt") VALUES ('${id}', '${id}', 'm${id}', '2027-01-01');
    INSERT INTO "OAuthConsent" ("userId", "clientId", "scopes", "updatedAt") VALUES ('${id}', 'c', 'openid', '2026-01-01');
    ${record(`session-${id}`, 'Session', id)} ${record(`grant-${id}`, 'Grant', id)}
    ${record(`token-${id}`, 'RefreshToken', id, `grant-${id}`)}
    ${passkeys
      .map(
        (
          passkey,
        ) => `INSERT INTO "Passkey" ("id", "tenantId", "environment", "userId", "credentialId", "publicKey", "algorithm",
        "signCount", "name", "aaguid", "transports", "backupEligible", "backedUp", "attestationFormat", "attestationTrusted")
        VALUES ('${passkey}', 't', 'test', '${id}', '${passkey}', x'00', -7, 0, '', '', '', false, false, 'none', false);`,
      )
      .join('')}`
  const record = (id: string, kind: string, userId: string, grantId = '') => `
    INSERT INTO "OAuthRecord" ("id", "kind", "userId", "grantId", "payload")
    VALUES ('${id}', '${kind}', nullif('${userId}', ''), nullif('${grantId}', ''), '');`
  const database = new Database(file)
  database.exec(`INSERT INTO "Tenant" ("id", "slug", "name") VALUES ('t', 't', 'x');
    ${user('one', 'p1')} ${user('two', 'p2', 'p3')} ${record('session-nobody', 'Session', '')} ${record('i', 'Interaction', '')}`)
  database.close()
  migrate(file)
  expect(ask('SELECT "id", "passkeyId" FROM "ConsoleSession"')).toEqual([{ id: 'one', passkeyId: 'p1' }])
  expect(ask('SELECT "id", "passkeyId" FROM "OAuthRecord" ORDER BY "id"')).toEqual([
    { id: 'grant-one', passkeyId: 'p1' },
    { id: 'session-nobody', passkeyId: null },
    { id: 'session-one', passkeyId: 'p1' },
    { id: 'token-one', passkeyId: null },
  ])
  expect(ask('SELECT "userId", "resource", "scopes" FROM "OAuthConsent" ORDER BY "userId"')).toEqual([
    { userId: 'one', resource: '', scopes: 'openid' },
    { userId: 'two', resource: '', scopes: 'openid' },
  ])
})

test('keys that were to expire beyond the year 9999 expire at its end, and all others when they did', () => {
  migrateBefore('20261126062500')
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

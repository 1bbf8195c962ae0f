import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { postgresqlPrograms } from '../lib/setup/postgresql.mjs'
import { startPostgresql } from '../lib/setup/postgresql-server.ts'
import { migrate } from './migrate.ts'
import { migratePostgresql } from './migrate-postgresql.ts'

const folder = mkdtempSync(join(tmpdir(), 'playground-ids-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A folder of our migrations that come before the one that is tried. */
function migrationsBefore(provider: string): string {
  const ours = join('prisma/auth', provider, 'migrations')
  const to = join(folder, provider)
  for (const name of readdirSync(ours).filter((one) => /^\d/.test(one) && one < tried(ours))) {
    cpSync(join(ours, name), join(to, name), { recursive: true })
  }
  return to
}

const tried = (ours: string) => readdirSync(ours).find((name) => name.endsWith('_ids_that_sort')) as string

const numbers = [1, 2, 9, 10, 11, 100, 2_000_000_000]
const events = (at: string) =>
  numbers
    .map(
      (id) => `
  INSERT INTO "AuditEvent" ("id", "at", "tenantId", "action", "actorType", "actorId", "actorName", "targetId", "targetName", "after")
  VALUES (${id}, '${at}', 't${id % 2}', 'key.created', 'operator', '', '', '${id}', '', '{"a":${id}}');
  INSERT INTO "LogLot" ("id", "tenantId", "environment", "at", "began", "requests", "refused", "rows")
  VALUES (${id}, 't', 'live', 5, 4, 3, 2, '[${id}]');`,
    )
    .join('')
const padded = (id: number) => String(id).padStart(24, '0')
const audit = `SELECT "id", "tenantId", "targetId", "after" FROM "AuditEvent" ORDER BY "id"`
const log = `SELECT "id", "at", "began", "requests", "refused", "rows" FROM "LogLot" ORDER BY "at", "id"`
const kept = numbers.map((id) => ({
  id: padded(id),
  tenantId: `t${id % 2}`,
  targetId: String(id),
  after: `{"a":${id}}`,
}))
const keptLots = numbers.map((id) => ({ id: padded(id), at: 5, began: 4, requests: 3, refused: 2, rows: `[${id}]` }))

const again = `INSERT INTO "AuditEvent" SELECT * FROM "AuditEvent" LIMIT 1`
const changes = [`UPDATE "AuditEvent" SET "after" = NULL`, `DELETE FROM "AuditEvent"`]

describe('the migration to ids that sort keeps every event and lot, in their order, and what refuses changes of them', () => {
  test('on SQLite', () => {
    const file = join(folder, 'x.db')
    migrate(file, migrationsBefore('sqlite'))
    const database = new Database(file)
    database.exec(events('2026-01-01T00:00:00.000+00:00'))
    migrate(file)
    expect(database.prepare(audit).all()).toEqual(kept)
    expect(database.prepare(log).all()).toEqual(keptLots)
    for (const sql of [...changes, again, again.replace('INSERT', 'INSERT OR REPLACE')]) {
      expect(() => database.exec(sql), sql).toThrow('The audit log only grows.')
    }
    expect(database.prepare(audit).all()).toEqual(kept)
    database.close()
  })

  test.skipIf(!postgresqlPrograms())('on PostgreSQL', async () => {
    const server = await startPostgresql({ fsync: 'off' })
    const client = new pg.Client({ connectionString: await server.create('x') })
    try {
      await client.connect()
      await migratePostgresql(server.urlOf('x'), migrationsBefore('postgresql'))
      await client.query(events('2026-01-01 00:00:00'))
      await migratePostgresql(server.urlOf('x'), 'prisma/auth/postgresql/migrations')
      const lots = (await client.query(log)).rows.map((row) => ({
        ...row,
        at: Number(row.at),
        began: Number(row.began),
      }))
      expect((await client.query(audit)).rows).toEqual(kept)
      expect(lots).toEqual(keptLots)
      for (const sql of [...changes, 'TRUNCATE "AuditEvent"']) {
        await expect(client.query(sql), sql).rejects.toThrow('The audit log only grows.')
      }
      await expect(client.query(again)).rejects.toThrow(/AuditEvent_pkey/)
      const sequences = `SELECT 1 FROM pg_sequences WHERE "schemaname" = 'public'`
      expect((await client.query(sequences)).rows).toEqual([])
    } finally {
      await client.end()
      await server.stop()
    }
  })
})

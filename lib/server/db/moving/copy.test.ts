import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../../../../prisma/migrate.ts'
import { migratePostgresql } from '../../../../prisma/migrate-postgresql.ts'
import { overwrite, rootsOf } from '../../../setup/faults/overwrite.ts'
import { isolated } from '../../../setup/isolated.ts'
import { postgresqlPrograms } from '../../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../../setup/postgresql-server.ts'
import { fill, partOf } from '../../../setup/seed/fill.ts'
import { openSink } from '../../../setup/seed/sink.ts'
import { type Copied, copyDatabase } from './copy.ts'

// How much is copied, and how often a copy is killed: more where somebody asks for it.
const share = Number(process.env.COPY_SHARE || 0.001)
const kills = Number(process.env.COPY_KILLS || 2)

const size = { ...partOf(share), days: 2 }
const { users } = size
const secret = 'a secret of tests, at least 32 characters'
const migrations = join(process.cwd(), 'prisma/auth/postgresql/migrations')
const signCount = 4_294_967_295

let server: PostgresqlServer
let folder: string
let from: string

/** A database with something of every kind in it, and what is hard to write down. */
async function source(): Promise<string> {
  const file = join(folder, 'playground.db')
  migrate(file)
  const database = new Database(file)
  database.exec(`
    INSERT INTO "Tenant" ("id", "slug", "name", "monthlyQuota", "signUp") VALUES ('tnt_1', 'acme', 'Ac{me} "\\, NULL 🔑', NULL, 0);
    INSERT INTO "Tenant" ("id", "slug", "name", "createdAt") VALUES ('tnt_2', 'globex', '', '2026-02-03T04:05:06.070+00:00');
    INSERT INTO "Account" ("tenantId", "environment", "available", "reserved") VALUES ('tnt_1', 'live', 9007199254740993, 0);
    INSERT INTO "LedgerTransaction" ("id", "tenantId", "environment", "sequence", "type", "sourceId", "amount", "available", "reserved", "at")
      VALUES ('txn_1', 'tnt_1', 'live', 1, 'top_up', 'top_1', 5, 5, 0, '2026-02-03T04:05:06.007+00:00');
    INSERT INTO "LedgerEntry" VALUES ('txn_1', 'available', 5), ('txn_1', 'funding', -5);
    INSERT INTO "AuditEvent" ("id", "at", "tenantId", "action", "actorType", "actorId", "actorName", "targetId", "targetName")
      VALUES ('41', '2026-02-03T04:05:06.000+00:00', 'tnt_1', 'x', 'operator', 'operator', 'Operator', 'tnt_1', 'Acme');
    INSERT INTO "Setting" VALUES ('note', 'Zeile 1
Zeile 2');`)
  const logo = database.prepare(`INSERT INTO "Logo" VALUES ('tnt_1', 'lgo_1', 'image/png', ?)`)
  logo.run(Buffer.from([0, 255, 92, 120, 39]))
  database.close()
  const sink = await openSink({ engine: 'sqlite', file })
  await fill(sink, 'tnt_1', size, () => undefined)
  await sink.close()
  write(file, `UPDATE "Passkey" SET "signCount" = ${signCount}`)
  return file
}

function write(file: string, sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query<Row>(sql).finally(() => client.end())).rows
}

const copyTo = (to: string, rehearsal = false, progress: (done: number, all: number) => void = () => undefined) =>
  copyDatabase({ from, to, migrations, rehearsal, progress })
const rowsOf = (copied: Copied[], name: string) => copied.find(({ table }) => table === name)?.rows
const tablesIn = (url: string) => ask(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)

/** How many users a target has; undefined where there is not even a table. */
async function usersIn(url: string): Promise<number | undefined> {
  const made = await tablesIn(url)
  if (made.length === 0) return undefined
  return Number((await ask<{ users: string }>(url, 'SELECT count(*) AS "users" FROM "User"'))[0]?.users)
}

const timeout = 60_000 + share * 3_000_000

describe.skipIf(!postgresqlPrograms())('a copy on PostgreSQL', { timeout }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'playground-copy-'))
    writeFileSync(join(folder, 'secret'), secret)
    from = await source()
    server = await startPostgresql({ fsync: 'off', full_page_writes: 'off' })
  }, timeout)
  afterAll(async () => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('has everything as it was at one moment, whoever writes meanwhile', async () => {
    const to = await server.create('equal')
    let told: [number, number] | undefined
    const copied = await copyTo(to, false, (done, all) => {
      if (!told) write(from, `INSERT INTO "Setting" VALUES ('later', 'x')`)
      told = [done, all]
    })
    write(from, `DELETE FROM "Setting" WHERE "name" = 'later'`)
    const all = copied.reduce((sum, { rows }) => sum + rows, 0)
    expect(told).toEqual([2 * all, 2 * all])
    expect([rowsOf(copied, 'User'), rowsOf(copied, 'Passkey'), rowsOf(copied, 'Setting')]).toEqual([
      users,
      2 * users,
      1,
    ])
    expect(await usersIn(to)).toBe(users)

    const [tenant] = await ask(to, `SELECT "name", "signUp", "monthlyQuota" FROM "Tenant" WHERE "id" = 'tnt_1'`)
    expect(tenant).toEqual({ name: 'Ac{me} "\\, NULL 🔑', signUp: false, monthlyQuota: null })
    const moment = `SELECT "createdAt"::text AS "at" FROM "Tenant" WHERE "id" = 'tnt_2'`
    expect(await ask(to, moment)).toEqual([{ at: '2026-02-03 04:05:06.07' }])
    expect(await ask(to, 'SELECT "bytes" FROM "Logo"')).toEqual([{ bytes: Buffer.from([0, 255, 92, 120, 39]) }])
    expect(await ask(to, 'SELECT "available" FROM "Account"')).toEqual([{ available: '9007199254740993' }])
    expect(await ask(to, 'SELECT max("signCount") AS "most" FROM "Passkey"')).toEqual([{ most: String(signCount) }])
    expect(await ask(to, `SELECT "id" FROM "AuditEvent" WHERE "id" = '41'`)).toEqual([{ id: '41' }])
  })

  test('that is rehearsed leaves nothing, and the same can be done after it', async () => {
    const to = await server.create('rehearsed')
    const rehearsed = await copyTo(to, true)
    expect(await tablesIn(to)).toEqual([])
    expect(await copyTo(to)).toEqual(rehearsed)
  })

  test('of a file that is damaged is refused, and leaves nothing; once that is put back, it can be made', async () => {
    const to = await server.create('damaged')
    const putBack = overwrite(from, rootsOf(from, 'Passkey'))
    await expect(copyTo(to)).rejects.toThrow(/playground\.db cannot be used: its file is damaged/)
    expect(await tablesIn(to)).toEqual([])
    putBack()
    await copyTo(to)
    expect(await usersIn(to)).toBe(users)
  })

  test('is refused where there are rows, or tables of something else; tables that are empty are taken', async () => {
    const to = await server.create('full')
    await migratePostgresql(to, migrations)
    await ask(to, `INSERT INTO "Setting" VALUES ('a', 'b')`)
    await expect(copyTo(to)).rejects.toThrow(/full is not empty: it has rows in Setting\. /)
    expect([await usersIn(to), await ask(to, 'SELECT * FROM "Setting"')]).toEqual([0, [{ name: 'a', value: 'b' }]])
    await ask(to, 'DELETE FROM "Setting"')
    await copyTo(to)
    expect(await usersIn(to)).toBe(users)

    const other = await server.create('other')
    await ask(other, 'CREATE TABLE "orders" ()')
    await expect(copyTo(other)).rejects.toThrow(/other is not empty: it has tables of something else \(orders\)\. /)
    expect(await tablesIn(other)).toEqual([{ tablename: 'orders' }])
    await expect(copyTo(server.urlOf('nowhere'))).rejects.toThrow(/nowhere cannot be used: it is not there\.$/)
  })

  test('that comes out different is taken back, and says where', async () => {
    const to = await server.create('different')
    await migratePostgresql(to, migrations)
    await ask(
      to,
      `CREATE FUNCTION "meddle"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW."tier" = ''other''; RETURN NEW; END';
       CREATE TRIGGER "meddles" BEFORE INSERT ON "ApiKey" FOR EACH ROW WHEN (NEW."name" = 'Key 3') EXECUTE FUNCTION "meddle"()`,
    )
    await expect(copyTo(to)).rejects.toThrow(
      /“ApiKey” came out different: \d+ rows here, \d+ there, of other contents\./,
    )
    expect(await usersIn(to)).toBe(0)
  })

  test.each(Array.from({ length: kills }, (_, at) => at + 1))(
    'that is killed leaves nothing or everything, and can be done again: kill %i',
    async (kill) => {
      const to = await server.create(`killed-${kill}`)
      const copying = () => {
        const words = ['lib/server/admin.ts', 'database', 'copy', '--to', to]
        const env = { ...process.env, ...isolated(folder), ROOT_SECRET: secret }
        return spawn(process.execPath, words, { env, stdio: 'ignore' })
      }
      const ending = (child: ReturnType<typeof spawn>) =>
        new Promise<number | null>((resolve) => child.once('exit', resolve))
      const child = copying()
      const ended = ending(child)
      // What it does is in one transaction: from the beginning of that on, at some moment.
      const begun = `SELECT 1 FROM pg_stat_activity WHERE datname = 'killed-${kill}' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`
      while (child.exitCode === null && (await ask(to, begun)).length === 0) await delay(5)
      await delay(Math.random() * 1_000 * Math.max(1, share * 200))
      child.kill('SIGKILL')
      await ended

      // The server notices by itself that nobody is there any more.
      await expect.poll(() => ask(to, begun), { timeout: 60_000 }).toEqual([])
      const left = await usersIn(to)
      expect([undefined, users]).toContain(left)
      const again = await ending(copying())
      expect(again).toBe(left === undefined ? 0 : 1)
      expect(await usersIn(to)).toBe(users)
    },
    2 * timeout,
  )

  test('of the MPC server’s database has its bytes and moments, too', async () => {
    const file = join(folder, 'mpc.db')
    migrate(file, join(process.cwd(), 'prisma/mpc/sqlite/migrations'))
    const key = `INSERT INTO "Key" ("id", "tenantId", "environment", "sub", "label", "suite", "threshold", "parties", "publicKey",
        "publicPackage", "identityKeys", "share", "approval", "maxPerHour", "frozen", "createdAt")
      VALUES ('key_1', 'tnt_1', 'live', 'usr_1', 'Pay', 'ed25519', 2, '[]', x'00ff', '{}', '{}', 's', 'a', 0, 1, '2026-02-03T04:05:06.007+00:00')`
    write(file, key)
    const to = await server.create('mpc')
    const ofMpc = join(process.cwd(), 'prisma/mpc/postgresql/migrations')
    const copied = await copyDatabase({
      from: file,
      to,
      migrations: ofMpc,
      rehearsal: false,
      progress: () => undefined,
    })
    expect(rowsOf(copied, 'Key')).toBe(1)
    const [row] = await ask(to, 'SELECT "publicKey", "frozen", "createdAt"::text AS "at" FROM "Key"')
    expect(row).toEqual({ publicKey: Buffer.from([0, 255]), frozen: true, at: '2026-02-03 04:05:06.007' })
    await expect(copyTo(to)).rejects.toThrow('it has tables of something else')
  })
})

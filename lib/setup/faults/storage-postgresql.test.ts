import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeDatabase } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { postgresqlPrograms } from '../postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../postgresql-server.ts'
import { serveApi } from '../serve-api.ts'
import { expectFull, expectHealed, newShop, outlast, type Shop } from './refusing.ts'
import { isWhole } from './whole.ts'

// A server whose PostgreSQL refuses for a while, as those see it who ask it meanwhile. It has a database server of its own.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

/** A disk that can be filled, for the database alone: that needs the right to mount one. */
const disk = mkdtempSync(join(tmpdir(), 'playground-tablespace-'))
const ownDisk = isWhole && mounted()

function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=0777', 'tmpfs', disk], { stdio: 'ignore' })
    execFileSync('chown', ['postgres', disk])
    return true
  } catch {
    return false
  }
}

describe.runIf(postgresqlPrograms())('a PostgreSQL that refuses', () => {
  let postgresql: PostgresqlServer
  let server: Awaited<ReturnType<typeof serveApi>>
  let shop: Shop
  let operator: pg.Client

  beforeAll(async () => {
    postgresql = await startPostgresql({ fsync: 'off' })
    // A machine that is busy with tests is no server that is away: whose connections are cut, and go on there.
    const url = `${await postgresql.create('auth')}&connect_timeout=30`
    operator = new pg.Client({ connectionString: postgresql.urlOf('postgres') })
    operator.on('error', () => {})
    await operator.connect()
    if (ownDisk) {
      await operator.query(`CREATE TABLESPACE small LOCATION '${disk}'`)
      await operator.query('ALTER DATABASE "auth" SET TABLESPACE small')
    }
    const settings = { DATABASE_URL: url, ROOT_SECRET: 'a secret of tests, at least 32 characters' }
    process.env.ROOT_SECRET = settings.ROOT_SECRET
    env().database = { engine: 'postgresql', url }
    server = await serveApi(env().dataDir, { ...settings, BASE_URL: 'http://localhost:3000', DEMO: 'off' })
    shop = await newShop(server.url)
  })
  afterAll(async () => {
    expect(await server?.stop('SIGTERM')).toBe(0)
    await closeDatabase()
    await operator?.end()
    await postgresql?.stop()
    if (ownDisk) execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  /** For all connections from now on: those that there are end. */
  async function readOnly(value: 'on' | 'off'): Promise<void> {
    await operator.query(`ALTER DATABASE "auth" SET default_transaction_read_only = ${value}`)
    await operator.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'auth'")
  }

  test('read-only: all that writes is refused, and the log says why', async () => {
    await outlast(server.url, shop, async () => {
      await readOnly('on')
      return () => readOnly('off')
    })
    expect(server.output.join('')).toMatch(/unavailable: requests are refused/)
  })

  test('lock: another process’s is waited for beside the loop, and then said; what was refused is not done later', async () => {
    const lock = async () => {
      const other = new pg.Client({ connectionString: postgresql.urlOf('auth') })
      await other.connect()
      other.on('error', () => {})
      await other.query('BEGIN')
      const { rows: tables } = await other.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
      // They may be read.
      await other.query(`LOCK TABLE ${tables.map(({ tablename }) => `"${tablename}"`).join(', ')} IN EXCLUSIVE MODE`)
      return async () => {
        await other.query('ROLLBACK')
        await other.end()
      }
    }
    const ceremonies = async () => {
      const [{ count } = { count: 0 }] = await rows<{ count: number }>(
        'SELECT count(*)::int AS "count" FROM "Ceremony"',
      )
      return count
    }
    await outlast(server.url, shop, lock, { milliseconds: 20_000, patience: 13_000 })
    // None of those that were refused was begun later.
    expect(await ceremonies()).toBe(shop.done.get('a ceremony'))
  })

  async function rows<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: postgresql.urlOf('auth') })
    await client.connect()
    return (await client.query<Row>(sql).finally(() => client.end())).rows
  }

  test.runIf(ownDisk)(
    'disk: once it is full what finds no room is refused, and nothing that was answered is lost',
    async () => {
      await expectHealed(server.url, shop)
      const filler = join(disk, 'filler')
      const file = openSync(filler, 'w')
      try {
        for (;;) writeSync(file, Buffer.alloc(8192, 1))
      } catch {
        closeSync(file)
      }
      await expectFull(server.url, shop)
      rmSync(filler)
      await expectHealed(server.url, shop)
    },
  )
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgresql } from '../postgresql-server.ts'
import { fill, mountSmall, unmount } from './disk.ts'
import { overwrite, type Page } from './overwrite.ts'
import { isWhole } from './whole.ts'

/** What ends a fault. */
export type End = () => Promise<void>

/** A PostgreSQL of a test's own, one database of which can be had to refuse. */
export interface RefusingPostgresql {
  url: string
  /** What is in the database. */
  rows<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>
  /** Its connections end, and those from then on may only read. */
  readOnly(): Promise<End>
  /** The server is a standby, which follows another one, as after another one has taken over. */
  standby(): Promise<End>
  /** Another transaction has the lock of every table: they may be read. */
  locked(): Promise<End>
  /** Its disk has no room any more. Only where it is one of its own. */
  full(): End
  /** The pages of tables are overwritten, as a disk does that fails. */
  damaged(...tables: string[]): Promise<End>
  stop(): Promise<void>
}

/** A disk that can be filled, where this user may mount one. */
const disk = mkdtempSync(join(tmpdir(), 'playground-tablespace-'))
export const hasOwnDisk = isWhole && mountSmall(disk, 'size=40m,mode=0777')

const page = 8192
const pagesOf = (bytes: number): Page[] =>
  Array.from({ length: bytes / page }, (_, at) => ({ offset: at * page, size: page }))

/** Starts it, with its pages' checksums, and an empty database. */
export async function refusingPostgresql(database: string): Promise<RefusingPostgresql> {
  const server = await startPostgresql({ fsync: 'off' }, undefined, ['--data-checksums'])
  // A machine that is busy with tests is no server that is away: whose connections are cut, and go on there.
  const url = `${await server.create(database)}&connect_timeout=30`
  const rows = async <Row extends pg.QueryResultRow>(sql: string, of = database): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: server.urlOf(of) })
    await client.connect()
    return (await client.query<Row>(sql).finally(() => client.end())).rows
  }
  if (hasOwnDisk) {
    execFileSync('chown', ['postgres', disk])
    await rows(`CREATE TABLESPACE small LOCATION '${disk}'`, 'postgres')
    await rows(`ALTER DATABASE "${database}" SET TABLESPACE small`, 'postgres')
  }

  async function onlyRead(value: 'on' | 'off'): Promise<void> {
    await rows(`ALTER DATABASE "${database}" SET default_transaction_read_only = ${value}`, 'postgres')
    await rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`, 'postgres')
  }

  return {
    url,
    rows: (sql) => rows(sql),
    async readOnly() {
      await onlyRead('on')
      return () => onlyRead('off')
    },
    async standby() {
      await server.rest((data) => writeFileSync(join(data, 'standby.signal'), ''))
      return async () => {
        await rows('SELECT pg_promote()', 'postgres')
      }
    },
    async locked() {
      const other = new pg.Client({ connectionString: server.urlOf(database) })
      await other.connect()
      other.on('error', () => {})
      await other.query('BEGIN')
      const { rows: tables } = await other.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
      await other.query(`LOCK TABLE ${tables.map(({ tablename }) => `"${tablename}"`).join(', ')} IN EXCLUSIVE MODE`)
      return async () => {
        await other.query('ROLLBACK')
        await other.end()
      }
    },
    full() {
      const makeRoom = fill(disk)
      return async () => makeRoom()
    },
    async damaged(...tables) {
      const paths = tables.map((table) => `pg_relation_filepath('"${table}"')`)
      const sizes = tables.map((table) => `pg_relation_size('"${table}"')::int`)
      const [{ files, bytes } = { files: [], bytes: [] }] = await rows<{ files: string[]; bytes: number[] }>(
        `SELECT ARRAY[${paths}] AS "files", ARRAY[${sizes}] AS "bytes"`,
      )
      let putBack: (() => void)[] = []
      await server.rest((data) => {
        putBack = files.map((file, at) => overwrite(join(data, file), pagesOf(bytes[at] ?? 0)))
      })
      return () =>
        server.rest(() => {
          for (const back of putBack) back()
        })
    },
    async stop() {
      await server.stop()
      if (hasOwnDisk) unmount(disk)
      rmSync(disk, { recursive: true, force: true })
    },
  }
}

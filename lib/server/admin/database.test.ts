import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { migrate } from '../../../prisma/migrate.ts'
import { isolated, newDataDir } from '../../setup/isolated.ts'
import { runScript } from '../../setup/run-script.ts'
import { copyFile } from '../db/moving/backup.ts'
import { env } from '../env.ts'
import { adminHere, errorHere, jsonHere } from './here.ts'

const backupIn = (folder = newDataDir('backup')) => join(folder, 'backup.db')

/** The command where another database would be: in a data directory of its own. */
async function admin(dataDir: string, ...words: string[]) {
  return runScript('lib/server/admin.ts', words, isolated(dataDir))
}

/** A data directory with nothing but this server's secret in it, or another text. */
function emptyDataDir(secret = readFileSync(join(env().dataDir, 'secret'), 'utf8')): string {
  const dataDir = newDataDir('restore')
  writeFileSync(join(dataDir, 'secret'), secret)
  return dataDir
}

const slugsIn = (file: string) => {
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare('SELECT "slug" FROM "Tenant" ORDER BY "slug"').pluck().all()
  } finally {
    database.close()
  }
}

beforeAll(async () => {
  await jsonHere('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
})

describe('database backup', () => {
  test('keeps what is there in one file for its owner alone, while others write, and overwrites nothing', async () => {
    const other = new Database(fileOf(env().database))
    other.exec(`BEGIN IMMEDIATE; INSERT INTO "Tenant" ("id", "slug", "name") VALUES ('tnt_open', 'open', 'Open')`)
    const to = backupIn()
    expect(await jsonHere('database', 'backup', to)).toEqual({ from: fileOf(env().database), to })
    other.exec('ROLLBACK')
    other.close()
    expect(slugsIn(to)).toEqual(expect.arrayContaining(['shop']))
    expect(slugsIn(to)).not.toContain('open')
    expect(statSync(to).mode & 0o777).toBe(0o600)
    expect(existsSync(`${to}-wal`)).toBe(false)

    const before = readFileSync(to)
    expect(await errorHere('database', 'backup', to)).toContain(`${to} is there already, and is not overwritten`)
    expect(readFileSync(to).equals(before)).toBe(true)
    expect(await errorHere('database', 'backup', join(to, 'x', 'y.db'))).toMatch(/ cannot be used: .+\.\n$/)
  })

  test('of nothing is refused, and makes nothing', async () => {
    const dataDir = emptyDataDir()
    const { code, stderr } = await admin(dataDir, 'database', 'backup', backupIn(dataDir))
    expect([code, stderr]).toEqual([1, `There is no database ${join(dataDir, 'playground.db')}.\n`])
    expect([existsSync(join(dataDir, 'playground.db')), existsSync(backupIn(dataDir))]).toEqual([false, false])
  })
})

test('a backup has all that was written before it began, and nothing in halves, whoever writes while it is made', async () => {
  const from = join(newDataDir('written'), 'playground.db')
  migrate(from)
  const other = new Database(from)
  // What is more than one turn of the copying.
  other.exec('CREATE TABLE "ballast" ("bytes" BLOB); BEGIN')
  for (let row = 0; row < 200; row++) other.prepare('INSERT INTO "ballast" VALUES (zeroblob(100_000))').run()
  other.exec('COMMIT')
  let written = 0
  const write = () => {
    const insert = other.prepare(`INSERT INTO "Setting" ("name", "value") VALUES (?, 'x')`)
    other.transaction(() => ['one', 'other'].map((half) => insert.run(`${half}-${written}`)))()
    written++
  }
  for (let first = 0; first < 5; first++) write()
  const to = backupIn()
  await copyFile(from, to, { check: () => undefined, progress: write })
  expect(written).toBeGreaterThan(7)
  other.close()
  const kept = new Database(to, { readonly: true })
  const names = kept.prepare(`SELECT "name" FROM "Setting" WHERE "name" LIKE 'o%-%' ORDER BY "name"`).pluck().all()
  kept.close()
  expect(names).toEqual(['one', 'other'].flatMap((half) => [0, 1, 2, 3, 4].map((first) => `${half}-${first}`)))
})

describe('database restore', () => {
  test('puts back what was kept, and refuses where there is a database', async () => {
    const kept = backupIn()
    await jsonHere('database', 'backup', kept)
    const dataDir = emptyDataDir()
    const restored = await admin(dataDir, 'database', 'restore', kept, '--json')
    expect([restored.code, restored.stderr]).toEqual([0, ''])
    expect(slugsIn(join(dataDir, 'playground.db'))).toEqual(slugsIn(kept))
    expect((await admin(dataDir, 'tenants', 'list')).stdout).toContain('  shop  Shop')

    expect(await errorHere('database', 'restore', kept)).toContain(`${fileOf(env().database)} is there already`)
    const stale = emptyDataDir()
    writeFileSync(join(stale, 'playground.db-wal'), 'x')
    expect((await admin(stale, 'database', 'restore', kept)).stderr).toContain('playground.db-wal is there already')
  })

  test.each([
    [
      'under another secret',
      emptyDataDir,
      'another secret, at least 32 characters',
      'was made under another root secret',
    ],
    ['without its secret', newDataDir, 'restore', 'The root secret is not there: put '],
  ])('%s puts nothing there, and says what to do', async (_, make, word, message) => {
    const kept = backupIn()
    await jsonHere('database', 'backup', kept)
    const dataDir = make(word)
    const { code, stderr } = await admin(dataDir, 'database', 'restore', kept)
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
    expect(existsSync(join(dataDir, 'playground.db'))).toBe(false)
    expect(existsSync(join(dataDir, 'secret'))).toBe(make === emptyDataDir)
  })

  test('of what is damaged, of no database, of somebody else’s and of nothing puts nothing there', async () => {
    const dataDir = emptyDataDir()
    const folder = newDataDir('backup')
    mkdirSync(folder, { recursive: true })
    const [damaged, text, foreign] = ['damaged', 'text', 'foreign'].map((name) => join(folder, `${name}.db`))
    await jsonHere('database', 'backup', damaged ?? '')
    truncateSync(damaged ?? '', statSync(damaged ?? '').size - 8_192)
    writeFileSync(text ?? '', 'What somebody wrote, '.repeat(100))
    new Database(foreign).exec('CREATE TABLE "orders" ("id" INTEGER)').close()
    for (const [file, message] of [
      [damaged, /damaged/],
      [text, /it is damaged, or no database of SQLite/],
      [foreign, /is no database of this server/],
      [join(folder, 'none.db'), /There is no file/],
    ] as const) {
      const { code, stderr } = await admin(dataDir, 'database', 'restore', file ?? '')
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)])
      expect(existsSync(join(dataDir, 'playground.db'))).toBe(false)
    }
  })
})

test('the MPC server’s database is kept and put back, too', async () => {
  const folder = newDataDir('mpc')
  const file = join(folder, 'mpc.db')
  new Database(file).exec('CREATE TABLE "Setting" ("name" TEXT PRIMARY KEY, "value" TEXT)').close()
  const kept = backupIn()
  expect(await jsonHere('database', 'backup', kept, '--mpc', file)).toEqual({ from: file, to: kept })
  const restored = join(newDataDir('mpc'), 'mpc.db')
  await jsonHere('database', 'restore', kept, '--mpc', restored)
  expect(readFileSync(restored).equals(readFileSync(kept))).toBe(true)
})

test('a copy goes to a postgresql: URL alone, and what is no such URL is not said again', async () => {
  const { code, stderr } = await adminHere('database', 'copy', '--to', 'mysql://root:hidden@localhost/x')
  expect([code, stderr]).toEqual([1, '--to must be a postgresql: URL that names a database.\n'])
})

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { runScript } from '../../setup/run-script.ts'
import { env } from '../env.ts'
import { closeDatabase, database } from './database.ts'

afterAll(closeDatabase)

/** The mode of every file in a directory. */
const modes = (directory: string) =>
  Object.fromEntries(
    readdirSync(directory).map((name) => [name, (statSync(join(directory, name)).mode & 0o777).toString(8)]),
  )

test('the database and the root secret are their owner’s alone to read, in a directory that was there before too', async () => {
  const DATA_DIR = join(env().dataDir, 'there-before')
  mkdirSync(DATA_DIR, { mode: 0o755 })
  const list = () => runScript('lib/server/admin.ts', ['tenants', 'list'], { DATA_DIR })
  expect((await list()).code).toBe(0)
  const closed = { 'playground.db': '600', secret: '600' }
  expect(modes(DATA_DIR)).toEqual(closed)
  const secret = readFileSync(join(DATA_DIR, 'secret'), 'utf8')
  for (const name of Object.keys(closed)) chmodSync(join(DATA_DIR, name), 0o644)
  expect((await list()).code).toBe(0)
  expect(modes(DATA_DIR)).toEqual(closed)
  expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).toBe(secret)
})

test('files that were open to others are closed to them, with those that SQLite lays beside them', async () => {
  await database()
  const databaseFile = fileOf(env().database)
  const files = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`]
  const modesOf = () => files.map((file) => statSync(file).mode & 0o777)
  expect(modesOf()).toEqual([0o600, 0o600, 0o600])
  for (const file of files) chmodSync(file, 0o644)
  expect((await runScript('lib/server/admin.ts', ['tenants', 'list'])).code).toBe(0)
  expect(modesOf()).toEqual([0o600, 0o600, 0o600])
})

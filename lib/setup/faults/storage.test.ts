import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { closeDatabase } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { newDataDir } from '../isolated.ts'
import { serveApi } from '../serve-api.ts'
import { fill, mountSmall, readOnly, unmount } from './disk.ts'
import { expectFull, expectHealed, newShop, outlast, type Shop } from './refusing.ts'
import { expectBalanced, expectSound } from './sound.ts'
import { isWhole } from './whole.ts'

// A server whose SQLite file refuses for a while, as those see it who ask it meanwhile.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const { dataDir } = env()
/** Whether the disk is one of its own, which can be filled: that needs the right to mount one. */
const ownDisk = isWhole && mountSmall(dataDir, 'size=24m,mode=0700')
let server: Awaited<ReturnType<typeof serveApi>>
let shop: Shop

beforeAll(async () => {
  server = await serveApi(dataDir, { BASE_URL: 'http://localhost:3000', DEMO: 'off' })
  shop = await newShop(server.url)
})
afterAll(async () => {
  expect(await server.stop('SIGTERM')).toBe(0)
  expectSound('integrity_check')
  await expectBalanced()
  await closeDatabase()
  if (ownDisk) unmount(dataDir)
})

test('read-only: all that writes is refused, and the log says why', async () => {
  await outlast(server.url, shop, async () => {
    await server.onItsConnection('PRAGMA query_only = ON')
    return () => server.onItsConnection('PRAGMA query_only = OFF')
  })
  expect(server.output.join('')).toMatch(/attempt to write a readonly database.*unavailable: requests are refused/)
})

test.runIf(isWhole)('read-only: on such a disk no server starts, which says why and changes nothing', async () => {
  const folder = newDataDir('read-only')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const start = () => serveApi(folder, { BASE_URL: 'http://localhost:3000', DEMO: 'off' })
  expect(await (await start()).stop('SIGTERM')).toBe(0)
  const state = () => readdirSync(folder).map((file) => [file, readFileSync(join(folder, file)).toString('base64')])
  const before = state()
  const end = readOnly(folder)
  if (!end) return
  try {
    await expect(start()).rejects.toThrow(/cannot be used: its file system may only be read/)
  } finally {
    end()
  }
  expect(state()).toEqual(before)
  expect(await (await start()).stop('SIGTERM')).toBe(0)
})

test('lock: another process’s is waited for beside the loop, and then said', async () => {
  const lock = async () => {
    const other = new Database(fileOf(env().database))
    other.exec('BEGIN IMMEDIATE')
    return () => other.exec('ROLLBACK').close()
  }
  await outlast(server.url, shop, lock, { milliseconds: 20_000, patience: 7_000 })
})

/** Leaves no room for anything more. */
async function full(): Promise<() => unknown> {
  if (ownDisk) return fill(dataDir)
  const [{ page_count } = {}] = await server.onItsConnection('PRAGMA page_count')
  await server.onItsConnection(`PRAGMA max_page_count = ${page_count}`)
  return () => server.onItsConnection('PRAGMA max_page_count = 1000000')
}

test('disk: once it is full what finds no room is refused, and nothing that was answered is lost', async () => {
  await expectHealed(server.url, shop)
  const makeRoom = await full()
  await expectFull(server.url, shop)
  await makeRoom()
  await expectHealed(server.url, shop)
})

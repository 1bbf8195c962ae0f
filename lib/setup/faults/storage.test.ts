import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { closeDatabase } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { newDataDir } from '../isolated.ts'
import { serveApi } from '../serve-api.ts'
import { expectFull, expectHealed, newShop, outlast, type Shop } from './refusing.ts'
import { expectBalanced, expectSound } from './sound.ts'
import { isWhole } from './whole.ts'

// A server whose SQLite file refuses for a while, as those see it who ask it meanwhile.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const { dataDir } = env()
/** Whether the disk is one of its own, which can be filled: that needs the right to mount one. */
const ownDisk = isWhole && mounted(dataDir)
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
  if (ownDisk) execFileSync('umount', ['-l', dataDir])
})

function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('read-only: all that writes is refused, and the log says why', async () => {
  await outlast(server.url, shop, async () => {
    await server.onItsConnection('PRAGMA query_only = ON')
    return () => server.onItsConnection('PRAGMA query_only = OFF')
  })
  expect(server.output.join('')).toMatch(/attempt to write a readonly database.*unavailable: requests are refused/)
})

/** Has a folder's files only be read, as where its disk is mounted so; undefined without the right to. */
function readOnly(folder: string): (() => void) | undefined {
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' })
    execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'ignore' })
    return () => execFileSync('umount', ['-l', folder])
  } catch {
    console.info('A disk that may only be read is not tried: nothing can be mounted here.')
    return undefined
  }
}

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
async function fill(): Promise<() => unknown> {
  if (!ownDisk) {
    const [{ page_count } = {}] = await server.onItsConnection('PRAGMA page_count')
    await server.onItsConnection(`PRAGMA max_page_count = ${page_count}`)
    return () => server.onItsConnection('PRAGMA max_page_count = 1000000')
  }
  const filler = join(dataDir, 'filler')
  const file = openSync(filler, 'w')
  try {
    for (;;) writeSync(file, Buffer.alloc(4096, 1))
  } catch {
    closeSync(file)
  }
  return () => rmSync(filler)
}

test('disk: once it is full what finds no room is refused, and nothing that was answered is lost', async () => {
  await expectHealed(server.url, shop)
  const makeRoom = await fill()
  await expectFull(server.url, shop)
  await makeRoom()
  await expectHealed(server.url, shop)
})

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newDataDir } from '../isolated.ts'
import { startIssuer } from '../issuer.ts'
import { refusalOf } from '../mpc-user.ts'
import { serveMpc } from '../serve-mpc.ts'
import { fill, mountSmall, readOnly, unmount } from './disk.ts'
import { overwrite, rootsOf } from './overwrite.ts'
import { expectCallsFull, expectGoesOn, type Holder, newHolder, outlastCalls } from './refusing-mpc.ts'
import { isWhole } from './whole.ts'

// An MPC server whose own SQLite file refuses for a while, as its users see it: what it says no to has not been done, what it said
// is kept, and all goes on after that.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = newDataDir('mpc-storage')
const file = join(folder, 'mpc.db')
/** Whether the disk is one of its own, which can be filled: that needs the right to mount one. */
const ownDisk = isWhole && mountSmall(folder, 'size=8m,mode=0700')
const issuer = await startIssuer()
const start = () => serveMpc({ MPC_ISSUER: issuer.url, DATA_DIR: folder })
let server: Awaited<ReturnType<typeof serveMpc>>
let holder: Holder

beforeAll(async () => {
  server = await start()
  holder = await newHolder(issuer, server.url)
})
afterAll(async () => {
  expect(await server.stop()).toBe(0)
  expect(sound()).toBe('ok')
  await issuer.stop()
  if (ownDisk) unmount(folder)
  rmSync(folder, { recursive: true, force: true })
})

function sound(): unknown {
  const database = new Database(file, { readonly: true })
  try {
    return database.pragma('integrity_check', { simple: true })
  } finally {
    database.close()
  }
}

// It takes as long as the server is patient.
test.runIf(isWhole)('lock: another process’s is waited for, and then said', async () => {
  await outlastCalls(holder, async () => {
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    return () => other.exec('ROLLBACK').close()
  })
})

test.runIf(ownDisk)(
  'disk: once it is full what finds no room is refused, and nothing that was answered is lost',
  async () => {
    await expectGoesOn(holder)
    const makeRoom = fill(folder)
    await expectCallsFull(holder)
    makeRoom()
    await expectGoesOn(holder)
  },
)

test.runIf(isWhole)('read-only: on such a disk no server starts, which says why and changes nothing', async () => {
  expect(await server.stop()).toBe(0)
  const state = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
  const before = state()
  const end = readOnly(folder)
  if (end) {
    await expect(start()).rejects.toThrow(/cannot be used: its (?:files cannot be opened|file system may only be read)/)
    end()
    expect(state()).toEqual(before)
  }
  server = await start()
  holder = await newHolder(issuer, server.url)
})

test('damage: pages that are overwritten are refused and said, and are nobody’s key', async () => {
  const putBack = overwrite(file, rootsOf(file))
  const answers = await Promise.all(Object.values(holder.calls).map((call) => refusalOf(call())))
  await expect.poll(holder.isServing).toBe(false)
  putBack()
  for (const answer of answers) expect(['Unavailable', 'Internal']).toContain(answer.code)
  expect(server.output.join('')).toMatch(/damaged|malformed/)
  expect(await server.stop()).toBe(0)
  expect(sound()).toBe('ok')
  server = await start()
  holder = await newHolder(issuer, server.url)
  await expectGoesOn(holder)
})

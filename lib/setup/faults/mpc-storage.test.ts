import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newDataDir } from '../isolated.ts'
import { startIssuer } from '../issuer.ts'
import { mpcUser, refusalOf } from '../mpc-user.ts'
import { serveMpc } from '../serve-mpc.ts'
import { isWhole } from './whole.ts'

// An MPC server whose own SQLite file refuses for a while, as its users see it: what it says no to has not been done, what it said
// is kept, and all goes on after that.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = newDataDir('mpc-storage')
const file = join(folder, 'mpc.db')
const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
/** Whether the disk is one of its own, which can be filled: that needs the right to mount one. */
const ownDisk = isWhole && mounted('-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', folder)
const issuer = await startIssuer()
const start = () => serveMpc({ MPC_ISSUER: issuer.url, DATA_DIR: folder })
let server: Awaited<ReturnType<typeof serveMpc>>
let user: Awaited<ReturnType<typeof mpcUser>>
let made: Awaited<ReturnType<typeof user.makeKey>>

beforeAll(async () => {
  server = await start()
  user = await mpcUser(issuer, server.url)
  made = await user.makeKey()
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
  if (ownDisk) execFileSync('umount', ['-l', folder])
  rmSync(folder, { recursive: true, force: true })
})

function mounted(...how: string[]): boolean {
  try {
    execFileSync('mount', how, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const refused = { code: 'Unavailable', reason: 'unavailable', retryAfter: expect.stringMatching(/^[1-9]/) }
const get = async () => (await user.keys.get({ keyId: made.id }, user.headers())).key

/** Asserts that what writes is refused while the file refuses, and that nothing of it is there after that. */
async function expectOutlasted(end: () => unknown): Promise<void> {
  const writes = [
    user.beginKey(),
    user.keys.freeze({ keyId: made.id }, user.headers()),
    user.beginSignature(made, message),
  ]
  const answers = await Promise.all(writes.map(refusalOf))
  await end()
  expect(answers).toEqual(answers.map(() => expect.objectContaining(refused)))
  // A machine that is busy may need a moment.
  await expect.poll(() => get().catch(() => undefined)).toMatchObject({ frozen: false })
  const { signatures = 0n } = (await get()) ?? {}
  expect(await user.signed(made, message)).toHaveLength(64)
  expect(((await get())?.signatures ?? 0n) > signatures).toBe(true)
  expect((await user.keys.list({}, user.headers())).keys).toHaveLength(1)
  expect(sound()).toBe('ok')
}

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
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  await expectOutlasted(() => other.exec('ROLLBACK').close())
})

test.runIf(ownDisk)(
  'disk: once it is full what finds no room is refused, and nothing that was answered is lost',
  async () => {
    const filler = join(folder, 'filler')
    const opened = openSync(filler, 'w')
    try {
      for (;;) writeSync(opened, Buffer.alloc(4096, 1))
    } catch {
      closeSync(opened)
    }
    // What it has room for already it takes: in its log, until that is at its end.
    await vi.waitFor(async () => expect(await refusalOf(user.beginKey())).toMatchObject(refused), {
      timeout: 60_000,
      interval: 1,
    })
    await expectOutlasted(() => rmSync(filler))
  },
)

test.runIf(isWhole)('read-only: on such a disk no server starts, which says why and changes nothing', async () => {
  expect(await server.stop()).toBe(0)
  const state = () => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
  const before = state()
  const isReadOnly = mounted('--bind', folder, folder) && mounted('-o', 'remount,bind,ro', folder)
  if (isReadOnly) {
    await expect(start()).rejects.toThrow(/cannot be used: its (?:files cannot be opened|file system may only be read)/)
    execFileSync('umount', ['-l', folder])
    expect(state()).toEqual(before)
  }
  server = await start()
  user = await mpcUser(issuer, server.url, { sub: 'usr_after' })
  made = await user.makeKey()
})

test('damage: pages that are overwritten are refused and said, and are nobody’s key', async () => {
  const database = new Database(file)
  database.pragma('wal_checkpoint(TRUNCATE)')
  const size = database.pragma('page_size', { simple: true }) as number
  const roots = database.prepare('SELECT rootpage FROM sqlite_master WHERE rootpage > 1').pluck().all() as number[]
  database.close()
  const before = readFileSync(file)
  const opened = openSync(file, 'r+')
  for (const root of roots) writeSync(opened, Buffer.alloc(size, 0xa5), 0, size, (root - 1) * size)
  const calls = [get(), user.beginKey(), user.beginSignature(made, message)]
  const answers = await Promise.all(calls.map(refusalOf))
  writeSync(opened, before, 0, before.length, 0)
  closeSync(opened)
  for (const answer of answers) expect(['Unavailable', 'Internal']).toContain(answer.code)
  expect(server.output.join('')).toMatch(/damaged|malformed/)
  expect(await server.stop()).toBe(0)
  expect(sound()).toBe('ok')
  server = await start()
})

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runScript } from '../../setup/run-script.ts'
import { freePort } from '../../setup/serve.ts'

vi.setConfig({ testTimeout: 60_000 })

const run = promisify(execFile)
const newDirectory = () => mkdtempSync(join(tmpdir(), 'playground-opening-'))

/** Says one sentence, and ends with 1. */
async function refuses(outcome: ReturnType<typeof runScript>, sentence: RegExp): Promise<void> {
  const { code, stdout, stderr } = await outcome
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.trim()).toMatch(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
}

const admin = (DATA_DIR: string) => runScript('lib/server/admin.ts', ['tenants', 'list'], { DATA_DIR })
const server = async (DATA_DIR: string) =>
  runScript('lib/server/main.ts', [], { DATA_DIR, PORT: String(await freePort()) })

/** A file system of its own in memory; undefined where this user may mount none. */
async function mounted(options: string): Promise<string | undefined> {
  const directory = newDirectory()
  try {
    await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory])
  } catch {
    return undefined
  }
  onTestFinished(async () => {
    await run('umount', ['-l', directory])
  })
  return directory
}

test('a data directory that is none is said in a sentence', async () => {
  const DATA_DIR = join(newDirectory(), 'file')
  writeFileSync(DATA_DIR, '')
  const none = /^The database \S+ cannot be used: a part of the path is no directory\.$/
  await Promise.all([refuses(admin(DATA_DIR), none), refuses(server(DATA_DIR), none)])
})

test('a disk that takes no more is said in a sentence, and nothing half-made is left', async () => {
  const DATA_DIR = newDirectory()
  const limited = ['-c', 'ulimit -f 8 && exec "$0" "$@"', process.execPath, 'lib/server/admin.ts', 'tenants', 'list']
  const env = { ...process.env, DATA_DIR }
  const failed = await run('sh', limited, { env }).catch((error) => error)
  expect(failed).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The database \S+ cannot be used: the disk cannot be written or read\.\n$/),
  })
  expect((await admin(DATA_DIR)).code).toBe(0)
  expect(readdirSync(DATA_DIR).sort()).toEqual(['playground.db', 'secret'])
})

test('a full disk is said in a sentence, by the server and the command line', async ({ skip }) => {
  const DATA_DIR = await mounted('size=64k')
  if (!DATA_DIR) return skip('Only root mounts a small disk.')
  const full = /^The (?:database|root secret) \S+ cannot be used: the disk (?:is full|cannot be written or read)\.$/
  await refuses(admin(DATA_DIR), full)
  await refuses(server(DATA_DIR), full)
  await run('mount', ['-o', 'remount,size=8m', DATA_DIR])
  expect((await admin(DATA_DIR)).code).toBe(0)
})

test('a lock of another process keeps nobody from reading; who writes waits for it, and then says so in a sentence', async () => {
  const DATA_DIR = newDirectory()
  const rotate = () => runScript('lib/server/admin.ts', ['signing-keys', 'rotate'], { DATA_DIR })
  expect((await admin(DATA_DIR)).code).toBe(0)
  const other = new Database(join(DATA_DIR, 'playground.db'))
  other.exec('BEGIN IMMEDIATE')
  expect((await admin(DATA_DIR)).code).toBe(0)
  const locked = /^The database \S+ cannot be used: another process keeps it locked\.$/
  const unavailable = /^The database cannot take this now, and nothing was changed\. Try again\.$/
  await Promise.all([refuses(rotate(), unavailable), refuses(server(DATA_DIR), locked)])
  const waiting = rotate()
  other.exec('ROLLBACK')
  other.close()
  expect((await waiting).code).toBe(0)
})

test('a directory that may only be read is said in a sentence', async ({ skip }) => {
  const disk = await mounted('size=8m')
  if (!disk) return skip('Only root mounts a disk, and to root every other directory is open.')
  const DATA_DIR = join(disk, 'data')
  mkdirSync(DATA_DIR)
  expect((await admin(DATA_DIR)).code).toBe(0)
  await run('mount', ['-o', 'remount,ro', disk])
  const readOnly = /^The database \S+ cannot be used: its file system may only be read\.$/
  await Promise.all([refuses(server(DATA_DIR), readOnly), refuses(admin(DATA_DIR), readOnly)])
  await run('mount', ['-o', 'remount,rw', disk])
  expect((await admin(DATA_DIR)).code).toBe(0)
})

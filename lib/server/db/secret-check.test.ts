import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { runScript } from '../../setup/run-script.ts'
import { freePort } from '../../setup/serve.ts'

// Each process that starts takes a second on a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

const other = { ROOT_SECRET: 'another root secret, long enough' }
let DATA_DIR: string
let secret: string

const admin = (words: string[], settings: Record<string, string> = {}) =>
  runScript('lib/server/admin.ts', words, { DATA_DIR, ...settings })
const server = async (settings: Record<string, string> = {}) =>
  runScript('lib/server/main.ts', [], { DATA_DIR, PORT: String(await freePort()), ...settings })

/** Everything in the data directory, by name and content. */
const kept = () =>
  Object.fromEntries(
    readdirSync(DATA_DIR).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(DATA_DIR, name)))
        .digest('hex'),
    ]),
  )

/** A process that said one sentence, and nothing else, and left everything as it was. */
async function refuses(process: () => ReturnType<typeof runScript>, sentence: RegExp): Promise<void> {
  const before = kept()
  const { code, stdout, stderr } = await process()
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.trim()).toMatch(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).not.toContain(readableSecret())
  expect(kept()).toEqual(before)
}

const readableSecret = () => secret.trim() || 'none'

/** The database as a version without a check value left it. */
function withoutCheck(): void {
  const database = new Database(join(DATA_DIR, 'playground.db'))
  database.exec(`DROP TABLE "Setting"; DELETE FROM "_prisma_migrations" WHERE "migration_name" LIKE '%_settings'`)
  database.pragma('journal_mode = DELETE')
  database.close()
}

const made = mkdtempSync(join(tmpdir(), 'playground-secret-'))

beforeAll(async () => {
  DATA_DIR = made
  expect((await admin(['signing-keys', 'rotate'])).code).toBe(0)
})
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'playground-secret-'))
  cpSync(made, DATA_DIR, { recursive: true })
  secret = readFileSync(join(DATA_DIR, 'secret'), 'utf8')
})

const deriving = "import('./lib/server/root-secret.ts').then(({ deriveKey }) => deriveKey('one'))"

const sentence =
  /^The database \S+playground\.db was made under another root secret than the one in (?:ROOT_SECRET|\S+secret): /

describe('under another root secret', () => {
  test('the command line says so, and does nothing', async () => {
    await refuses(() => admin(['tenants', 'create', '--name', 'Shop', '--slug', 'shop'], other), sentence)
    expect((await admin(['tenants', 'list'])).code).toBe(0)
    expect((await admin(['tenants', 'list'], { ROOT_SECRET: secret })).code).toBe(0)
  })

  test('the server says so, and does nothing', async () => {
    await refuses(() => server(other), sentence)
  })

  test('also where only a line break was added to it', async () => {
    writeFileSync(join(DATA_DIR, 'secret'), `${secret}\n`)
    await refuses(() => admin(['tenants', 'list']), /every character counts, a line break at its end too\.$/)
    writeFileSync(join(DATA_DIR, 'secret'), secret)
    expect((await admin(['tenants', 'list'])).code).toBe(0)
  })

  test('a database without a check value is not even migrated; under its own, it gets one', async () => {
    withoutCheck()
    await refuses(() => admin(['tenants', 'list'], other), sentence)
    expect((await admin(['tenants', 'list'])).code).toBe(0)
    const database = new Database(join(DATA_DIR, 'playground.db'), { readonly: true })
    expect(database.prepare('SELECT "name", length("value") AS "length" FROM "Setting"').all()).toEqual([
      { name: 'root-secret-check', length: 43 },
    ])
    database.close()
  })
})

test('a secret that is gone is not made anew for a database that was made under it', async () => {
  rmSync(join(DATA_DIR, 'secret'))
  const gone = /^The database \S+ was made under the root secret in \S+secret, which is not there: /
  await refuses(() => server(), gone)
  await refuses(() => admin(['tenants', 'list']), gone)
  // Whichever way asks for a key first.
  const { code, stderr } = await runScript('-e', [deriving], { DATA_DIR })
  expect([code, stderr]).toEqual([1, expect.stringContaining('which is not there: put the file back')])
  expect(existsSync(join(DATA_DIR, 'secret'))).toBe(false)
  expect((await admin(['tenants', 'list'], { ROOT_SECRET: secret })).code).toBe(0)
})

test('a secret file that is empty, blank or too short is refused by name, and stays', async () => {
  const refused = async (text: string, start: (settings: Record<string, string>) => ReturnType<typeof runScript>) => {
    const directory = mkdtempSync(join(tmpdir(), 'playground-secret-'))
    writeFileSync(join(directory, 'secret'), text)
    const { code, stderr } = await start({ DATA_DIR: directory })
    const words = `^The root secret in \\S+/secret has ${text.trim().length} characters and needs at least 32: `
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)])
    expect(readFileSync(join(directory, 'secret'), 'utf8')).toBe(text)
  }
  const list = (settings: Record<string, string>) => admin(['tenants', 'list'], settings)
  await Promise.all(['', ' \n'.repeat(40), 'x'.repeat(31)].map((text) => refused(text, list)))
  await refused('x'.repeat(31), server)
  for (const name of readdirSync(DATA_DIR)) rmSync(join(DATA_DIR, name))
  writeFileSync(join(DATA_DIR, 'secret'), 'x'.repeat(32))
  expect((await list({})).code).toBe(0)
})

test('of processes that start at once on a new database, under two secrets, one secret decides', async () => {
  for (const name of readdirSync(DATA_DIR)) rmSync(join(DATA_DIR, name))
  const runs = await Promise.all(
    [0, 1, 0, 1].map((which) => admin(['tenants', 'list'], { ROOT_SECRET: `${which}`.repeat(40) })),
  )
  const codes = runs.map(({ code }) => code)
  expect([codes[0], codes[1]].sort()).toEqual([0, 1])
  expect([codes[2], codes[3]]).toEqual([codes[0], codes[1]])
})

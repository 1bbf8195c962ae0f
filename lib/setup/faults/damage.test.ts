import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { closeDatabase } from '../../server/db/database.ts'
import { copyFile } from '../../server/db/moving/backup.ts'
import { examine } from '../../server/doctor/doctor.ts'
import { env } from '../../server/env.ts'
import { serveApi } from '../serve-api.ts'
import { overwrite, rootsOf } from './overwrite.ts'
import { expectHealed, expectReads, expectRefused, newShop } from './refusing.ts'
import { expectSound } from './sound.ts'

// Pages of SQLite's file are overwritten, as a disk does that fails: it is said, nothing is made worse, and the way back is named.

vi.setConfig({ testTimeout: 600_000 })

const file = fileOf(env().database)
const settings = { BASE_URL: 'http://localhost:3000', DEMO: 'off' }
const wayBack = /file is damaged\. Look with `admin doctor`, and put the last backup back with `admin database restore`/

async function serving() {
  const server = await serveApi(env().dataDir, settings)
  onTestFinished(() => void server.stop('SIGKILL'))
  return server
}

const saidByDoctor = async () => (await examine()).find(({ check }) => check === 'database')

test('damage: pages that are damaged under a running server, and before one starts: all is refused and said, and nothing else is touched', async () => {
  const first = await serving()
  const shop = await newShop(first.url)
  await expectHealed(first.url, shop)
  await closeDatabase()
  const putBack = overwrite(file, rootsOf(file, 'ApiKey'))
  // What another process wrote has the server read its pages again.
  const other = new Database(file)
  other.exec(`UPDATE "Setting" SET "value" = "value" || '' WHERE "name" = 'write-probe'`)
  other.close()

  async function expectSaid({ url, output }: typeof first): Promise<void> {
    shop.moveTo(url)
    for (const [what, write] of Object.entries(shop.writes)) expectRefused(what, await write())
    // What it found a moment ago it does not look for again.
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
    await expectReads(url)
    expect(output.join('')).toMatch(wayBack)
  }
  await expectSaid(first)
  expect(await first.stop('SIGTERM')).toBe(0)
  await expectSaid(await serving())

  const { status, said, remedy } = { ...(await saidByDoctor()) } as Record<string, string>
  expect([status, said]).toEqual(['failed', expect.stringContaining('damaged')])
  expect(remedy).toContain('admin database restore')
  const backup = join(env().dataDir, 'backup.db')
  await expect(copyFile(file, backup, { check() {}, progress() {} })).rejects.toThrow(/damaged/)
  expect(existsSync(backup)).toBe(false)
  await closeDatabase()

  putBack()
  const healed = await serving()
  shop.moveTo(healed.url)
  await expectHealed(healed.url, shop)
  expect(await healed.stop('SIGTERM')).toBe(0)
  await closeDatabase()
  expectSound('integrity_check')
})

test('damage: a file whose first page is damaged starts no server, which says the way back', async () => {
  rootsOf(file)
  const putBack = overwrite(file, [{ offset: 0, size: 4096 }])
  await expect(serveApi(env().dataDir, settings)).rejects.toThrow(wayBack)
  expect((await saidByDoctor())?.status).toBe('failed')
  putBack()
  expectSound('integrity_check')
})

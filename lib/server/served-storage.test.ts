import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serve } from '../setup/serve.ts'

// A real server whose database refuses while it runs: it goes on to live, says that it is not ready, and is well again by
// itself.

vi.setConfig({ testTimeout: 60_000 })

let server: Awaited<ReturnType<typeof serve>>
let apiKey: string
beforeAll(async () => {
  server = await serve('start')
  await vi.waitFor(() => expect(server.output.join('')).toContain('Ctrl+C'), { timeout: 15_000 })
  apiKey = server.output.join('').match(/sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/)?.[0] ?? ''
})
afterAll(() => server.stop())

const ask = (path: string) => fetch(`${server.baseUrl}${path}`, { headers: { Authorization: `Bearer ${apiKey}` } })
const statusOf = async (path: string) => (await ask(path)).status
const file = () => join(server.dataDir, 'playground.db')

function counted(): number {
  const database = new Database(file(), { readonly: true })
  try {
    return database.prepare<[], number>('SELECT coalesce(SUM("requests"), 0) FROM "UsageShard"').pluck().get() ?? 0
  } finally {
    database.close()
  }
}

test('under another process’s lock the server lives, refuses in time, and counts every request that it answers', async () => {
  const before = counted()
  const other = new Database(file())
  other.exec('BEGIN IMMEDIATE')
  const refused = Promise.all(Array.from({ length: 3 }, () => ask('/v1/tenant')))
  for (let turns = 0; turns < 20; turns++) expect(await statusOf('/livez')).toBe(200)
  await expect.poll(() => statusOf('/readyz')).toBe(503)
  for (const answer of await refused) {
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'unavailable'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const waiting = ask('/v1/tenant')
  other.exec('ROLLBACK')
  other.close()
  expect((await waiting).status).toBe(200)
  await expect.poll(() => statusOf('/readyz')).toBe(200)
  expect(counted()).toBe(before + 1)
  const said = server.output
    .join('')
    .split('\n')
    .filter((line) => line.includes('"level":50'))
  // Whoever asked whether it is ready did not wait for the reason.
  expect(said).toEqual([
    expect.stringMatching(/no signing key.*requests are refused/),
    expect.stringMatching(/another process keeps it locked.*requests are refused/),
  ])
})

test('where its files may not grow the server refuses, and is well again once they may', async ({ skip }) => {
  const limit = (bytes: string) => promisify(execFile)('prlimit', ['--pid', `${server.child.pid}`, `--fsize=${bytes}:`])
  const limited = await limit('4096').then(
    () => true,
    () => false,
  )
  if (!limited) return skip('Here is no prlimit, which keeps the files of a running process small.')
  const before = counted()
  for (let turns = 0; turns < 5; turns++) {
    const answer = await ask('/v1/tenant')
    expect([answer.status, (await answer.json()).code]).toEqual([503, 'unavailable'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(await statusOf('/livez')).toBe(200)
  await expect.poll(() => statusOf('/readyz')).toBe(503)
  expect(counted()).toBe(before)
  await limit('unlimited')
  await expect.poll(() => statusOf('/readyz')).toBe(200)
  expect(await statusOf('/v1/tenant')).toBe(200)
  expect(counted()).toBe(before + 1)
})

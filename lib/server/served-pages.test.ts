import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isolated, newDataDir } from '../setup/isolated.ts'
import { runScript } from '../setup/run-script.ts'
import { serve } from '../setup/serve.ts'

// Next serves its pages alone here: nothing looked at the database before they do.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

// Cookies that are looked up, though nobody is signed in by them.
const cookie = [
  'console=unknown',
  ...['oauth', 'oauth_interaction'].flatMap((name) => [`${name}=unknown`, `${name}.sig=none`]),
].join('; ')

const pages = ['/playground', '/console/keys?type=test', '/interaction/unknown', '/approval/unknown', '/account']

let DATA_DIR: string
let secret: string
let before: string[]
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  DATA_DIR = newDataDir('pages')
  secret = join(DATA_DIR, 'secret')
  expect((await runScript('lib/server/admin.ts', ['tenants', 'list'], isolated(DATA_DIR))).code).toBe(0)
  renameSync(secret, `${secret}.backup`)
  before = readdirSync(DATA_DIR)
  server = await serve('next', { DATA_DIR }, '/livez')
})
afterAll(async () => {
  await server.stop()
  rmSync(DATA_DIR, { recursive: true })
})

const ask = (path: string) => fetch(`${server.baseUrl}${path}`, { headers: { cookie } })

test('a page that cannot be read is 503 in words and leads back to itself, and no secret is made by it', async () => {
  for (const page of pages) {
    const answer = await ask(page)
    expect([page, answer.status]).toEqual([page, 503])
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const text = await answer.text()
    expect(text).toContain('This page cannot be shown right now')
    expect(text).toContain(`<a class="button" href="${page}">Try again</a>`)
  }
  expect(readdirSync(DATA_DIR)).toEqual(before)
  const said = server.output
    .join('')
    .split('\n')
    .filter((line) => line.includes('requests are refused'))
  expect(said).toEqual([expect.stringContaining('which is not there: put the file back')])
})

test('it leads to no other site', async () => {
  const answer = await ask(`/unavailable?next=${encodeURIComponent('//evil.example/x"><script>')}`)
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('href="/console">Try again')
})

test('once the secret is back, pages are there without a new start', async () => {
  renameSync(`${secret}.backup`, secret)
  for (const page of pages) expect([page, (await ask(page)).status]).toEqual([page, 200])
})

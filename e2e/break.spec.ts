import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Download, Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { faults } from '#lib/testing/faults.ts'
import { expect, test } from './fixtures.ts'
import { soundInBoth } from './sound.ts'

test.use({ expectedErrors: [/status of 4\d\d|CORS policy|net::ERR_FAILED/] })

test('Run all at this server: each fault is caught by what must refuse it, the late one too, and its passkeys are taken away', async ({
  page,
  tenant,
  playground,
}) => {
  test.setTimeout(120_000)
  await page.clock.install()
  await playground.open(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.show('Break it')
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByRole('progressbar', { name: 'Faults tried' })).toBeVisible()
  const matrix = page.getByTestId('fault-matrix')
  await expect(matrix).toBeVisible({ timeout: 90_000 })
  await expect(page.getByText(`${faults.length - 1} of ${faults.length} caught`, { exact: true })).toBeVisible()
  const late = matrix.locator('[data-fault=answered-late]')
  await expect(late).toContainText(/in [45]:\d\d/)
  await expect(matrix.locator('[data-verdict=caught]')).toHaveCount(faults.length - 1)
  await soundInBoth(page, 'matrix')
  // All are gone but those of the one that waits.
  const database = new Database(join(process.env.DATA_DIR ?? '', 'playground.db'))
  const left = database.prepare('SELECT count(*) AS count FROM Passkey WHERE tenantId = ?')
  await expect.poll(() => left.get(tenant.id), { timeout: 60_000 }).toEqual({ count: 2 })

  // Its five minutes pass at once, in the page and in the server.
  database.prepare('UPDATE Ceremony SET expiresAt = ? WHERE tenantId = ?').run(new Date(0).toISOString(), tenant.id)
  await page.clock.fastForward('05:10')
  await expect(late).toHaveAttribute('data-verdict', 'caught')
  await expect(page.getByText(`${faults.length} of ${faults.length} caught`, { exact: true })).toBeVisible()

  const report = JSON.parse(await exported(page, /^JSON/))
  expect(report).toMatchObject({ total: faults.length, caught: faults.length, elsewhere: 0, holes: 0, untried: 0 })
  for (const { id, by } of report.results) expect(by, id).toContain(faults.find((fault) => fault.id === id)?.refusedBy)
  expect(JSON.stringify(report)).not.toContain(tenant.key)
  const junit = await exported(page, /^JUnit/)
  expect(junit.match(/<testcase /g)).toHaveLength(faults.length)
  expect(junit).not.toContain('<failure')

  await matrix.getByRole('button', { name: 'One bit flipped' }).click()
  const fault = page.getByRole('article', { name: 'One bit flipped' })
  await expect(fault).toContainText('Caught by Signature')
  await expect(fault).toContainText(/401 verification_failed · \d+ ms/)
  await fault.getByRole('button', { name: /^All \d+ checks$/ }).click()
  await expect(fault.locator('[data-outcome=pass]').first()).toBeVisible()
  await soundInBoth(page, 'one fault')
  database.close()
})

test('on a phone: a wait that the server asks for is told and kept; Stop ends the trial under way and begins no other, and nothing is left behind', async ({
  page,
  tenant,
  playground,
}) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.clock.install()
  await playground.open(tenant.key)
  await expect(playground.tenant).toContainText(tenant.name)
  await playground.show('Break it')
  const calls: string[] = []
  let limited = true
  let held: PromiseWithResolvers<void> | undefined
  await page.route('**/v1/passkeys/*/*', async (route) => {
    calls.push(new URL(route.request().url()).pathname.replace('/v1/passkeys/', ''))
    if (limited) return route.fulfill({ status: 429, headers: { 'Retry-After': '23' }, json: { code: 'rate_limited' } })
    await held?.promise
    await route.continue()
  })
  const runAll = page.getByRole('button', { name: 'Run all' })
  await runAll.click()
  const told = page.getByText(/the key may ask again in \d+ s/)
  await expect(told).toContainText(/2\d s/)
  await page.clock.fastForward(10_000)
  await expect(told).toContainText(/1\d s/)
  // One of the run, and one of what is answered late.
  expect(calls).toEqual(['register/begin', 'register/begin'])
  limited = false
  await page.clock.fastForward(14_000)
  const list = page.getByRole('navigation', { name: 'Faults' })
  await expect(list.getByText('caught', { exact: true }).nth(2)).toBeVisible({ timeout: 60_000 })
  await expect(told).toHaveCount(0)

  held = Promise.withResolvers()
  const { length } = calls
  await expect.poll(() => calls.length).toBeGreaterThan(length)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const matrix = page.getByTestId('fault-matrix')
  await expect(matrix).toBeVisible()
  await expect(runAll).toBeFocused()
  await expect(page.getByText(/· stopped ·/)).toBeVisible()
  const caught = await matrix.locator('[data-verdict=caught]').count()
  expect(caught).toBeGreaterThan(2)
  const stopped = calls.length
  held.resolve()
  await expect(page.getByText('Its passkeys are taken away. Its users break-it-… stay')).toBeVisible({
    timeout: 30_000,
  })
  expect(calls.slice(stopped).filter((call) => call.startsWith('register'))).toEqual([])
  await expect(matrix.locator('[data-verdict=caught]')).toHaveCount(caught)
  await expect(matrix.locator('[data-verdict="to do"]')).toHaveCount(faults.length - caught)
  const database = new Database(join(process.env.DATA_DIR ?? '', 'playground.db'))
  const left = database.prepare('SELECT count(*) AS count FROM Passkey WHERE tenantId = ?')
  expect(left.get(tenant.id)).toEqual({ count: 0 })
  await soundInBoth(page, 'stopped, on a phone')

  await page.getByRole('button', { name: 'One by one' }).click()
  await list.getByRole('button', { name: /^One bit flipped/ }).click()
  const fault = page.getByRole('article', { name: 'One bit flipped' })
  await expect(fault.getByRole('heading', { name: 'One bit flipped' })).toBeInViewport()
  await fault.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(fault).toContainText('Caught by Signature')
  await soundInBoth(page, 'one fault, on a phone')
  // The page goes, and what it holds a token of goes with it: the one who signed in.
  expect(left.get(tenant.id)).toEqual({ count: 2 })
  await page.reload()
  await expect.poll(() => left.get(tenant.id)).toEqual({ count: 1 })
  database.close()
})

test('a live key, and one that may not register, are told what to use instead, and nothing is tried with them', async ({
  page,
  tenant,
  playground,
}) => {
  const tried: string[] = []
  page.on('request', (request) => {
    if (/\/v1\/passkeys\/\w+\/\w+/.test(request.url())) tried.push(request.url())
  })
  const [live, lacking] = [await tenant.addKey(undefined, 'live'), await tenant.addKey('usage:read')]
  await playground.open(live.secret)
  await playground.show('Break it')
  const runs = page.getByRole('button', { name: /^Run/ })
  await expect(playground.panel).toContainText('Nothing was tried. Use a test key of the same tenant')
  await expect(runs).toHaveCount(0)
  await soundInBoth(page, 'a live key')
  await playground.apiKey.fill(lacking.secret)
  await expect(playground.panel).toContainText('It does not hold passkeys:register and passkeys:authenticate.')
  await expect(runs).toHaveCount(0)
  await playground.apiKey.fill(tenant.key)
  await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible()
  expect(tried).toEqual([])
})

test('a server of one’s own is told its holes, once it allows the page, and what is written of it is checked', async ({
  page,
  playground,
}) => {
  test.setTimeout(90_000)
  const weak = await weakServer()
  await playground.open()
  await playground.show('Break it')
  await expect(page.getByText('It takes a test key')).toBeVisible()
  await page.getByRole('radio', { name: 'Your own' }).check()
  const url = page.getByRole('textbox', { name: 'Begin a registration: URL' })
  await page.getByRole('textbox', { name: 'Origin that the server expects' }).fill(weak.origin)
  await page.getByRole('button', { name: 'SimpleWebAuthn’s example' }).click()
  await url.fill('ftp://weak.example')
  const runAll = page.getByRole('button', { name: 'Run all' })
  await runAll.click()
  await expect(url).toBeFocused()
  await expect(url).toHaveAccessibleDescription(/Only http: and https: are called/)
  await soundInBoth(page, 'a mistake in the form')
  await url.fill(`${weak.origin}/generate-registration-options`)

  await runAll.click()
  await expect(page.getByText('does not allow this page', { exact: false }).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(`Access-Control-Allow-Origin: ${new URL(page.url()).origin}`).last()).toBeVisible()

  weak.allow(new URL(page.url()).origin)
  await runAll.click()
  const holes = faults.filter(
    ({ refusedBy, timing }) => !['origin', 'challenge'].includes(refusedBy) && timing !== 'late',
  )
  await expect(page.getByText(`${holes.length} accepted`, { exact: false }).first()).toBeVisible({ timeout: 60_000 })
  const named = page.getByTestId('fault-matrix').locator('[data-verdict=hole]')
  const ids = await named.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.fault))
  expect(ids).toEqual(holes.map(({ id }) => id))
  const markdown = await exported(page, /^Markdown/)
  expect(markdown).toContain('### One bit flipped')
  expect(markdown).not.toContain('### Another origin')
  weak.close()
})

async function exported(page: Page, format: RegExp): Promise<string> {
  const download: Promise<Download> = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: format }).click()
  return readFileSync(await (await download).path(), 'utf8')
}

/** A server of another origin that looks at the challenge and the origin, and at nothing else. */
async function weakServer() {
  let allowed = ''
  let origin = ''
  const open = new Set<string>()
  const server = createServer(async (request, answer) => {
    const headers = {
      'Content-Type': 'application/json',
      ...(allowed ? { 'Access-Control-Allow-Origin': allowed, 'Access-Control-Allow-Credentials': 'true' } : {}),
      'Access-Control-Allow-Headers': 'content-type',
    }
    const say = (status: number, body: unknown) => answer.writeHead(status, headers).end(JSON.stringify(body))
    if (request.method === 'OPTIONS') return say(200, {})
    if (request.method === 'GET') {
      const challenge = crypto.randomUUID()
      open.add(challenge)
      return say(200, {
        challenge,
        rp: { id: 'localhost', name: 'Weak' },
        user: { id: 'AAAA', name: 'ada', displayName: 'Ada' },
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
      })
    }
    const sent = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const client = JSON.parse(Buffer.from(sent.response.clientDataJSON, 'base64url').toString())
    // A session knows the latest challenge alone.
    const verified = client.origin === origin && [...open].at(-1) === client.challenge
    say(verified ? 200 : 400, { verified })
  }).listen(0)
  await once(server, 'listening')
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return { origin, allow: (page: string) => (allowed = page), close: () => server.close() }
}

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

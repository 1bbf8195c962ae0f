import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Client } from '#lib/sdk/client.ts'
import { expect, test } from './fixtures.ts'

test.beforeEach(async ({ tenant, playground, authenticator: _ }) => {
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await playground.authenticates()
})

test('the token names the tenant, and its verdict comes from the published keys', async ({
  page,
  tenant,
  playground,
}) => {
  const region = page.getByRole('region', { name: 'Token' })
  await expect(region.getByText('Signature verified')).toBeVisible()
  await expect(region).toContainText(/expires in \d/)
  await expect(region).toContainText(tenant.id)
  const claims = await playground.claims()
  expect(claims).toMatchObject({
    iss: new URL(page.url()).origin,
    aud: 'mpc-server:test',
    providerTenantId: tenant.id,
    providerTenantName: tenant.name,
    environment: 'test',
    preferred_username: 'ada',
    amr: expect.arrayContaining(['pop', 'swk', 'user', 'mfa']),
  })
  expect(Number(claims.exp) - Number(claims.iat)).toBe(3600)
})

test('every member of header and payload is shown with its meaning', async ({ page, playground }) => {
  const [head = '', body = ''] = ((await playground.token.textContent()) ?? '').split('.')
  for (const [name, part] of [
    ['Header', head],
    ['Payload', body],
  ] as const) {
    const members = Object.keys(JSON.parse(Buffer.from(part, 'base64url').toString()))
    const table = page.getByRole('table', { name })
    expect((await table.getByRole('rowheader').allTextContents()).sort()).toEqual(members.sort())
    for (const row of (await table.getByRole('row').all()).slice(1)) await expect(row).toHaveText(/\S \S|\S{3}/)
  }
  await expect(page.getByRole('row', { name: /^providerTenantId/ })).toContainText('usage is counted for it')
})

test('Copy token copies exactly the JWT', async ({ page, context, playground }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy token' }).click()
  await expect(page.getByText('Copied', { exact: true }).first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await playground.token.textContent())
})

test('the call shown with the token works as it stands', async ({ page, tenant, playground }) => {
  const command = (await page.getByRole('region', { name: 'command' }).textContent()) ?? ''
  const token = (await playground.token.textContent()) ?? ''
  const env = { ...process.env, PLAYGROUND_API_KEY: tenant.key }
  const { stdout: said } = await promisify(execFile)('bash', ['-c', command], { env })
  const own = new Client({ apiKey: tenant.key, baseUrl: new URL(page.url()).origin })
  expect(JSON.parse(said)).toEqual(await own.passkeys.list({}, { userToken: token }))
})

test('the language of a snippet is the one that was chosen last, on the next page too', async ({ page }) => {
  const language = page.getByRole('radiogroup', { name: 'Language of the command' })
  const command = page.getByRole('region', { name: 'command' })
  await language.getByRole('radio', { name: 'TypeScript' }).check()
  await expect(command).toContainText("from '@webauthn-playground/sdk/tokens'")
  await language.getByRole('radio', { name: 'TypeScript' }).press('ArrowRight')
  await expect(command).toContainText('from webauthn_playground import Client')
  await page.getByRole('tab', { name: 'OAuth' }).click()
  await expect(page.getByRole('region', { name: 'program' })).toContainText('pip install')
})

test('an expired token is no longer called good', async ({ page }) => {
  await page.clock.install()
  await expect(page.getByText('Signature verified')).toBeVisible()
  await page.clock.fastForward('01:00:05')
  await expect(page.getByText('Expired, though its signature is good')).toBeVisible()
  await expect(page.getByText('Signature verified')).toHaveCount(0)
})

test('no claim’s name is broken on a small laptop', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  const names = page.getByRole('table', { name: 'Payload' }).getByRole('rowheader')
  await expect(names.filter({ hasText: 'providerTenantName' })).toBeVisible()
  const lines = await names.evaluateAll((cells) =>
    cells.map((cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return [cell.textContent, range.getClientRects().length]
    }),
  )
  expect(lines.filter(([, count]) => count !== 1)).toEqual([])
})

import { gzipSync } from 'node:zlib'
import { expect, test } from './fixtures.ts'

test('the page’s headers forbid what it does not need', async ({ request }) => {
  const answer = await request.get('/playground')
  const headers = answer.headers()
  const policy = Object.fromEntries(
    (headers['content-security-policy'] ?? '').split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources]
    }),
  )
  expect(policy['script-src']).not.toContain("'unsafe-inline'")
  expect(policy['script-src']).not.toContain("'unsafe-eval'")
  expect(policy['script-src']).toContainEqual(expect.stringMatching(/^'nonce-[\w+/=]{16,}'$/))
  expect(policy['frame-ancestors']).toEqual(["'none'"])
  expect(policy['object-src']).toEqual(["'none'"])
  expect(policy['base-uri']).toEqual(["'none'"])
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['permissions-policy']).toMatch(/publickey-credentials-get=\(self\).*camera=\(\)/)
  expect(headers).not.toHaveProperty('x-powered-by')
})

test('every request has a nonce of its own', async ({ request }) => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await request.get('/playground')).headers()['content-security-policy']),
  )
  expect(policies[0]).not.toBe(policies[1])
})

test('the whole flow keeps to the policy', async ({ page, tenant, playground, authenticator: _ }) => {
  await page.addInitScript(() => {
    const violations: string[] = []
    Object.assign(window, { violations })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await playground.authenticates()
  await expect(page.getByText('Signature verified')).toBeVisible()
  for (const tab of ['Checks', 'Ceremony', 'Passkeys'] as const) await playground.show(tab)
  expect(await page.evaluate('violations')).toEqual([])
})

test('nothing is fetched from anywhere else', async ({ page, tenant, playground, authenticator: _ }) => {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(page.url()).origin && page.url() !== 'about:blank')
      elsewhere.push(request.url())
  })
  await playground.open(tenant.key, 'ada')
  await playground.registers()
  await playground.authenticates()
  expect(elsewhere).toEqual([])
})

test('the first load needs no more than 150 kB of script, gzipped', async ({ page, playground }) => {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await playground.open()
  await expect(page.getByRole('button', { name: 'Theme: system' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  const bodies = await Promise.all([...scripts].map(async (url) => (await page.request.get(url)).body()))
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
  expect(scripts.size).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(150_000)
})

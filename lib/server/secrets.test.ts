import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { runScript } from '../setup/run-script.ts'
import { serve } from '../setup/serve.ts'
import { SoftwareAuthenticator } from '../testing/authenticator.ts'

let server: Awaited<ReturnType<typeof serve>>
let html: string
const secrets: string[] = []

/** Traffic of every kind: good, refused, malformed, with secrets wherever they may stand. */
beforeAll(async () => {
  server = await serve('start', { LOG_LEVEL: 'debug' })
  const [clientSecret, ...keys] = await Promise.all([newClientSecret(), newKey('test'), newKey('live')])
  secrets.push(clientSecret.slice(3))
  for (const key of keys) {
    const client = new Client({ baseUrl: server.baseUrl, apiKey: key })
    const authenticator = new SoftwareAuthenticator({ origin: server.baseUrl })
    const registration = await client.passkeys.register.begin({ username: 'ada' })
    const made = authenticator.create(registration.publicKey)
    await client.passkeys.register.finish({ ceremonyId: registration.ceremonyId, credential: made })
    const begun = await client.passkeys.authenticate.begin({ username: 'ada' })
    const credential = authenticator.get(begun.publicKey)
    const { token } = await client.passkeys.authenticate.finish({ ceremonyId: begun.ceremonyId, credential })
    secrets.push(key.slice(21, 64), token.split('.')[2] ?? '', token.split('.')[1] ?? '')
    const headers = { Authorization: `Bearer ${key}`, 'X-User-Token': token, 'Content-Type': 'application/json' }
    for (const secret of [key, token, clientSecret]) {
      for (const path of ['/v1/', '/v1/passkeys/', '/v1/tenant?key=', '/playground?key=', '/playground/', '/']) {
        await fetch(`${server.baseUrl}${path}${secret}`, { headers })
        await fetch(`${server.baseUrl}${path}${secret}`, { method: 'DELETE' })
      }
      for (const body of [secret, JSON.stringify({ username: secret }), JSON.stringify({ options: { [secret]: 1 } })]) {
        await fetch(`${server.baseUrl}/v1/passkeys/register/begin`, { method: 'POST', headers, body })
      }
      await fetch(`${server.baseUrl}/v1/tenant`, { headers: { 'X-API-Key': `${secret}x`, Cookie: secret } })
    }
  }
  html = await (await fetch(`${server.baseUrl}/playground`)).text()
})

afterAll(() => server.stop())

async function newKey(type: 'test' | 'live'): Promise<string> {
  const scopes = 'passkeys:register passkeys:authenticate'
  return (await made('keys', '--type', type, '--scopes', scopes)).secret
}

async function newClientSecret(): Promise<string> {
  const kind = ['--environment', 'test', '--type', 'confidential', '--grants', 'client_credentials']
  return (await made('oauth-clients', ...kind, '--scopes', 'usage:read')).clientSecret
}

async function made(what: 'keys' | 'oauth-clients', ...options: string[]) {
  const settings = { DATA_DIR: server.dataDir, BASE_URL: server.baseUrl }
  const args = [what, 'create', '--tenant', 'acme', '--name', 'x', ...options, '--json']
  return JSON.parse((await runScript('lib/server/admin.ts', args, settings)).stdout)
}

test('no key, token or secret is in what the server writes, however much it logs', () => {
  const written = server.output.join('')
  expect(written).toMatch(/"path":"\/v1\/passkeys\/register\/finish","status":201/)
  expect(written).toContain('[redacted]')
  const rootSecret = readFileSync(join(server.dataDir, 'secret'), 'utf8')
  for (const secret of [...secrets, rootSecret]) expect(written).not.toContain(secret)
  const demo = written.match(/sk_(?:test|live)_[0-9A-Za-z]{12}_[0-9A-Za-z]+/g)
  expect(demo).toHaveLength(2)
})

test('every line of the log names its request, and the key by its id', () => {
  const lines = server.output
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  expect(lines.length).toBeGreaterThan(20)
  for (const line of lines) expect(line).toMatchObject({ requestId: expect.any(String), level: expect.any(Number) })
  expect(lines.some(({ key }) => /^[0-9A-Za-z]{12}$/.test(key))).toBe(true)
})

describe('the page', () => {
  test('holds the demo keys and no other secret', () => {
    const shown = new Set(html.match(/sk_(?:test|live)_[0-9A-Za-z]{12}_[0-9A-Za-z]+/g))
    const banner = new Set(server.output.join('').match(/sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]+/g))
    expect(shown).toEqual(banner)
    const rootSecret = readFileSync(join(server.dataDir, 'secret'), 'utf8')
    for (const secret of [...secrets, rootSecret, server.dataDir]) expect(html).not.toContain(secret)
  })

  test('runs its own scripts only, in no frame, and tells no other site where it was', async () => {
    const { headers } = await fetch(`${server.baseUrl}/playground`)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']{16,}' 'strict-dynamic'(?:;|$)/)
    for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part)
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringContaining('publickey-credentials-get=(self)'),
      'cache-control': expect.stringMatching(/no-store|no-cache|private/),
    })
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
    const again = (await fetch(`${server.baseUrl}/playground`)).headers.get('content-security-policy')
    expect(again).not.toBe(policy)
  })
})

test('the root secret is its owner’s alone to read', () => {
  expect(statSync(join(server.dataDir, 'secret')).mode & 0o777).toBe(0o600)
})

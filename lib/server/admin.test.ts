import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { Client } from '#lib/sdk/client.ts'
import { runScript } from '../setup/run-script.ts'
import { serve } from '../setup/serve.ts'

vi.setConfig({ testTimeout: 60_000 })

const dataDir = mkdtempSync(join(tmpdir(), 'playground-admin-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function admin(args: string[], settings: Record<string, string> = {}) {
  return runScript('lib/server/admin.ts', args, { DATA_DIR: dataDir, LOG_LEVEL: 'debug', ...settings })
}

/** The one JSON document of a command that succeeds. */
async function jsonOf(args: string[], settings?: Record<string, string>) {
  const { code, stdout, stderr } = await admin([...args, '--json'], settings)
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  return JSON.parse(stdout)
}

/** What a command says that is refused: on standard error alone, with exit code 1. */
async function errorOf(args: string[], settings?: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await admin(args, settings)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr
}

/** A command that makes a key; of an option that is given again, the last one counts. */
const newKey = (...more: string[]) => [
  'keys',
  'create',
  '--tenant',
  'shop',
  '--type',
  'test',
  '--name',
  'CI',
  '--scopes',
  'usage:read',
  ...more,
]

beforeAll(async () => {
  await jsonOf(['tenants', 'create', '--name', 'Shop', '--slug', 'shop'])
})

describe('tenants', () => {
  test('are made and listed', async () => {
    const made = await jsonOf(['tenants', 'create', '--name', 'Bank & Söhne', '--slug', 'bank'])
    expect(made).toEqual({
      id: expect.stringMatching(/^tnt_[0-9A-Za-z]{14}$/),
      name: 'Bank & Söhne',
      monthlyQuota: null,
      signUp: true,
      slug: 'bank',
      createdAt: expect.any(String),
    })
    expect((await jsonOf(['tenants', 'list'])).data).toContainEqual(made)
    expect((await admin(['tenants', 'list'])).stdout).toContain(`${made.id}  bank  Bank & Söhne`)
  })

  test.each([
    ['a slug that is taken', ['--name', 'X', '--slug', 'shop'], 'the slug “shop” exists already'],
    ['a slug that is none', ['--name', 'X', '--slug', 'My Shop'], 'slug: needs'],
    ['a blank name', ['--name', ' ', '--slug', 'blank'], 'name: is blank'],
    ['an origin with a path', ['--name', 'X', '--slug', 'x', '--origins', 'https://x.example/y'], 'origins.0: '],
    ['an RP ID that is a URL', ['--name', 'X', '--slug', 'x', '--rp-id', 'https://x.example'], 'rpId: '],
    [
      'an RP ID that is a public suffix',
      ['--name', 'X', '--slug', 'x', '--rp-id', 'co.uk'],
      'rpId: is a public suffix',
    ],
    ['an RP ID that is an address', ['--name', 'X', '--slug', 'x', '--rp-id', '127.0.0.1'], 'rpId: is an address'],
    ['no name', ['--slug', 'x'], "required option '--name <name>'"],
  ])('are not made with %s', async (_name, args, message) => {
    expect(await errorOf(['tenants', 'create', ...args, '--json'])).toContain(message)
    expect((await jsonOf(['tenants', 'list'])).data.map(({ slug }: { slug: string }) => slug)).not.toContain('x')
  })
})

describe('a tenant’s monthly quota', () => {
  const quotaOf = async (name: string) =>
    (await jsonOf(['tenants', 'list'])).data.find(({ slug }: { slug: string }) => slug === name)?.monthlyQuota
  const quota = (requests: string, tenant = 'shop') => [
    'tenants',
    'quota',
    '--tenant',
    tenant,
    `--requests=${requests}`,
  ]

  test('is set when the tenant is made, changed, and taken away', async () => {
    const made = await jsonOf(['tenants', 'create', '--name', 'Sold', '--slug', 'sold', '--quota', '1000000000'])
    expect([made.monthlyQuota, await quotaOf('sold')]).toEqual([1_000_000_000, 1_000_000_000])
    expect(await jsonOf(quota('1', 'sold'))).toEqual({ ...made, monthlyQuota: 1 })
    expect(await quotaOf('sold')).toBe(1)
    expect((await admin(quota('5000', 'sold'))).stdout).toBe('Sold has 5000 requests a month.\n')
    expect(await jsonOf(quota('none', 'sold'))).toEqual({ ...made, monthlyQuota: null })
    expect(await quotaOf('sold')).toBeNull()
    expect((await admin(quota('none', 'sold'))).stdout).toBe('Sold has no limit of requests a month.\n')
  })

  test('is refused where it is no whole number from 1 to 1,000,000,000, and stays what it was', async () => {
    await jsonOf(quota('500'))
    const create = (wrong: string) => ['tenants', 'create', '--name', 'X', '--slug', 'no-quota', `--quota=${wrong}`]
    await Promise.all([
      ...['0', '1.5', '1000000001', 'many'].map(async (wrong) => expect(await errorOf(quota(wrong))).toMatch(/number/)),
      ...['-1', ''].map(async (wrong) => expect(await errorOf(create(wrong))).toMatch(/^monthlyQuota: .*number/)),
    ])
    expect([await quotaOf('shop'), await quotaOf('no-quota')]).toEqual([500, undefined])
    await jsonOf(quota('none'))
  })

  test('is of a tenant that is there, and is said', async () => {
    expect(await errorOf(quota('5', 'nobody'))).toContain('No tenant has the slug “nobody”')
    expect(await errorOf(['tenants', 'quota', '--tenant', 'shop'])).toContain('--requests <number>')
  })
})

describe('keys', () => {
  test('are made, shown once, listed and revoked', async () => {
    const made = await jsonOf(newKey('--expires', '2035-01-01'))
    expect(made.secret).toMatch(new RegExp(`^sk_test_${made.id}_[0-9A-Za-z]{49}$`))
    const { secret, ...view } = made
    expect(view).toMatchObject({ name: 'CI', type: 'test', scopes: ['usage:read'], tier: 'standard', revokedAt: null })
    expect(view.expiresAt).toBe('2035-01-01T00:00:00.000Z')
    const list = await admin(['keys', 'list', '--tenant', 'shop', '--json'])
    expect(JSON.parse(list.stdout).data).toContainEqual(view)
    expect(list.stdout).not.toContain(secret.slice(21, 64))
    expect(await jsonOf(['keys', 'revoke', made.id])).toEqual({ id: made.id, revoked: true })
    const { data } = await jsonOf(['keys', 'list', '--tenant', 'shop'])
    expect(data.find(({ id }: { id: string }) => id === made.id).revokedAt).not.toBeNull()
    expect(await jsonOf(['keys', 'revoke', made.id])).toEqual({ id: made.id, revoked: true })
    expect((await jsonOf(['keys', 'list', '--tenant', 'shop'])).data).toEqual(data)
    expect(await errorOf(['keys', 'revoke', 'aaaaaaaaaaaa'])).toContain('No such API key')
  })

  test.each([
    ['a scope that is none', newKey('--scopes', 'usage:read moon:land'), '“moon:land” is not a scope'],
    ['no scope', newKey('--scopes', ' '), 'scopes: name at least one'],
    ['an expiry in the past', newKey('--expires', '2001-01-01'), 'expiresAt: is in the past'],
    ['an expiry that is no date', newKey('--expires', 'soon'), 'expiresAt: is not an ISO 8601 date'],
    ['another type', newKey('--type', 'prod'), 'Allowed choices are test, live'],
    ['a tenant that is not there', newKey('--tenant', 'nobody'), 'No tenant has the slug “nobody”'],
  ])('are not made with %s', async (_name, args, message) => {
    const before = await jsonOf(['keys', 'list', '--tenant', 'shop'])
    expect(await errorOf([...args, '--json'])).toContain(message)
    expect(await jsonOf(['keys', 'list', '--tenant', 'shop'])).toEqual(before)
  })

  test('take every scope, separated by spaces or commas', async () => {
    expect((await jsonOf(newKey('--scopes', scopeNames.join(', ')))).scopes).toEqual(scopeNames)
  })
})

test('signing keys are rotated: the next becomes the current', async () => {
  const first = await jsonOf(['signing-keys', 'rotate'])
  const second = await jsonOf(['signing-keys', 'rotate'])
  expect(second.current).toBe(first.next)
  expect(second.next).not.toBe(first.next)
})

test('a command that is none, or a setting that is not valid, is an error', async () => {
  expect(await errorOf(['tenants', 'destroy'])).toContain('unknown command')
  expect(await errorOf(['tenants', 'list', '--everything'])).toContain('unknown option')
  expect(await errorOf(['tenants', 'list'], { PORT: 'x' })).toContain('PORT must be')
})

test('the command line works beside a running server, which sees at once what it did', async () => {
  const server = await serve('start', { DEMO: 'off' })
  const settings = { DATA_DIR: server.dataDir, BASE_URL: server.baseUrl }
  const tenant = await jsonOf(['tenants', 'create', '--name', 'Shop', '--slug', 'shop'], settings)
  const key = await jsonOf(newKey(), settings)
  const client = new Client({ baseUrl: server.baseUrl, apiKey: key.secret })
  expect((await client.tenant()).tenant.id).toBe(tenant.id)
  await jsonOf(['keys', 'revoke', key.id], settings)
  await expect(client.tenant()).rejects.toMatchObject({ code: 'api_key_invalid' })

  const { next } = await jsonOf(['signing-keys', 'rotate'], settings)
  await fetch(`${server.baseUrl}/readyz`)
  const { keys } = await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()
  expect(keys.map(({ kid }: { kid: string }) => kid)).toContain(next)
  await server.stop()
})

test('links of the command line lead to the server that runs, or ran last, on the same database, or where BASE_URL says', async () => {
  const settings = { DATA_DIR: mkdtempSync(join(tmpdir(), 'playground-admin-')), BASE_URL: '' }
  await jsonOf(['tenants', 'create', '--name', 'Shop', '--slug', 'shop'], settings)
  const link = async (more: Record<string, string> = {}) =>
    (await jsonOf(['console', 'invite', '--tenant', 'shop'], { ...settings, ...more })).link.split('/console/')[0]
  expect(await link()).toBe('http://localhost:3000')
  const server = await serve('start', { ...settings, BASE_URL: 'https://auth.example' })
  expect(await link()).toBe('https://auth.example')
  expect(await link({ PORT: '4000' })).toBe('https://auth.example')
  expect(await link({ BASE_URL: 'https://other.example' })).toBe('https://other.example')
  await server.stop('SIGKILL')
  expect(await link()).toBe('https://auth.example')
  rmSync(settings.DATA_DIR, { recursive: true })
})

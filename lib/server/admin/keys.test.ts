import { beforeAll, expect, test } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { authenticate } from '../keys/authenticate.ts'
import { errorHere, jsonHere } from './here.ts'

beforeAll(async () => {
  await jsonHere('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
})

/** A command that makes a key; of an option that is given again, the last one counts. */
const create = (...more: string[]) => [
  'keys',
  'create',
  '--tenant',
  'shop',
  '--type',
  'live',
  '--name',
  'Backend',
  '--scopes',
  'usage:read skills:list',
  ...more,
]
const newKey = (...more: string[]) => jsonHere(...create(...more))
const list = () => jsonHere('keys', 'list', '--tenant', 'shop')

test('a key is made, shown once, listed and revoked', async () => {
  const { secret, ...made } = await newKey('--type', 'test', '--expires', '2035-01-01')
  expect(secret).toMatch(new RegExp(`^sk_test_${made.id}_[0-9A-Za-z]{49}$`))
  expect(made).toMatchObject({
    name: 'Backend',
    type: 'test',
    scopes: ['usage:read', 'skills:list'],
    tier: 'standard',
    expiresAt: '2035-01-01T00:00:00.000Z',
    revokedAt: null,
  })
  const listed = await list()
  expect(listed.data).toContainEqual(made)
  expect(JSON.stringify(listed)).not.toContain(secret.slice(21, 64))
  expect(await jsonHere('keys', 'revoke', made.id)).toEqual({ id: made.id, revoked: true })
  const { data } = await list()
  expect(data.find(({ id }: { id: string }) => id === made.id).revokedAt).not.toBeNull()
  expect(await jsonHere('keys', 'revoke', made.id)).toEqual({ id: made.id, revoked: true })
  expect((await list()).data).toEqual(data)
  expect(await errorHere('keys', 'revoke', 'aaaaaaaaaaaa')).toContain('No such API key')
})

test.each([
  ['a scope that is none', ['--scopes', 'usage:read moon:land'], '“moon:land” is not a scope'],
  ['no scope', ['--scopes', ' '], 'scopes: name at least one'],
  ['an expiry in the past', ['--expires', '2001-01-01'], 'expiresAt: is in the past'],
  ['an expiry that is no date', ['--expires', 'soon'], 'expiresAt: is not an ISO 8601 date'],
  ['another type', ['--type', 'prod'], 'Allowed choices are test, live'],
  ['a tenant that is not there', ['--tenant', 'nobody'], 'No tenant has the slug “nobody”'],
])('a key is not made with %s', async (_name, wrong, message) => {
  const before = await list()
  expect(await errorHere(...create(...wrong), '--json')).toContain(message)
  expect(await list()).toEqual(before)
})

test('a key takes every scope, separated by spaces or commas', async () => {
  expect((await newKey('--scopes', scopeNames.join(', '))).scopes).toEqual(scopeNames)
})

test('a key is made for certain addresses, read, changed and opened again', async () => {
  const { id, secret, ...made } = await newKey('--allowed-ips', '203.0.113.10, 2001:db8::/32')
  expect(made.allowedIps).toEqual(['203.0.113.10', '2001:db8::/32'])
  expect(await jsonHere('keys', 'read', id)).toEqual({ id, ...made })
  await expect(authenticate(secret, { address: '192.0.2.1' })).rejects.toMatchObject({ code: 'ip_not_allowed' })
  const changed = await jsonHere(
    'keys',
    'update',
    id,
    '--name',
    'API',
    '--scopes',
    'usage:read',
    '--allowed-ips',
    'any',
    '--expires',
    '2035-01-01',
  )
  expect(changed).toMatchObject({
    name: 'API',
    scopes: ['usage:read'],
    allowedIps: [],
    expiresAt: '2035-01-01T00:00:00.000Z',
  })
  expect((await authenticate(secret, { address: '192.0.2.1' })).key?.name).toBe('API')
  expect((await jsonHere('keys', 'update', id, '--expires', 'never')).expiresAt).toBeNull()
})

test('a key is rotated: both work for the overlap, then one', async () => {
  const { id, secret } = await newKey()
  const successor = await jsonHere('keys', 'rotate', id, '--overlap', '3600')
  expect(successor).toMatchObject({ name: 'Backend', scopes: ['usage:read', 'skills:list'], predecessorId: id })
  expect((await authenticate(secret)).key?.id).toBe(id)
  expect((await authenticate(successor.secret)).key?.id).toBe(successor.id)
  const old = await jsonHere('keys', 'read', id)
  expect(old.rotation).toEqual({ successorId: successor.id, state: 'created' })
  expect(Date.parse(old.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000)
  await jsonHere('keys', 'rotate', successor.id, '--overlap', '0')
  await expect(authenticate(successor.secret)).rejects.toMatchObject({ code: 'api_key_invalid' })
})

test('what makes no sense is an error that says why, and changes nothing', async () => {
  const { id } = await newKey()
  const before = await jsonHere('keys', 'read', id)
  const wrong: [args: string[], message: string][] = [
    [['update', id], 'names nothing to change'],
    [['update', id, '--scopes', 'keys:manage'], 'can only be taken away'],
    [['update', id, '--allowed-ips', '10.0.0.1/8'], 'has host bits set'],
    [['update', id, '--expires', '2001-01-01'], 'is in the past'],
    [['rotate', id, '--overlap', '604801'], 'more than 7 days'],
    [['rotate', id, '--overlap', 'soon'], 'overlapSeconds'],
    [['read', 'aaaaaaaaaaaa'], 'No such API key'],
  ]
  for (const [args, message] of wrong) {
    expect(await errorHere('keys', ...args)).toContain(message)
  }
  expect(await jsonHere('keys', 'read', id)).toEqual(before)
})

test('an invitation to the Console is a link, and for a tenant that is there', async () => {
  const { link } = await jsonHere('console', 'invite', '--tenant', 'shop')
  expect(link).toMatch(/^http:\/\/localhost:3000\/console\/join#[\w-]{43}$/)
  expect(await errorHere('console', 'invite', '--tenant', 'nobody')).toContain('No tenant has the slug')
})

test('a key expires within ten years, or is not made and not changed', async () => {
  const { id } = await newKey('--expires', '2035-01-01')
  const before = await jsonHere('keys', 'list', '--tenant', 'shop')
  for (const date of ['9999-12-31T23:59:59-12:00', '9999-12-31', '+010000-01-01T00:00:00Z']) {
    const error = await errorHere('keys', 'update', id, '--expires', date)
    expect(error).toMatch(/^expiresAt: is (?:more than ten years ahead|not an ISO)/)
  }
  expect(await jsonHere('keys', 'list', '--tenant', 'shop')).toEqual(before)
})

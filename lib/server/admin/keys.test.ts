import { beforeAll, expect, test } from 'vitest'
import { authenticate } from '../keys/authenticate.ts'
import { adminHere } from './here.ts'

const jsonOf = async (...args: string[]) => {
  const { code, stdout, stderr } = await adminHere(...args, '--json')
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

beforeAll(async () => {
  await jsonOf('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
})

const newKey = (...more: string[]) =>
  jsonOf(
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
  )

test('a key is made for certain addresses, read, changed and opened again', async () => {
  const { id, secret, ...made } = await newKey('--allowed-ips', '203.0.113.10, 2001:db8::/32')
  expect(made.allowedIps).toEqual(['203.0.113.10', '2001:db8::/32'])
  expect(await jsonOf('keys', 'read', id)).toEqual({ id, ...made })
  await expect(authenticate(secret, { address: '192.0.2.1' })).rejects.toMatchObject({ code: 'ip_not_allowed' })
  const changed = await jsonOf(
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
  expect((await jsonOf('keys', 'update', id, '--expires', 'never')).expiresAt).toBeNull()
})

test('a key is rotated: both work for the overlap, then one', async () => {
  const { id, secret } = await newKey()
  const successor = await jsonOf('keys', 'rotate', id, '--overlap', '3600')
  expect(successor).toMatchObject({ name: 'Backend', scopes: ['usage:read', 'skills:list'], predecessorId: id })
  expect((await authenticate(secret)).key?.id).toBe(id)
  expect((await authenticate(successor.secret)).key?.id).toBe(successor.id)
  const old = await jsonOf('keys', 'read', id)
  expect(old.rotation).toEqual({ successorId: successor.id, state: 'created' })
  expect(Date.parse(old.expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000)
  await jsonOf('keys', 'rotate', successor.id, '--overlap', '0')
  await expect(authenticate(successor.secret)).rejects.toMatchObject({ code: 'api_key_invalid' })
})

test('what makes no sense is an error that says why, and changes nothing', async () => {
  const { id } = await newKey()
  const before = await jsonOf('keys', 'read', id)
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
    const { code, stdout, stderr } = await adminHere('keys', ...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
  }
  expect(await jsonOf('keys', 'read', id)).toEqual(before)
})

test('an invitation to the Console is a link, and for a tenant that is there', async () => {
  const { link } = await jsonOf('console', 'invite', '--tenant', 'shop')
  expect(link).toMatch(/^http:\/\/localhost:3000\/console\/join#[\w-]{43}$/)
  const { code, stderr } = await adminHere('console', 'invite', '--tenant', 'nobody')
  expect(code).toBe(1)
  expect(stderr).toContain('No tenant has the slug')
})

test('a key expires within ten years, or is not made and not changed', async () => {
  const { id } = await newKey('--expires', '2035-01-01')
  const before = await jsonOf('keys', 'list', '--tenant', 'shop')
  for (const date of ['9999-12-31T23:59:59-12:00', '9999-12-31', '+010000-01-01T00:00:00Z']) {
    const { code, stderr } = await adminHere('keys', 'update', id, '--expires', date)
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^expiresAt: is (?:more than ten years ahead|not an ISO)/),
    ])
  }
  expect(await jsonOf('keys', 'list', '--tenant', 'shop')).toEqual(before)
})

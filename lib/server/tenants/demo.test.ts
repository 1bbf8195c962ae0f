import { afterEach, expect, test } from 'vitest'
import { testOnSqlite } from '../../setup/on-sqlite.ts'
import { env } from '../env.ts'
import { readApiKey } from '../keys/api-key.ts'
import { authenticate } from '../keys/authenticate.ts'
import { placeOfKey, revokeKey } from '../keys/keys.ts'
import { demoKeys } from './demo.ts'
import { actFor, createTenant, listTenants } from './tenants.ts'

// One data directory for the file: the tests tell one story, in order.

afterEach(() => {
  env().demo = true
})

test('the demo tenants are made once, whoever asks at the same time, with the same keys each time', async () => {
  const [first, second] = await Promise.all([demoKeys(), demoKeys()])
  expect(first.map(({ tenantName }) => tenantName)).toEqual(['Acme Wallet', 'Globex Pay'])
  expect(second).toEqual(first)
  expect(await listTenants()).toHaveLength(2)
  const caller = await authenticate(first[0]?.key)
  expect([caller.tenant.name, caller.environment]).toEqual(['Acme Wallet', 'test'])
})

test('a demo key is refused once DEMO is off', async () => {
  const [acme] = await demoKeys()
  env().demo = false
  expect(await demoKeys()).toEqual([])
  await expect(authenticate(acme?.key)).rejects.toMatchObject({ code: 'api_key_invalid' })
  env().demo = true
  expect((await authenticate(acme?.key)).tenant.name).toBe('Acme Wallet')
})

test('a demo key that the operator revoked is offered no more', async () => {
  const [acme, globex] = await demoKeys()
  const id = readApiKey(globex?.key ?? '')?.id ?? ''
  const { tenantId } = await placeOfKey(id)
  await revokeKey(await actFor(tenantId, 'test'), id)
  expect(await demoKeys()).toEqual([acme])
})

testOnSqlite('a tenant of the operator’s own keeps its slug, and gets no demo key', async () => {
  const { vi } = await import('vitest')
  vi.resetModules()
  process.env.DATA_DIR = `${process.env.DATA_DIR}-own`
  delete (globalThis as { playgroundDatabase?: unknown }).playgroundDatabase
  const fresh = { ...(await import('./tenants.ts')), ...(await import('./demo.ts')) }
  const own = await fresh.createTenant({ name: 'Real customer', slug: 'acme' })
  expect((await fresh.demoKeys()).map(({ tenantName }) => tenantName)).toEqual(['Globex Pay'])
  expect((await fresh.listTenants()).find(({ slug }) => slug === 'acme')).toEqual(own)
})

test('of two tenants that want one slug at once, one is refused', async () => {
  const outcomes = await Promise.allSettled([1, 2].map(() => createTenant({ name: 'X', slug: 'twice' })))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.map(({ reason }) => reason.code)).toEqual(['invalid_request'])
})

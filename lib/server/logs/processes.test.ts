import { expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { serveApi } from '../../setup/serve-api.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { listLogs } from './logs.ts'

vi.setConfig({ testTimeout: 60_000 })

async function tenantWithKey(slug: string) {
  const { id: tenantId } = await createTenant({ name: slug, slug })
  const caller = await actFor(tenantId, 'live')
  const { secret } = await createKey(caller, { type: 'live', name: 'Backend', scopes: ['usage:read'] })
  const written = async () => {
    const lots = await (await database()).logLot.findMany({ where: { tenantId } })
    return lots.reduce((all, { requests }) => all + requests, 0)
  }
  const clientOf = (baseUrl: string) => new Client({ apiKey: secret, baseUrl, maxRetries: 0 })
  return { caller, written, clientOf }
}

test('two processes write one log: each reads its own at once, and the other’s within a second', async () => {
  const { clientOf } = await tenantWithKey('shared')
  const servers = await Promise.all([serveApi(env().dataDir), serveApi(env().dataDir)])
  try {
    const [one, other] = servers.map(({ url }) => clientOf(url)) as [Client, Client]
    await Promise.all(Array.from({ length: 20 }, (_, number) => (number % 2 ? one : other).tenant()))
    const seen = async (client: Client) => (await client.logs.list({ operation: 'tenant.read', limit: 100 })).data
    expect((await seen(one)).length).toBeGreaterThanOrEqual(10)
    await expect.poll(async () => (await seen(one)).length).toBe(20)
    expect((await seen(other)).map(({ requestId }) => requestId)).toEqual(
      (await seen(one)).map(({ requestId }) => requestId),
    )
  } finally {
    await Promise.all(servers.map(({ stop }) => stop('SIGKILL')))
  }
})

test('a process that is told to stop writes what it has answered; one that is killed loses a second of it at most', async () => {
  const { caller, written, clientOf } = await tenantWithKey('stopped')
  const told = await serveApi(env().dataDir)
  const client = clientOf(told.url)
  await Promise.all(Array.from({ length: 30 }, () => client.tenant()))
  expect(await told.stop('SIGTERM')).toBe(0)
  expect(await written()).toBe(30)

  const killed = await serveApi(env().dataDir)
  const again = clientOf(killed.url)
  await Promise.all(Array.from({ length: 5 }, () => again.tenant()))
  await expect.poll(written).toBe(35)
  await again.tenant()
  await killed.stop('SIGKILL')
  expect([35, 36]).toContain(await written())
  expect((await listLogs(caller, { limit: 100 })).data.length).toBe(await written())
})

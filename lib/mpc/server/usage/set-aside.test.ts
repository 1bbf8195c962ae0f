import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api } from '../../../server/api/app.ts'
import { createServiceToken, revokeServiceToken } from '../../../server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../../server/tenants/tenants.ts'
import { report } from '../../../server/usage/report.ts'
import { startIssuer } from '../../../setup/issuer.ts'
import { mpcUser } from '../../../setup/mpc-user.ts'
import { serveMpc } from '../../../setup/serve-mpc.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'

// The MPC server beside the real usage service, with events in its outbox that this refuses.

const day = 24 * 3_600_000
const issuer = await startIssuer()
const acme = await createTenant({ name: 'Acme Wallet', slug: 'acme-wallet' })
const claims = { providerTenantId: acme.id, providerTenantName: acme.name, sub: 'usr_ada' }

/** How a refusal of the usage service arrives: as it was given, without the places it names, or as a proxy’s own page. */
let passedOn: 'whole' | 'nameless' | 'foreign' = 'whole'
const usage = createServer(
  getRequestListener(
    async (request) => {
      const answer = await api().fetch(request)
      if (answer.status !== 400 || passedOn === 'whole') return answer
      const { issues: _, ...problem } = await answer.json()
      return new Response(passedOn === 'foreign' ? 'Bad Request' : JSON.stringify(problem), { status: 400 })
    },
    { overrideGlobalObjects: false },
  ),
)
let token: Awaited<ReturnType<typeof createServiceToken>>
let server: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  token = await createServiceToken({ service: 'mpc', name: 'Test' })
  await new Promise<void>((resolve) => usage.listen(0, resolve))
  server = await start()
})
afterAll(async () => {
  await server.stop()
  usage.close()
  usage.closeAllConnections()
  await issuer.stop()
})

async function start() {
  const server = await serveMpc({
    DATA_DIR: env().dataDir,
    MPC_ISSUER: issuer.url,
    MPC_USAGE_URL: `http://localhost:${(usage.address() as AddressInfo).port}/v1/usage/events`,
    MPC_USAGE_TOKEN: token.token,
  })
  const { keys, headers } = await mpcUser(issuer, server.url, claims)
  const said = (what: RegExp) => server.output.join('').match(new RegExp(what, 'g'))?.length ?? 0
  return { ...server, call: () => keys.list({}, headers()), said }
}

/** Puts an event into the MPC server’s outbox that has waited the longest. */
async function put(data: object): Promise<string> {
  const id = `bad-${randomUUID()}`
  const at = new Date().toISOString()
  const good = { tenantId: acme.id, tenantName: acme.name, environment: 'test', operation: 'mpc.key.list' }
  const event = {
    ...{ specversion: '1.0', id, source: 'urn:test', type: 'mpc.request' },
    data: { ...good, status: 'OK', at, ...data },
  }
  const createdAt = new Date(Date.now() - day)
  await (await database()).usageEvent.create({ data: { id, event: JSON.stringify(event), createdAt } })
  return id
}

const waiting = async () => (await database()).usageEvent.count({ where: { refusedAt: null } })
const setAside = async () => {
  const where = { refusedAt: { not: null } }
  const rows = await (await database()).usageEvent.findMany({ where, orderBy: { createdAt: 'asc' } })
  return Object.fromEntries(rows.map(({ id, refusedFor }) => [id, refusedFor])) as Record<string, string>
}
const counted = async () => (await report(await actFor(acme.id, 'test'), { groupBy: 'operation' })).totals.requests

test('events that are refused are set aside, each with the reason and a line in the log, and the others are counted', async () => {
  const reasons = {
    [await put({ tenantId: 'tnt_deleted' })]: 'data.tenantId: is no tenant of this server',
    [await put({ at: new Date(Date.now() - 32 * day).toISOString() })]: 'data.at: is more than 31 days ago',
    [await put({ azp: null })]: 'data.azp: is no string',
  }
  await server.call()
  await server.call()
  await expect.poll(counted).toBe(2)
  await expect.poll(waiting).toBe(0)
  expect(await setAside()).toEqual(reasons)
  for (const id of Object.keys(reasons)) expect(server.said(new RegExp(`${id}.*is set aside`))).toBe(1)

  // A refusal that names none: halves, until the one is found.
  passedOn = 'nameless'
  const [first, second] = [await put({ tenantId: 'tnt_deleted' }), await put({ operation: 'mpc.nothing' })]
  await Promise.all([server.call(), server.call(), server.call()])
  await expect.poll(counted).toBe(5)
  await expect.poll(waiting).toBe(0)
  expect(Object.keys(await setAside()).sort()).toEqual([...Object.keys(reasons), first, second].sort())

  // A 400 of something in front blames nobody, where nothing else is taken.
  passedOn = 'foreign'
  const third = await put({ tenantId: 'tnt_deleted' })
  await server.call()
  await expect.poll(counted).toBe(6)
  await expect.poll(async () => (await setAside())[third]).toContain('400')
  passedOn = 'whole'
})

test('a token that the usage service does not take is said once, with what to do; with another, what waited is counted', async () => {
  const before = await counted()
  await revokeServiceToken(token.id)
  await server.call()
  await expect.poll(() => server.said(/service-tokens create --for mpc/)).toBe(1)
  await server.call()
  expect(await server.stop()).toBe(0)
  expect(server.said(/service-tokens create --for mpc/)).toBe(1)
  expect([await counted(), await waiting()]).toEqual([before, 2])

  const [old, young] = Object.keys(await setAside())
  for (const [id = '', days] of [
    [old, 91],
    [young, 89],
  ] as const)
    await (await database()).usageEvent.update({
      where: { id },
      data: { refusedAt: new Date(Date.now() - days * day) },
    })
  token = await createServiceToken({ service: 'mpc', name: 'Next' })
  server = await start()
  await expect.poll(counted).toBe(before + 2)
  // What was set aside is kept for 90 days.
  await expect.poll(async () => Object.keys(await setAside())).not.toContain(old)
  expect(Object.keys(await setAside())).toContain(young)
})

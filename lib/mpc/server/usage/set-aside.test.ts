import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api } from '../../../server/api/app.ts'
import { createServiceToken, revokeServiceToken } from '../../../server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../../server/tenants/tenants.ts'
import { report } from '../../../server/usage/report.ts'
import { newDataDir } from '../../../setup/isolated.ts'
import { startIssuer } from '../../../setup/issuer.ts'
import { mpcUser } from '../../../setup/mpc-user.ts'
import { serveMpc } from '../../../setup/serve-mpc.ts'

// The MPC server beside the real usage service, with events in its outbox that this refuses.

const day = 24 * 3_600_000
const dataDir = newDataDir('mpc-set-aside')
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
    DATA_DIR: dataDir,
    MPC_ISSUER: issuer.url,
    MPC_USAGE_URL: `http://localhost:${(usage.address() as AddressInfo).port}/v1/usage/events`,
    MPC_USAGE_TOKEN: token.token,
  })
  const { keys, headers } = await mpcUser(issuer, server.url, claims)
  const said = (what: RegExp) => server.output.join('').match(new RegExp(what, 'g'))?.length ?? 0
  return { ...server, call: () => keys.list({}, headers()), said }
}

/** The MPC server’s outbox, from beside it. */
function outbox<Result>(work: (database: Database.Database) => Result): Result {
  const database = new Database(join(dataDir, 'mpc.db'), { timeout: 5_000 })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

/** Puts an event there that has waited the longest. */
function put(data: object): string {
  const id = `bad-${randomUUID()}`
  const at = new Date().toISOString()
  const good = { tenantId: acme.id, tenantName: acme.name, environment: 'test', operation: 'mpc.key.list' }
  const event = {
    ...{ specversion: '1.0', id, source: 'urn:test', type: 'mpc.request' },
    data: { ...good, status: 'OK', at, ...data },
  }
  outbox((database) =>
    database
      .prepare('INSERT INTO "UsageEvent" ("id", "event", "createdAt") VALUES (?, ?, ?)')
      .run(id, JSON.stringify(event), new Date(Date.now() - day).toISOString()),
  )
  return id
}

const waiting = () =>
  outbox((database) => database.prepare('SELECT "id" FROM "UsageEvent" WHERE "refusedAt" IS NULL').all().length)
const setAside = () =>
  outbox(
    (database) =>
      Object.fromEntries(
        database.prepare('SELECT "id", "refusedFor" FROM "UsageEvent" WHERE "refusedAt" IS NOT NULL').raw().all() as [
          string,
          string,
        ][],
      ) as Record<string, string>,
  )
const counted = async () => (await report(await actFor(acme.id, 'test'), { groupBy: 'operation' })).totals.requests

test('events that are refused are set aside, each with the reason and a line in the log, and the others are counted', async () => {
  const reasons = {
    [put({ tenantId: 'tnt_deleted' })]: 'data.tenantId: is no tenant of this server',
    [put({ at: new Date(Date.now() - 32 * day).toISOString() })]: 'data.at: is more than 31 days ago',
    [put({ azp: null })]: 'data.azp: is no string',
  }
  await server.call()
  await server.call()
  await expect.poll(counted).toBe(2)
  await expect.poll(waiting).toBe(0)
  expect(setAside()).toEqual(reasons)
  for (const id of Object.keys(reasons)) expect(server.said(new RegExp(`${id}.*is set aside`))).toBe(1)

  // A refusal that names none: halves, until the one is found.
  passedOn = 'nameless'
  const [first, second] = [put({ tenantId: 'tnt_deleted' }), put({ operation: 'mpc.nothing' })]
  await Promise.all([server.call(), server.call(), server.call()])
  await expect.poll(counted).toBe(5)
  await expect.poll(waiting).toBe(0)
  expect(Object.keys(setAside()).sort()).toEqual([...Object.keys(reasons), first, second].sort())

  // A 400 of something in front blames nobody, where nothing else is taken.
  passedOn = 'foreign'
  const third = put({ tenantId: 'tnt_deleted' })
  await server.call()
  await expect.poll(counted).toBe(6)
  await expect.poll(() => setAside()[third]).toContain('400')
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
  expect([await counted(), waiting()]).toEqual([before, 2])

  const [old, young] = Object.keys(setAside())
  outbox((database) => {
    const date = database.prepare('UPDATE "UsageEvent" SET "refusedAt" = ? WHERE "id" = ?')
    date.run(new Date(Date.now() - 91 * day).toISOString(), old)
    date.run(new Date(Date.now() - 89 * day).toISOString(), young)
  })
  token = await createServiceToken({ service: 'mpc', name: 'Next' })
  server = await start()
  await expect.poll(counted).toBe(before + 2)
  // What was set aside is kept for 90 days.
  await expect.poll(() => Object.keys(setAside())).not.toContain(old)
  expect(Object.keys(setAside())).toContain(young)
})

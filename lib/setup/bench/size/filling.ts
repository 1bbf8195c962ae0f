import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { scopeNames } from '#lib/contract/scopes.ts'
import { operator } from '#lib/server/caller.ts'
import { createClient } from '#lib/server/clients/clients.ts'
import { invite } from '#lib/server/console/invitations.ts'
import { closeDatabase, database } from '#lib/server/db/database.ts'
import { env } from '#lib/server/env.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { indexAll } from '#lib/server/logs/segments/index-logs.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { createWebhook } from '#lib/server/webhooks/endpoints.ts'
import { closeDatabase as closeMpc, database as openMpc } from '../../../mpc/server/db/database.ts'
import { env as mpcEnv } from '../../../mpc/server/env.ts'
import { fill, type Size } from '../../seed/fill.ts'
import { fillOf } from '../../seed/fill-table.ts'
import { openSink } from '../../seed/sink.ts'
import { fillMpcKeys } from '../../seed/told.ts'
import type { Askers } from './asks.ts'

// Fills a database for the bench, once, and says who may look at it.

const { positionals } = parseArgs({ allowPositionals: true })
const size = JSON.parse(positionals[0] ?? '') as Size
const file = join(env().dataDir, 'keepers.json')
mkdirSync(env().dataDir, { recursive: true })
if (!existsSync(file)) writeFileSync(file, JSON.stringify(await fillNew()))
const keepers = JSON.parse(readFileSync(file, 'utf8')) as Omit<Askers, 'invitations'>
// Who came in by a link of a run before has gone: lists of members are of one length.
const db = await database()
await db.member.deleteMany({ where: { tenantId: keepers.tenantId } })
await db.invitation.deleteMany({ where: { tenantId: keepers.tenantId } })
const invitations = []
for (let number = 0; number < 240; number++) {
  const { link } = await invite(keepers.tenantId, operator, { invitee: `Bench ${number}`, role: 'owner' })
  invitations.push(new URL(link).hash.slice(1))
}
await closeDatabase()
console.log(JSON.stringify({ ...keepers, invitations }))

async function fillNew(): Promise<Omit<Askers, 'invitations'>> {
  const { id: tenantId } = await createTenant({ name: 'Acme Wallet', slug: 'seeded' })
  const caller = await actFor(tenantId, 'live')
  const secrets = []
  for (let number = 0; number < 16; number++) {
    const wish = { tier: 'enterprise' as const, name: `Bench ${number}`, scopes: [...scopeNames] }
    secrets.push((await createKey(caller, { type: 'live', ...wish })).secret)
  }
  const { id: webhook } = await createWebhook(caller, { url: 'https://acme.example/hook', events: ['user.deleted'] })
  // As many as a page shows: an environment has 200 at most.
  const clients = []
  for (let number = 0; number < 50; number++) {
    const redirectUris = [`https://app-${number}.acme.example/callback`]
    const wish = { name: `App ${number}`, type: 'public' as const, redirectUris, scopes: ['openid' as const] }
    clients.push((await createClient(caller, { ...wish, grants: ['authorization_code'] })).clientId)
  }
  await closeDatabase()
  const told = (table: string, rows: number) => console.error(`    ${table}: ${rows.toLocaleString('en')}`)
  const sink = await openSink(env().database)
  const [client = ''] = clients
  const users = await fill(sink, tenantId, size, told, { endpointId: webhook, clientId: client })
  await sink.close()
  // As a server has it after a while.
  await indexAll()
  await closeDatabase()
  // So that the database has learned of that, too.
  await (await openSink(env().database)).close()
  await openMpc()
  await closeMpc()
  const mpc = await openSink(mpcEnv().database)
  await fillMpcKeys(fillOf(mpc, told), [tenantId, 'live'], users, size.mpcKeys, Date.now())
  await mpc.close()
  return { tenantId, secrets, webhook, client }
}

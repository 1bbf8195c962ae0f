import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { scopeNames } from '#lib/contract/scopes.ts'
import { operator } from '#lib/server/caller.ts'
import { invite } from '#lib/server/console/invitations.ts'
import { closeDatabase, database } from '#lib/server/db/database.ts'
import { env } from '#lib/server/env.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { createWebhook, listWebhooks } from '#lib/server/webhooks/endpoints.ts'
import { fill, type Size } from '../../seed/fill.ts'
import { openSink } from '../../seed/sink.ts'
import type { Askers } from './asks.ts'

// Fills a database for the bench, once, and says who may look at it.

const { positionals } = parseArgs({ allowPositionals: true })
const size = JSON.parse(positionals[0] ?? '') as Size
const file = join(env().dataDir, 'keepers.json')
mkdirSync(env().dataDir, { recursive: true })
if (!existsSync(file)) writeFileSync(file, JSON.stringify(await fillNew()))
const keepers = JSON.parse(readFileSync(file, 'utf8')) as Pick<Askers, 'tenantId' | 'secrets'>
const caller = await actFor(keepers.tenantId, 'live')
const { data } = await listWebhooks(caller, { limit: 1 })
const hook = { url: 'https://acme.example/hook', events: ['user.deleted' as const] }
const webhook = data[0] ?? (await createWebhook(caller, hook))
// Who came in by a link of a run before has gone: lists of members are of one length.
const db = await database()
await db.member.deleteMany({ where: { tenantId: keepers.tenantId } })
await db.invitation.deleteMany({ where: { tenantId: keepers.tenantId } })
const invitations = []
for (let number = 0; number < 150; number++) {
  const { link } = await invite(keepers.tenantId, operator, { invitee: `Bench ${number}`, role: 'owner' })
  invitations.push(new URL(link).hash.slice(1))
}
await closeDatabase()
console.log(JSON.stringify({ ...keepers, invitations, webhook: webhook.id }))

async function fillNew(): Promise<Pick<Askers, 'tenantId' | 'secrets'>> {
  const { id: tenantId } = await createTenant({ name: 'Acme Wallet', slug: 'seeded' })
  const caller = await actFor(tenantId, 'live')
  const secrets = []
  for (let number = 0; number < 16; number++) {
    const wish = { tier: 'enterprise' as const, name: `Bench ${number}`, scopes: [...scopeNames] }
    secrets.push((await createKey(caller, { type: 'live', ...wish })).secret)
  }
  await closeDatabase()
  const sink = await openSink(env().database)
  await fill(sink, tenantId, size, (table, rows) => console.error(`    ${table}: ${rows.toLocaleString('en')}`))
  await sink.close()
  return { tenantId, secrets }
}

import { parseArgs } from 'node:util'
import { scopeNames } from '#lib/contract/scopes.ts'
import { operator } from '#lib/server/caller.ts'
import { invite } from '#lib/server/console/invitations.ts'
import { closeDatabase } from '#lib/server/db/database.ts'
import { env } from '#lib/server/env.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { fill, type Size } from '../../seed/fill.ts'
import { openSink } from '../../seed/sink.ts'

// Fills a database for the bench, and says who may look at it.

const { positionals } = parseArgs({ allowPositionals: true })
const { keys, ...size } = JSON.parse(positionals[0] ?? '') as Size
const { id } = await createTenant({ name: 'Acme Wallet', slug: 'seeded' })
const caller = await actFor(id, 'live')
const secrets = []
for (let number = 0; number < 16; number++) {
  const wish = { tier: 'enterprise' as const, name: `Bench ${number}`, scopes: [...scopeNames] }
  secrets.push((await createKey(caller, { type: 'live', ...wish })).secret)
}
const invitations = []
for (let number = 0; number < 30; number++) {
  const { link } = await invite(id, operator, { invitee: `Bench ${number}`, role: 'owner' })
  invitations.push(new URL(link).hash.slice(1))
}
await closeDatabase()
const sink = await openSink(env().database)
await fill(sink, id, { keys, ...size }, (table, rows) => console.error(`    ${table}: ${rows.toLocaleString('en')}`))
await sink.close()
console.log(JSON.stringify({ tenantId: id, secrets, invitations }))

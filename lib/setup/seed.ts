import { parseArgs } from 'node:util'
import { nameOf } from '#lib/foundation/database-place.ts'
import { StartError } from '#lib/foundation/start-error.ts'
import { createClient } from '#lib/server/clients/clients.ts'
import { closeDatabase } from '#lib/server/db/database.ts'
import { env } from '#lib/server/env.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { indexAll } from '#lib/server/logs/segments/index-logs.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { createWebhook } from '#lib/server/webhooks/endpoints.ts'
import { fill, partOf } from './seed/fill.ts'
import { openSink } from './seed/sink.ts'

// npm run seed: fills the database of DATABASE_URL or DATA_DIR, of either engine, with a tenant of a million users, two million
// passkeys, ten thousand keys, ninety days of usage, a million sign-ins in the audit log, what webhooks
// and skills did in a week, an app of every user's, and ten million requests in its log; with --share 0.01, a hundredth of that.
// To see how much something costs where there is much; not beside a running server.

const { values } = parseArgs({
  options: { share: { type: 'string', default: '1' }, slug: { type: 'string', default: 'seeded' } },
})
const share = Number(values.share)
if (!(share > 0 && share <= 1)) {
  console.error('--share takes a number above 0, and 1 at most.')
  process.exit(1)
}
try {
  await seed()
} catch (error) {
  const { detail } = error as { detail?: string }
  if (!(error instanceof StartError || detail)) throw error
  console.error(detail ?? (error as Error).message)
  process.exitCode = 1
} finally {
  await closeDatabase()
}

async function seed(): Promise<void> {
  const began = performance.now()
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`
  const { id } = await createTenant({ name: 'Acme Wallet', slug: values.slug })
  const scopes = ['passkeys:register' as const, 'passkeys:authenticate' as const, 'passkeys:manage' as const]
  const caller = await actFor(id, 'live')
  const { id: endpointId } = await createWebhook(caller, { url: 'https://acme.example/hook', events: ['user.deleted'] })
  const { clientId } = await createClient(caller, {
    ...{ name: 'Acme Wallet', type: 'public', redirectUris: ['https://app.acme.example/callback'] },
    ...{ scopes: ['openid'], grants: ['authorization_code'] },
  })
  const { secret } = await createKey(caller, {
    type: 'live',
    tier: 'enterprise',
    name: 'Seed',
    scopes,
  })
  await closeDatabase()
  const sink = await openSink(env().database)
  let last = performance.now()
  await fill(
    sink,
    id,
    partOf(share),
    (table, rows) => {
      console.log(`${table}: ${rows.toLocaleString('en')} rows in ${seconds(last)}`)
      last = performance.now()
    },
    { endpointId, clientId },
  )
  await sink.close()
  await indexAll()
  console.log(`the log is indexed, in ${seconds(last)}`)
  console.log(`${nameOf(env().database)} is filled, in ${seconds(began)}: tenant ${values.slug}, live key ${secret}`)
  console.log('Serve it with LOG_MAX_ROWS above what its log has; else the oldest requests go.')
}

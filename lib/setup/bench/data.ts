import type { Scope } from '#lib/contract/scopes.ts'
import { closeDatabase } from '#lib/server/db/database.ts'
import { writeApiKey } from '#lib/server/keys/api-key.ts'
import { revokeKey } from '#lib/server/keys/keys.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { concurrency } from './load.ts'
import type { PresentedKeys } from './refusals.ts'

/** The keys that the clients present. */
export interface Keys {
  /** A live key of the highest tier for each client: no limit of a single key stands in the way of all. */
  clients: string[]
  presented: PresentedKeys
}

/** Makes the keys, in the data directory that the servers are then given. */
export async function makeKeys(): Promise<Keys> {
  const { id: tenantId } = await createTenant({ name: 'Bench', slug: 'bench' })
  const operator = await actFor(tenantId, 'live')
  const scopes: Scope[] = ['passkeys:register', 'passkeys:authenticate']
  const make = (name: string) => createKey(operator, { type: 'live', tier: 'enterprise', name, scopes })
  const clients = []
  for (let number = 0; number < concurrency; number++) clients.push((await make(`client ${number}`)).secret)
  const [good, revoked] = [await make('good'), await make('revoked')]
  await revokeKey(operator, revoked.id)
  await closeDatabase()
  return {
    clients,
    presented: {
      'good key': good.secret,
      'wrong id': writeApiKey('live'),
      'wrong secret': writeApiKey('live', good.id),
      'revoked key': revoked.secret,
    },
  }
}

import { type Scope, scopes } from '#lib/contract/scopes.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { mpcServiceToken } from '#lib/server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { newOwner, type Owner } from '../../console-owner.ts'
import type { Asker } from './endpoints.ts'

/** Whoever asks. */
export interface People {
  /** What a request of a new one of them carries. */
  headers(as: Asker): Promise<Record<string, string>>
  /** A key of the test environment, which is told everything: another one before its limit is reached. */
  testKey(): Promise<string>
  /** Another one before theirs is. */
  owner(): Promise<Owner>
}

// Each time it makes two requests, of a hundred a minute.
const timesLent = 40

/** Makes a tenant, and on demand its keys and members, in the data directory that the server at `baseUrl` has. */
export async function people(baseUrl: string): Promise<People> {
  const { id } = await createTenant({ name: 'Worst', slug: 'worst' })
  const [live, test] = [await actFor(id, 'live'), await actFor(id, 'test')]
  const all = Object.keys(scopes) as Scope[]
  let made = 0
  const newTestKey = async () => (await createKey(test, { name: `key ${made++}`, scopes: all })).secret
  let [lent, times] = [newTestKey(), 0]
  const testKey = () => {
    if (++times % timesLent === 0) lent = newTestKey()
    return lent
  }
  const liveKey = async () =>
    (await createKey(live, { type: 'live', tier: 'enterprise', name: `key ${made++}`, scopes: all })).secret

  let [owner, changes] = [undefined as Promise<Owner> | undefined, 0]

  return {
    owner() {
      if (changes++ % timesLent === 0) owner = newOwner(id, baseUrl)
      return owner as Promise<Owner>
    },
    testKey,
    headers: async (as): Promise<Record<string, string>> => {
      if (as === 'a key') return { authorization: `Bearer ${await liveKey()}` }
      if (as === 'an MPC server') return { authorization: `Bearer ${await mpcServiceToken()}` }
      return as === 'a member' ? (await newOwner(id, baseUrl)).headers() : { origin: baseUrl }
    },
  }
}

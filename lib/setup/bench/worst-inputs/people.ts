import { type Scope, scopes } from '#lib/contract/scopes.ts'
import { ConsoleClient } from '#lib/sdk/console.ts'
import { operator } from '#lib/server/caller.ts'
import { invite } from '#lib/server/console/invitations.ts'
import { createKey } from '#lib/server/keys/make-key.ts'
import { actFor, createTenant } from '#lib/server/tenants/tenants.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import type { Asker } from './endpoints.ts'

/** Whoever asks. */
export interface People {
  /** What a request of a new one of them carries. */
  headers(as: Asker): Promise<Record<string, string>>
  /** A key of the test environment, which is told everything: another one before its limit is reached. */
  testKey(): Promise<string>
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

  /** The cookie of a new member's session. */
  async function session(): Promise<string> {
    let cookie = ''
    const client = new ConsoleClient({
      baseUrl,
      fetch: async (url, init) => {
        const answer = await fetch(url, { ...init, headers: { ...(init?.headers as object), Origin: baseUrl } })
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
        return answer
      },
    })
    const token = new URL((await invite(id, operator, { invitee: `member ${made}`, role: 'owner' })).link).hash.slice(1)
    const { ceremonyId, publicKey } = await client.join.begin(token, `member ${made++}`)
    const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
    await client.join.finish(token, { ceremonyId, credential: authenticator.create(publicKey) })
    return cookie
  }

  return {
    testKey,
    headers: async (as): Promise<Record<string, string>> => {
      if (as === 'a key') return { authorization: `Bearer ${await liveKey()}` }
      return as === 'a member' ? { origin: baseUrl, cookie: await session() } : { origin: baseUrl }
    },
  }
}

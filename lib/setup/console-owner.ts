import { ConsoleClient } from '#lib/sdk/console.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { operator } from '../server/caller.ts'
import { invite } from '../server/console/invitations.ts'

/** A member who can confirm what they change. */
export interface Owner {
  client: ConsoleClient
  /** What their requests carry. */
  headers(): Record<string, string>
  authenticator: SoftwareAuthenticator
}

/** Has a new owner join a tenant, and be signed in, at a server of an origin. */
export async function newOwner(tenantId: string, url: string, origin = url): Promise<Owner> {
  let cookie = ''
  const client = new ConsoleClient({
    baseUrl: url,
    fetch: async (address, init) => {
      const carried = { Origin: origin, ...(cookie ? { Cookie: cookie } : {}) }
      const answer = await fetch(address, { ...init, headers: { ...(init?.headers as object), ...carried } })
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
      return answer
    },
  })
  const name = `member ${crypto.randomUUID().slice(0, 8)}`
  const { link } = await invite(tenantId, operator, { invitee: name, role: 'owner' })
  const token = new URL(link).hash.slice(1)
  const { ceremonyId, publicKey } = await client.join.begin(token, name)
  const authenticator = new SoftwareAuthenticator({ origin })
  await client.join.finish(token, { ceremonyId, credential: authenticator.create(publicKey) })
  return { client, authenticator, headers: () => ({ origin, cookie }) }
}

import Provider, { type Client } from 'oidc-provider'
import { clientChanges } from '../clients/changes.ts'
import { clock, isDue } from '../clock.ts'

/** How long a process goes on with a client as it read it: what another one takes from it holds here so much longer. */
const freshMilliseconds = 5_000
const maxKept = 1_000

interface Kept {
  client: Client
  readAt: number
  changes: number
}

/**
 * Lets the token endpoint, where the same clients come again and again, go on with what was read of one in the last 5 s. What
 * this process changes is read again at once.
 */
export function keepClients(server: Provider): void {
  const kept = new Map<string, Kept>()
  const { Client } = server
  const find = Client.find.bind(Client)
  Client.find = async (id) => {
    if (Provider.ctx?.oidc.route !== 'token') return find(id)
    const known = kept.get(id)
    if (known?.changes === clientChanges() && !isDue(known.readAt, freshMilliseconds)) return known.client
    kept.delete(id)
    const [readAt, changes] = [clock.now(), clientChanges()]
    const client = await find(id)
    if (!client) return undefined
    if (kept.size >= maxKept) kept.clear()
    kept.set(id, { client, readAt, changes })
    return client
  }
}

import { Client } from '#lib/sdk/client.ts'
import { database } from '../../db/database.ts'
import { baseUrl, request } from './harness.ts'

/** A phone: it has no key. */
export const phone = () => new Client({ baseUrl, fetch: request, maxRetries: 0 })

/** What stands behind the # of an address. */
export const codeOf = ({ url }: { url: string }) => new URL(url).hash.replace('#hand-off=', '')

/** Everything that a test needs to be sure that a refusal made nothing. */
export async function kept(tenantId: string) {
  const db = await database()
  const where = { tenantId }
  const [keys, handOffs, events] = await Promise.all([
    db.apiKey.findMany({ where, orderBy: { id: 'asc' } }),
    db.handOff.findMany({ where, orderBy: { id: 'asc' } }),
    db.auditEvent.findMany({ where, orderBy: { id: 'asc' } }),
  ])
  return { keys, handOffs, events }
}

/** Lets a code's five minutes pass. */
export async function expire(id: string): Promise<void> {
  await (await database()).handOff.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
}

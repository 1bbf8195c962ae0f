import type { LogEntry } from '#lib/contract/logs.ts'
import { type Caller, placeOf } from '../caller.ts'
import { findClient } from '../clients/find-client.ts'
import { keyNames } from '../keys/names.ts'
import { usernamesOf } from '../passkeys/user.ts'
import { timeOfRequest } from '../request-id.ts'
import type { LogRow } from './row.ts'

/** Rows as they are told, with the names of now. */
export async function viewsOf(caller: Caller, rows: readonly LogRow[]): Promise<LogEntry[]> {
  const nameless = rows.flatMap(({ userId, username }) => (userId !== null && username === null ? [userId] : []))
  const [askers, usernames] = await Promise.all([
    askersOf(caller, new Set(rows.map(({ askerId }) => askerId))),
    nameless.length > 0 ? usernamesOf(placeOf(caller), [...new Set(nameless)]) : new Map<string, string>(),
  ])
  return rows.map((row) => {
    const { operation, status, code, reason, detail, expected, actual, address, milliseconds, userId } = row
    const [method = '', path = ''] = row.call.split(' ')
    const username = row.username ?? usernames.get(userId ?? '') ?? null
    return {
      requestId: row.id,
      at: new Date(timeOfRequest(row.id) ?? 0).toISOString(),
      operation,
      method,
      path: path.replace(/:(\w+)/g, '{$1}'),
      ...{ status, code, reason, detail, expected, actual },
      ...(askers.get(row.askerId) as Asker),
      user: userId === null && username === null ? null : { id: userId, username },
      ...{ address, milliseconds, requestBytes: row.bytes ?? null },
      limit: row.limit === undefined ? null : { requests: row.limit, left: row.left ?? 0 },
      checks: row.checks === undefined ? null : { failed: row.failed ?? 0, total: row.checks },
    }
  })
}

type Asker = Pick<LogEntry, 'key' | 'client'>

/** No id of an API key has an underscore, and every one of a client does. */
async function askersOf({ tenant }: Caller, ids: ReadonlySet<string>): Promise<Map<string, Asker>> {
  const [ofClients, ofKeys] = [[...ids].filter((id) => id.includes('_')), [...ids].filter((id) => !id.includes('_'))]
  const [keys, ...clients] = await Promise.all([keyNames(tenant.id, ofKeys), ...ofClients.map(findClient)])
  return new Map<string, Asker>([
    ...ofKeys.map((id) => [id, { key: keys.get(id) ?? { id, name: null, hint: null }, client: null }] as const),
    ...ofClients.map((id, at) => {
      const name = clients[at]?.tenant.id === tenant.id ? clients[at].name : null
      return [id, { key: null, client: { id, name } }] as const
    }),
  ])
}

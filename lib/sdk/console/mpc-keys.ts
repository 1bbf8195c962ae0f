import type { Environment } from '#lib/contract/environment.ts'
import type { MpcKeyList, MpcKeysQuery, MpcKeyView } from '#lib/contract/mpc-keys.ts'
import type { ConsoleSend } from './send.ts'

/** The keys of the tenant's users at the MPC server. */
export const mpcKeys = (send: ConsoleSend) => ({
  list: (query: Omit<MpcKeysQuery, 'limit'> & { limit?: number }) => send<MpcKeyList>('GET', '/mpc-keys', { query }),
  read: (id: string, environment: Environment) => send<MpcKeyView>('GET', mpcKeyPath(id), { query: { environment } }),
  freeze: (id: string, environment: Environment) =>
    send<MpcKeyView>('POST', `${mpcKeyPath(id)}/freeze`, { body: { environment } }),
  unfreeze: (id: string, environment: Environment) =>
    send<MpcKeyView>('POST', `${mpcKeyPath(id)}/unfreeze`, { body: { environment } }),
})

function mpcKeyPath(id: string): string {
  return `/mpc-keys/${encodeURIComponent(id)}`
}

import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreate, ClientCreated, ClientSecretCreated, ClientUpdate, ClientView } from '#lib/contract/oauth.ts'
import type { ConsoleSend } from './send.ts'

export const clients = (send: ConsoleSend) => ({
  /** All of them, oldest first. */
  list: (environment: Environment) => send<{ data: ClientView[] }>('GET', '/oauth-clients', { query: { environment } }),
  create: (body: ClientCreate & { environment: Environment }) =>
    send<ClientCreated>('POST', '/oauth-clients', { body }),
  read: (clientId: string) => send<ClientView>('GET', clientPath(clientId)),
  update: (clientId: string, body: ClientUpdate) => send<ClientView>('PATCH', clientPath(clientId), { body }),
  delete: (clientId: string) => send<undefined>('DELETE', clientPath(clientId)),
  addSecret: (clientId: string) => send<ClientSecretCreated>('POST', `${clientPath(clientId)}/secrets`, { body: {} }),
  removeSecret: (clientId: string, id: string) =>
    send<undefined>('DELETE', `${clientPath(clientId)}/secrets/${encodeURIComponent(id)}`),
})

function clientPath(clientId: string): string {
  return `/oauth-clients/${encodeURIComponent(clientId)}`
}

import type {
  ClientCreate,
  ClientCreated,
  ClientQuery,
  ClientSecretAsked,
  ClientUpdate,
  ClientView,
} from '#lib/contract/oauth.ts'
import { list } from './list.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const oauthClients = (send: Send) => ({
  /**
   * Makes a client. `clientSecret`, of a confidential one, is shown once: where the first answer was lost on its way, the
   * further try answers without it, and `addSecret` makes another.
   */
  create: (body: ClientCreate, extra: Extra & Once = {}) =>
    send<ClientCreated>('POST', '/v1/oauth/clients', { body, once: true, ...extra }),
  /** One page, or with `for await` every client. */
  list: (query: Query<ClientQuery> = {}, extra: Extra = {}) =>
    list<ClientView>(send, '/v1/oauth/clients', query, extra),
  read: (clientId: string, extra: Extra = {}) => send<ClientView>('GET', pathOf(clientId), extra),
  update: (clientId: string, body: ClientUpdate, extra: Extra = {}) =>
    send<ClientView>('PATCH', pathOf(clientId), { body, ...extra }),
  delete: (clientId: string, extra: Extra = {}) => send<undefined>('DELETE', pathOf(clientId), extra),
  /**
   * A further secret, so that one can be replaced without an interruption: two work at once. `clientSecret` is shown once, as
   * with `create`.
   */
  addSecret: (clientId: string, extra: Extra & Once = {}) =>
    send<ClientSecretAsked>('POST', `${pathOf(clientId)}/secrets`, { once: true, ...extra }),
  removeSecret: (clientId: string, id: string, extra: Extra = {}) =>
    send<undefined>('DELETE', `${pathOf(clientId)}/secrets/${encodeURIComponent(id)}`, extra),
})

function pathOf(clientId: string): string {
  return `/v1/oauth/clients/${encodeURIComponent(clientId)}`
}

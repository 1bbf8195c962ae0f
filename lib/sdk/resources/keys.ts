import type {
  AllowlistVerdict,
  KeyCreate,
  KeyCreated,
  KeyQuery,
  KeyRotate,
  KeyUpdate,
  KeyView,
} from '#lib/contract/keys.ts'
import { list } from './list.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const keys = (send: Send) => ({
  /**
   * Makes a key. `secret` is shown once: where the first answer was lost on its way, the further try answers without it, and
   * the key is to be rotated.
   */
  create: (body: KeyCreate, extra: Extra & Once = {}) =>
    send<KeyCreated>('POST', '/v1/keys', { body, once: true, ...extra }),
  /** One page, or with `for await` every key. */
  list: (query: Query<KeyQuery> = {}, extra: Extra = {}) => list<KeyView>(send, '/v1/keys', query, extra),
  read: (id: string, extra: Extra = {}) => send<KeyView>('GET', pathOf(id), extra),
  update: (id: string, body: KeyUpdate, extra: Extra = {}) => send<KeyView>('PATCH', pathOf(id), { body, ...extra }),
  /** Makes a key's successor; its `secret` is as with `create`. */
  rotate: (id: string, body: KeyRotate = {}, extra: Extra & Once = {}) =>
    send<KeyCreated>('POST', `${pathOf(id)}/rotate`, { body, once: true, ...extra }),
  revoke: (id: string, extra: Extra = {}) =>
    send<KeyView>('POST', `${pathOf(id)}/revoke`, { repeatable: true, ...extra }),
  testAddress: (id: string, ip: string, extra: Extra = {}) =>
    send<AllowlistVerdict>('POST', `${pathOf(id)}/allowlist/test`, { body: { ip }, repeatable: true, ...extra }),
})

function pathOf(id: string): string {
  return `/v1/keys/${encodeURIComponent(id)}`
}

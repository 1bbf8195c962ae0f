import type {
  AllowlistVerdict,
  KeyCreate,
  KeyCreated,
  KeyList,
  KeyQuery,
  KeyRotate,
  KeyUpdate,
  KeyView,
} from '#lib/contract/keys.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const keys = (send: Send) => ({
  create: (body: KeyCreate, extra: Extra & Once = {}) => send<KeyCreated>('POST', '/v1/keys', { body, ...extra }),
  list: (query: Query<KeyQuery> = {}, extra: Extra = {}) => send<KeyList>('GET', '/v1/keys', { query, ...extra }),
  read: (id: string, extra: Extra = {}) => send<KeyView>('GET', pathOf(id), extra),
  update: (id: string, body: KeyUpdate, extra: Extra = {}) => send<KeyView>('PATCH', pathOf(id), { body, ...extra }),
  rotate: (id: string, body: KeyRotate = {}, extra: Extra & Once = {}) =>
    send<KeyCreated>('POST', `${pathOf(id)}/rotate`, { body, ...extra }),
  revoke: (id: string, extra: Extra = {}) => send<KeyView>('POST', `${pathOf(id)}/revoke`, extra),
  testAddress: (id: string, ip: string, extra: Extra = {}) =>
    send<AllowlistVerdict>('POST', `${pathOf(id)}/allowlist/test`, { body: { ip }, ...extra }),
})

function pathOf(id: string): string {
  return `/v1/keys/${encodeURIComponent(id)}`
}

import type { UserDetail, UsersQuery, UserView } from '#lib/contract/users.ts'
import { list } from './list.ts'
import type { Extra, Query, Send } from './send.ts'

export function users(send: Send) {
  return {
    /** One page, newest first, or by name those whose username begins so; with `for await` every one. */
    list: (query: Query<UsersQuery> = {}, extra: Extra = {}) => list<UserView>(send, '/v1/users', query, extra),
    get: (id: string, extra: Extra = {}) => send<UserDetail>('GET', pathOf(id), extra),
    /** With all passkeys, and what those opened. */
    delete: (id: string, extra: Extra = {}) => send<undefined>('DELETE', pathOf(id), extra),
  }
}

function pathOf(id: string): string {
  return `/v1/users/${encodeURIComponent(id)}`
}

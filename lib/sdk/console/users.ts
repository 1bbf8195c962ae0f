import type { AuditList } from '#lib/contract/audit.ts'
import type { ConsoleUserDetail, ConsoleUserList, ConsoleUsersQuery } from '#lib/contract/console-users.ts'
import type { Passkey } from '#lib/contract/passkeys.ts'
import type { ConsoleSend } from './send.ts'

/** The tenant's users. */
export const users = (send: ConsoleSend) => ({
  list: (query: Omit<ConsoleUsersQuery, 'limit'> & { limit?: number }) =>
    send<ConsoleUserList>('GET', '/users', { query }),
  read: (id: string) => send<ConsoleUserDetail>('GET', pathOf(id)),
  timeline: (id: string, cursor?: string) =>
    send<AuditList>('GET', `${pathOf(id)}/timeline`, { query: cursor ? { cursor } : {} }),
  delete: (id: string) => send<undefined>('DELETE', pathOf(id)),
  endSessions: (id: string) => send<undefined>('DELETE', `${pathOf(id)}/sessions`),
  endSession: (id: string, session: string) =>
    send<undefined>('DELETE', `${pathOf(id)}/sessions/${encodeURIComponent(session)}`),
  revokeApp: (id: string, clientId: string) =>
    send<undefined>('DELETE', `${pathOf(id)}/apps/${encodeURIComponent(clientId)}`),
  renamePasskey: (id: string, passkey: string, name: string) =>
    send<Passkey>('PATCH', `${pathOf(id)}/passkeys/${encodeURIComponent(passkey)}`, { body: { name } }),
  deletePasskey: (id: string, passkey: string) =>
    send<undefined>('DELETE', `${pathOf(id)}/passkeys/${encodeURIComponent(passkey)}`),
})

function pathOf(id: string): string {
  return `/users/${encodeURIComponent(id)}`
}

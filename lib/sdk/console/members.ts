import type {
  ConsoleSession,
  InvitationCreate,
  Invited,
  MembersAnswer,
  OwnAccess,
  OwnTenants,
  PasskeyRemoved,
} from '#lib/contract/console.ts'
import type { RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { Role } from '#lib/contract/roles.ts'
import type { ConsoleSend } from './send.ts'

export const members = (send: ConsoleSend) => ({
  list: () => send<MembersAnswer>('GET', '/members'),
  remove: (id: string) => send<undefined>('DELETE', `/members/${encodeURIComponent(id)}`),
  changeRole: (id: string, role: Role) =>
    send<undefined>('PATCH', `/members/${encodeURIComponent(id)}`, { body: { role } }),
  invite: (body: InvitationCreate) => send<Invited>('POST', '/invitations', { body }),
  withdraw: (id: string) => send<undefined>('DELETE', `/invitations/${encodeURIComponent(id)}`),
})

/** The member's own passkeys and sessions. */
export const own = (send: ConsoleSend) => ({
  list: () => send<OwnAccess>('GET', '/me'),
  addPasskey: {
    begin: () => send<RegisterBegun>('POST', '/passkeys/begin', { body: {} }),
    finish: (body: RegisterFinish) => send<undefined>('POST', '/passkeys/finish', { body }),
  },
  renamePasskey: (id: string, name: string) =>
    send<undefined>('PATCH', `/passkeys/${encodeURIComponent(id)}`, { body: { name } }),
  removePasskey: (id: string) => send<PasskeyRemoved>('DELETE', `/passkeys/${encodeURIComponent(id)}`),
  endSession: (id: string) => send<undefined>('DELETE', `/sessions/${encodeURIComponent(id)}`),
})

/** The tenants that the person who is signed in is a member of. */
export const tenants = (send: ConsoleSend) => ({
  list: () => send<OwnTenants>('GET', '/tenants'),
  /** Moves the session there. */
  enter: (tenantId: string) => send<ConsoleSession>('POST', '/session/tenant', { body: { tenantId } }),
})

import type { InvitationCreate, Invited, MembersAnswer, PasskeyRemoved } from '#lib/contract/console.ts'
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
  addPasskey: {
    begin: () => send<RegisterBegun>('POST', '/passkeys/begin', { body: {} }),
    finish: (body: RegisterFinish) => send<undefined>('POST', '/passkeys/finish', { body }),
  },
  removePasskey: (id: string) => send<PasskeyRemoved>('DELETE', `/passkeys/${encodeURIComponent(id)}`),
  endSession: (id: string) => send<undefined>('DELETE', `/sessions/${encodeURIComponent(id)}`),
})

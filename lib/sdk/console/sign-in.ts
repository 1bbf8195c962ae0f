import type { ConsoleSession, JoinInvitation } from '#lib/contract/console.ts'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { ConsoleSend } from './send.ts'

/** How somebody who was invited becomes a member. */
export const join = (send: ConsoleSend) => ({
  read: (token: string) => send<JoinInvitation>('POST', '/join/read', { body: { token } }),
  /** Whoever is signed in joins with the passkeys that they have. */
  accept: (token: string, name?: string) => send<ConsoleSession>('POST', '/join/accept', { body: { token, name } }),
  begin: (token: string, name: string) => send<RegisterBegun>('POST', '/join/begin', { body: { token, name } }),
  finish: (token: string, finish: RegisterFinish) =>
    send<ConsoleSession>('POST', '/join/finish', { body: { token, ...finish } }),
})

export const signIn = (send: ConsoleSend) => ({
  begin: () => send<AuthenticateBegun>('POST', '/sign-in/begin', { body: {} }),
  finish: (body: AuthenticateFinish) => send<ConsoleSession>('POST', '/sign-in/finish', { body }),
})

export const confirm = (send: ConsoleSend) => ({
  /** For a change by its name, the method and the path of its request, and for what that says. */
  begin: (change: string, body?: unknown) =>
    send<AuthenticateBegun>('POST', '/confirm/begin', { body: { change, body } }),
  finish: (body: AuthenticateFinish) => send<undefined>('POST', '/confirm/finish', { body }),
})

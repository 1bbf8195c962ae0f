import type Provider from 'oidc-provider'

/** From where somebody signed in. */
export interface Whence {
  address?: string | undefined
  userAgent?: string | undefined
}

/** How the provider's records name the passkey that they come from, by its id. */
export interface Named {
  /** Of a session and a grant. */
  passkeyId?: string | undefined
  /** Of an interaction: the answer to it, and the one before. */
  result?: { login?: Login } | undefined
  lastSubmission?: { login?: Login } | undefined
}

type Login = Whence & { passkeyId?: string }

/**
 * Lets the provider's sessions and grants name their passkey, and sessions from where they are: the session takes that over
 * from the sign-in.
 */
export function namePasskeys(server: Provider): void {
  const { Session, Grant } = server as unknown as Record<'Session' | 'Grant', { IN_PAYLOAD: string[] }>
  const own = (model: { IN_PAYLOAD: string[] }, ...names: string[]) =>
    Object.defineProperty(model, 'IN_PAYLOAD', { value: [...model.IN_PAYLOAD, ...names] })
  own(Session, 'passkeyId', 'address', 'userAgent')
  own(Grant, 'passkeyId')
  server.on('interaction.ended', ({ oidc }) => {
    const { login } = (oidc.result ?? {}) as NonNullable<Named['result']>
    if (!login || !oidc.session) return
    const { passkeyId, address, userAgent } = login
    Object.assign(oidc.session, { passkeyId, address, userAgent })
  })
}

import type Provider from 'oidc-provider'

/** How the provider's records name the passkey that they come from, by its id. */
export interface Named {
  /** Of a session and a grant. */
  passkeyId?: string | undefined
  /** Of an interaction: the answer to it, and the one before. */
  result?: { login?: { passkeyId?: string } } | undefined
  lastSubmission?: { login?: { passkeyId?: string } } | undefined
}

/** Lets the provider's sessions and grants name their passkey: the session takes it over from the sign-in. */
export function namePasskeys(server: Provider): void {
  for (const model of [server.Session, server.Grant] as unknown as { IN_PAYLOAD: string[] }[]) {
    Object.defineProperty(model, 'IN_PAYLOAD', { value: [...model.IN_PAYLOAD, 'passkeyId'] })
  }
  server.on('interaction.ended', ({ oidc }) => {
    const { login } = (oidc.result ?? {}) as NonNullable<Named['result']>
    if (login && oidc.session) Object.assign(oidc.session, { passkeyId: login.passkeyId })
  })
}

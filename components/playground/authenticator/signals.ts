import type { WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import type { Surroundings } from './answering.ts'

interface Told {
  rpId: string
  credentialId?: string
  userId?: string
  allAcceptedCredentialIds?: readonly string[]
  name?: string
  displayName?: string
}

export type Signals = Readonly<
  Record<
    'signalUnknownCredential' | 'signalAllAcceptedCredentials' | 'signalCurrentUserDetails',
    (told: Told) => Promise<void>
  >
>

/**
 * The signal API: what a server lets authenticators know, and what these make of it.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signal-methods
 */
export function signalsOf({ authenticators, answered }: Pick<Surroundings, 'authenticators' | 'answered'>): Signals {
  const each = (change: (credentials: Map<string, WebCredential>, told: Told) => void) => async (told: Told) => {
    for (const authenticator of authenticators()) {
      change(authenticator.web.credentials, told)
      answered(authenticator, false)
    }
  }
  return {
    signalUnknownCredential: each((credentials, { rpId, credentialId = '' }) => {
      if (credentials.get(credentialId)?.rpId === rpId) credentials.delete(credentialId)
    }),
    signalAllAcceptedCredentials: each((credentials, { rpId, userId, allAcceptedCredentialIds = [] }) => {
      for (const [id, held] of credentials)
        if (held.rpId === rpId && held.userHandle === userId && !allAcceptedCredentialIds.includes(id))
          credentials.delete(id)
    }),
    signalCurrentUserDetails: each((credentials, { rpId, userId, name, displayName }) => {
      for (const held of credentials.values())
        if (held.rpId === rpId && held.userHandle === userId) Object.assign(held, { username: name, displayName })
    }),
  }
}

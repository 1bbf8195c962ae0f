import type { WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { permittedRpId, type Surroundings } from './answering.ts'

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
 * @throws TypeError where a member is missing, DOMException SecurityError for an RP ID that is none of the page's
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signal-methods
 */
export function signalsOf({
  authenticators,
  page,
  answered,
}: Pick<Surroundings, 'authenticators' | 'page' | 'answered'>): Signals {
  const signal =
    <Name extends keyof Told>(
      needed: readonly Name[],
      change: (credentials: Map<string, WebCredential>, told: Told & Required<Pick<Told, Name>>) => void,
    ) =>
    async (told: Told) => {
      const missing = needed.find((name) => told[name] === undefined)
      if (missing) throw new TypeError(`${missing} is missing`)
      permittedRpId(told.rpId, page)
      for (const authenticator of authenticators()) {
        change(authenticator.web.credentials, told as Told & Required<Pick<Told, Name>>)
        answered(authenticator)
      }
    }
  return {
    signalUnknownCredential: signal(['rpId', 'credentialId'], (credentials, { rpId, credentialId }) => {
      if (credentials.get(credentialId)?.rpId === rpId) credentials.delete(credentialId)
    }),
    signalAllAcceptedCredentials: signal(
      ['rpId', 'userId', 'allAcceptedCredentialIds'],
      (credentials, { rpId, userId, allAcceptedCredentialIds }) => {
        for (const [id, held] of credentials)
          if (held.rpId === rpId && held.userHandle === userId && !allAcceptedCredentialIds.includes(id))
            credentials.delete(id)
      },
    ),
    signalCurrentUserDetails: signal(
      ['rpId', 'userId', 'name', 'displayName'],
      (credentials, { rpId, userId, name, displayName }) => {
        for (const held of credentials.values())
          if (held.rpId === rpId && held.userHandle === userId) Object.assign(held, { username: name, displayName })
      },
    ),
  }
}

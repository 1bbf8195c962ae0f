import type { Passkey, User } from '#lib/contract/passkeys.ts'
import type { RunRecord } from '../state.ts'
import type { Signal } from './signal.ts'

/** Whose a passkey is, as far as the messages of this page’s ceremonies tell. */
export interface Holder {
  rpId: string
  /** The user handle, base64url. */
  userId: string
  user: Pick<User, 'username' | 'displayName'> | undefined
}

/**
 * Of whom a credential is: what the latest ceremony with it passed on; undefined where none on this page did. What a file
 * says is no word for providers, which remove passkeys by it.
 */
export function holderOf(runs: readonly RunRecord[], credentialId: string): Holder | undefined {
  for (const { run, imported, example } of runs.toReversed()) {
    if (imported || example) continue
    const sent = (id: string) => run.messages.find((message) => message.id === id)?.body
    const credential = sent('credential') as { id?: string; response?: { userHandle?: string } } | undefined
    const asked = sent('request') as { rpId?: string; rp?: { id?: string }; user?: { id?: string } } | undefined
    const rpId = asked?.rp?.id ?? asked?.rpId
    const userId = asked?.user?.id ?? credential?.response?.userHandle
    if (credential?.id === credentialId && rpId && userId)
      return { rpId, userId, user: (run.registered ?? run.authenticated)?.user }
  }
}

/**
 * What is true once the server has deleted a passkey. The list of all that are left is told only where it is whole: what it
 * leaves out, providers remove.
 */
export function signalsForDeletion(
  { credentialId }: Pick<Passkey, 'credentialId'>,
  left: readonly Pick<Passkey, 'credentialId'>[] | undefined,
  holder: Holder | undefined,
  rpId: string,
): Signal[] {
  const unknown: Signal = {
    name: 'signalUnknownCredential',
    input: { rpId: holder?.rpId ?? rpId, credentialId },
  }
  if (!holder || !left) return [unknown]
  const ids = left.map((each) => each.credentialId)
  return [
    unknown,
    {
      name: 'signalAllAcceptedCredentials',
      input: { rpId: holder.rpId, userId: holder.userId, allAcceptedCredentialIds: ids },
    },
  ]
}

/** The user’s names as the server has them: all of names that a provider can be told. */
export function signalsForNames({ rpId, userId, user }: Holder): Signal[] {
  if (!user) return []
  const { username: name, displayName } = user
  return [{ name: 'signalCurrentUserDetails', input: { rpId, userId, name, displayName } }]
}

import type { Candidate, SoftwareAuthenticator } from './answering.ts'
import { nameOf } from './software-settings.ts'

/** What a choice is called, and what is to be known of it. */
export function candidateWords(
  { authenticator, credential, excluded }: Candidate,
  all: readonly SoftwareAuthenticator[],
): { label: string; note: string } {
  const { attachment, synced } = authenticator.settings
  const name = nameAmong(all, authenticator)
  const kind = `${attachment === 'platform' ? 'platform' : 'roaming'}, ${synced ? 'synced' : 'device-bound'}`
  if (!credential) return { label: name, note: excluded ? `${kind}; holds a passkey that is excluded` : kind }
  return { label: credential.username ?? 'A passkey', note: `on ${name}, ${kind}, ${beginning(credential.id)}` }
}

/** What an authenticator is called beside others: with its number where another has the same name. */
export function nameAmong(all: readonly SoftwareAuthenticator[], { id, settings }: SoftwareAuthenticator): string {
  const name = nameOf(settings)
  return all.some((each) => each.id !== id && nameOf(each.settings) === name) ? `${name}, number ${id}` : name
}

/** Enough of an ID to tell one from another. */
export function beginning(id: string): string {
  return id.length > 8 ? `${id.slice(0, 8)}…` : id
}

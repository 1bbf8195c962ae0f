import type { Candidate } from './answering.ts'

/** What a choice is called, and what is to be known of it. */
export function candidateWords({ authenticator, credential, excluded }: Candidate): { label: string; note: string } {
  const { name, attachment, synced } = authenticator.settings
  const kind = `${attachment === 'platform' ? 'platform' : 'roaming'}, ${synced ? 'synced' : 'device-bound'}`
  if (!credential) return { label: name, note: excluded ? `${kind}; holds a passkey that is excluded` : kind }
  return { label: credential.username ?? 'A passkey', note: `on ${name}, ${kind}, ${beginning(credential.id)}` }
}

/** Enough of an ID to tell one from another. */
export function beginning(id: string): string {
  return id.length > 8 ? `${id.slice(0, 8)}…` : id
}

import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { KeyCreate } from '#lib/contract/keys.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { type Expiry, expiryMistake, momentOf } from './expiry.ts'

/** A key that is being thought of. */
export interface KeyDraft {
  name: string
  type: Environment
  scopes: readonly Scope[]
  tier: Tier
  expiry: Expiry
}

export function emptyDraft(type: Environment): KeyDraft {
  return { name: '', type, scopes: [], tier: 'standard', expiry: { choice: 'never', date: '' } }
}

export type DraftMistakes = Partial<Record<'name' | 'scopes' | 'expiresAt', string>>

/** What is missing before the server can be asked. */
export function draftMistakes({ name, scopes, expiry }: KeyDraft, now: number): DraftMistakes {
  const expiresAt = expiryMistake(expiry, now)
  return {
    ...(name.trim() === '' ? { name: 'Give the key a name: the service that will use it, say.' } : {}),
    ...(scopes.length === 0 ? { scopes: 'Choose at least one permission.' } : {}),
    ...(expiresAt ? { expiresAt } : {}),
  }
}

/** The draft as the server wants it. A test key has no tier to choose. */
export function requestOf(
  { name, type, scopes, tier, expiry }: KeyDraft,
  allowedIps: readonly string[],
  now: number,
): KeyCreate & { type: Environment } {
  const expiresAt = momentOf(expiry, now)
  return {
    name: name.trim(),
    type,
    scopes: scopeNames.filter((scope) => scopes.includes(scope)),
    ...(type === 'live' ? { tier } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    ...(allowedIps.length ? { allowedIps: [...allowedIps] } : {}),
  }
}

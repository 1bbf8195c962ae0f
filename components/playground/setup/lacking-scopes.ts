import type { Start } from '../run.ts'
import type { KeyCheck } from '../state.ts'

/** The scope that each way to begin asks for. */
export const scopeOf = {
  register: 'passkeys:register',
  authenticate: 'passkeys:authenticate',
  'sign-in': 'passkeys:authenticate',
} as const satisfies Record<Start, string>

/** Of the scopes that the ceremonies need, those that the key does not hold; none while the key is not known. */
export function lackingScopes(key: KeyCheck): string[] {
  if (key.status !== 'ready') return []
  const held: readonly string[] = key.tenant.key?.scopes ?? []
  return ['passkeys:register', 'passkeys:authenticate'].filter((scope) => !held.includes(scope))
}

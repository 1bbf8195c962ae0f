import type { MpcKeysQuery } from '#lib/contract/mpc-keys.ts'

/** Which keys are looked at. Empty: all of them. */
export interface MpcKeysView {
  q: string
  frozen: 'yes' | 'no' | ''
  /** A user's id. */
  user: string
}

/** The view that an address asks for; what it says wrongly it does not say. */
export function viewOf(search: { get(name: string): string | null }): MpcKeysView {
  const frozen = search.get('frozen')
  return {
    q: (search.get('q') ?? '').slice(0, 64),
    frozen: frozen === 'yes' || frozen === 'no' ? frozen : '',
    user: (search.get('user') ?? '').slice(0, 64),
  }
}

/** A view as the server takes it. */
export function filterOf({ q, frozen, user }: MpcKeysView): Pick<MpcKeysQuery, 'q' | 'frozen' | 'user'> {
  const text = q.trim()
  return { ...(text ? { q: text } : {}), ...(frozen ? { frozen } : {}), ...(user ? { user } : {}) }
}

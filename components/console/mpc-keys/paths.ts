import type { Environment } from '#lib/contract/environment.ts'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'

/** The page with an environment's keys: all of them, or one user's. */
export function mpcKeysPath(environment: Environment, user?: string): string {
  return `/console/mpc-keys?${new URLSearchParams({ environment, ...(user ? { user } : {}) })}`
}

/** A key's own page. Only with its environment is a key found. */
export function mpcKeyPath({ id, environment }: Pick<MpcKeyView, 'id' | 'environment'>): string {
  return `/console/mpc-keys/${encodeURIComponent(id)}?environment=${environment}`
}

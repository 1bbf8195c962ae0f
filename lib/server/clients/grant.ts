import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import type { Caller } from '../caller.ts'
import { Problem } from '../problem.ts'

/**
 * Refuses to hand out what the caller does not have: who makes a client, changes one or gets a secret of one could use all
 * its scopes. Those of a user's identity are everybody's to ask for.
 *
 * @throws Problem insufficient_scope
 */
export function mayGive(caller: Caller, scopes: readonly string[]): void {
  const more = scopes.filter((scope) => !(scope in identityScopes) && !caller.scopes.has(scope))
  if (more.length === 0) return
  throw new Problem(
    'insufficient_scope',
    `A client gets only scopes that whoever makes or changes it holds; this ${caller.client ? 'token' : 'key'} does not hold ${more.join(', ')}.`,
  )
}

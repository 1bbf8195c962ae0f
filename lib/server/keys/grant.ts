import type { Tier } from '#lib/contract/environment.ts'
import type { Caller } from '../caller.ts'
import { Problem } from '../problem.ts'

/**
 * Refuses to change the demo key: everybody's Playground offers it. Only the operator may.
 *
 * @throws Problem invalid_request
 */
export function mayChange({ actor }: Caller, key: { demo: boolean }): void {
  if (!key.demo || actor.type === 'operator') return
  throw new Problem(
    'invalid_request',
    'This is the demo key, which the Playground offers to everybody: it stays as it is. Make a key of your own.',
  )
}

/**
 * Refuses to hand out what the caller does not have: a key passes on its own scopes and tier, and no more.
 *
 * @throws Problem insufficient_scope
 */
export function mayGrant(caller: Caller, { scopes, tier }: { scopes: readonly string[]; tier: Tier }): void {
  const more = scopes.filter((scope) => !caller.scopes.has(scope))
  if (more.length > 0) {
    throw new Problem(
      'insufficient_scope',
      `A key passes on only scopes that it holds; this one does not hold ${more.join(', ')}.`,
    )
  }
  if (tier === 'enterprise' && caller.key && caller.key.tier !== 'enterprise') {
    throw new Problem('insufficient_scope', 'Only an enterprise key makes or rotates enterprise keys.')
  }
}

import { isPartOf, readRange } from '#lib/contract/address-range.ts'
import type { Caller } from '../caller.ts'
import { ownersGive } from '../owners-give.ts'
import { Problem } from '../problem.ts'

/**
 * Refuses to change the demo key: everybody's Playground offers it. Only the operator may. One that was handed on from it
 * is a single phone's.
 *
 * @throws Problem invalid_request
 */
export function mayChange({ actor }: Caller, key: { demo: boolean; handedOff: boolean }): void {
  if (!key.demo || key.handedOff || actor.type === 'operator') return
  throw new Problem(
    'invalid_request',
    'This is the demo key, which the Playground offers to everybody: it stays as it is. Make a key of your own.',
  )
}

/** What a key may do. */
export interface Rights {
  scopes: string
  tier: string
}

/** For how long a key may be used, and from where. Null: without an end; empty: from anywhere. */
export interface Bounds {
  expiresAt: Date | null
  allowedIps: string
}

/**
 * Refuses to hand out what the caller does not have: its own scopes and tier, within its own bounds, and no more. Members and
 * the operator have all of it, and no bounds.
 *
 * @throws Problem insufficient_scope
 */
export function mayGrant(caller: Caller, given: Rights & Bounds): void {
  mayGrantRights(caller, given)
  mayGrantFor(caller, given)
}

/** @throws Problem insufficient_scope for a scope or tier that the caller does not have; role_required of a member */
export function mayGrantRights(caller: Caller, { scopes, tier }: Rights): void {
  const more = scopes.split(' ').filter((scope) => !caller.scopes.has(scope))
  if (more.length > 0 && caller.actor.type === 'member') throw ownersGive(more)
  if (more.length > 0) {
    throw refused(`A key passes on only scopes that it holds; this one does not hold ${more.join(', ')}.`)
  }
  if (tier === 'enterprise' && (caller.client || (caller.key && caller.key.tier !== 'enterprise'))) {
    throw refused('Only an enterprise key makes or rotates enterprise keys.')
  }
}

/** @throws Problem insufficient_scope for a later expiry and for more addresses than the caller has */
export function mayGrantFor({ key }: Caller, given: Bounds): void {
  if (!key) return
  if (lastsLonger(given.expiresAt, key.expiresAt)) {
    throw refused(`A key passes on at most its own expiry; this one expires at ${key.expiresAt?.toISOString()}.`)
  }
  const wider = widerThan(given.allowedIps, key.allowedIps)
  if (wider) throw refused(`A key passes on only addresses of its own allowlist; ${wider} is not within it.`)
}

/**
 * Refuses to loosen a key beyond what the caller may grant. To take time or addresses away is everybody's who may change
 * keys; to give more of them is to give, and the key is then within the caller's own bounds.
 *
 * @throws Problem insufficient_scope
 */
export function mayLoosen(caller: Caller, before: Bounds, after: Bounds): void {
  const looser = lastsLonger(after.expiresAt, before.expiresAt) || widerThan(after.allowedIps, before.allowedIps)
  if (looser) mayGrantFor(caller, after)
}

/** Whether one expiry is later than another. */
export function lastsLonger(expiry: Date | null, than: Date | null): boolean {
  return than !== null && (expiry === null || expiry > than)
}

/** What an allowlist lets pass beyond another, in words; undefined where there is nothing. */
function widerThan(allowedIps: string, than: string): string | undefined {
  if (than === '') return undefined
  if (allowedIps === '') return 'any address'
  const ranges = than.split(' ').map(readRange)
  return allowedIps.split(' ').find((entry) => !ranges.some((range) => isPartOf(readRange(entry), range)))
}

function refused(detail: string): Problem {
  return new Problem('insufficient_scope', detail)
}

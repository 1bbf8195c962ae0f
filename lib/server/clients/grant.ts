import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import type { Caller } from '../caller.ts'
import { ownersGive } from '../owners-give.ts'
import { Problem } from '../problem.ts'
import type { Registration } from './registration.ts'

/**
 * Refuses to hand out what the caller does not have: who makes a client, changes one or gets a secret of one could use all
 * its scopes. Those of a user's identity are everybody's to ask for. A client has no expiry and no allowlist, so a key that
 * is bound by one gives none a life of its own.
 *
 * @throws Problem insufficient_scope; role_required of a member
 */
export function mayGive(caller: Caller, { scopes, grants }: Pick<Registration, 'scopes' | 'grants'>): void {
  const more = scopes.filter((scope) => !(scope in identityScopes) && !caller.scopes.has(scope))
  if (more.length > 0 && caller.actor.type === 'member') throw ownersGive(more)
  if (more.length > 0) {
    throw new Problem(
      'insufficient_scope',
      `A client gets only scopes that whoever makes or changes it holds; this ${caller.client ? 'token' : 'key'} does not hold ${more.join(', ')}.`,
    )
  }
  if (grants.includes('client_credentials') && caller.key && (caller.key.expiresAt || caller.key.allowedIps)) {
    throw new Problem(
      'insufficient_scope',
      'A key with an expiry or an allowlist lets no client act for itself (client_credentials): it would be bound by neither.',
    )
  }
}

import { type RelyingPartyUpdate, type RelyingPartyView, relyingPartyUpdate } from '#lib/contract/console.ts'
import { record } from '../audit/audit.ts'
import type { Actor } from '../caller.ts'
import { Problem, parse } from '../problem.ts'
import { keepToLabels, refuseInsecure } from './related-origins.ts'
import { relyingPartyOf } from './relying-party.ts'
import * as store from './store.ts'

/**
 * A tenant's relying party with what would hold by default.
 *
 * @throws Problem not_found
 */
export async function readRelyingParty(tenantId: string, passkeys: number): Promise<RelyingPartyView> {
  const tenant = await store.find(tenantId)
  if (!tenant) throw new Problem('not_found', 'No such tenant.')
  return {
    ...relyingPartyOf(tenant),
    defaults: relyingPartyOf({ name: tenant.name, rpId: null, rpName: null, origins: null }),
    passkeys,
  }
}

/**
 * Changes what is named of a tenant's relying party; null goes back to the default. It holds from the next ceremony on.
 *
 * @throws Problem invalid_request also for origins that no browser would take passkeys on, not_found
 */
export async function updateRelyingParty(tenantId: string, actor: Actor, request: RelyingPartyUpdate): Promise<void> {
  const { name, id, origins } = parse(relyingPartyUpdate, request)
  const change = {
    ...(name === undefined ? {} : { rpName: name }),
    ...(id === undefined ? {} : { rpId: id }),
    ...(origins === undefined ? {} : { origins: origins && JSON.stringify([...new Set(origins)]) }),
  }
  if (origins) refuseInsecure(origins)
  const changed = await store.update(tenantId, change, async (tx, after, before) => {
    if (id !== undefined || origins !== undefined) await keepToLabels(tx, after, before)
    await record(tx, actor, {
      tenantId,
      action: 'relying_party.updated',
      target: { id: tenantId, name: after.name },
      before: before && relyingPartyOf(before),
      after: relyingPartyOf(after),
    })
  })
  if (!changed) throw new Problem('not_found', 'No such tenant.')
}

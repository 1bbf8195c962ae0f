import type { RelyingPartyUpdate, RelyingPartyView } from '#lib/contract/console.ts'
import { relyingPartyUpdate } from '#lib/contract/console.ts'
import { record } from '../audit/audit.ts'
import type { Actor, CallerTenant } from '../caller.ts'
import { env } from '../env.ts'
import { Problem, parse } from '../problem.ts'
import * as store from './store.ts'

/** The relying party of a tenant, as WebAuthn knows it. */
export interface RelyingParty {
  id: string
  name: string
  /** Exact strings: what clientDataJSON's origin must be one of. */
  origins: string[]
}

type Chosen = Pick<CallerTenant, 'name' | 'rpId' | 'rpName' | 'origins'>

/** A tenant's relying party. What it has not set follows BASE_URL, now and not when it was made. */
export function relyingPartyOf(tenant: Chosen): RelyingParty {
  const base = new URL(env().baseUrl)
  return {
    id: tenant.rpId ?? base.hostname,
    name: tenant.rpName ?? tenant.name,
    origins: tenant.origins ? (JSON.parse(tenant.origins) as string[]) : [base.origin],
  }
}

/**
 * A tenant's relying party with what would hold by default.
 *
 * @throws Problem not_found
 */
export async function readRelyingParty(tenantId: string, passkeys: number): Promise<RelyingPartyView> {
  const tenant = await store.find(tenantId)
  if (!tenant) throw new Problem('not_found', 'No such tenant.')
  const chosen = relyingPartyOf(tenant)
  return {
    ...chosen,
    defaults: relyingPartyOf({ name: tenant.name, rpId: null, rpName: null, origins: null }),
    relatedOrigins: relatedTo(chosen),
    wellKnown: {
      url: `https://${chosen.id}/.well-known/webauthn`,
      servedHere: chosen.id === new URL(env().baseUrl).hostname,
    },
    passkeys,
  }
}

/**
 * Changes what is named of a tenant's relying party; null goes back to the default. It holds from the next ceremony on.
 *
 * @throws Problem invalid_request, not_found
 */
export async function updateRelyingParty(tenantId: string, actor: Actor, request: RelyingPartyUpdate): Promise<void> {
  const { name, id, origins } = parse(relyingPartyUpdate, request)
  const change = {
    ...(name === undefined ? {} : { rpName: name }),
    ...(id === undefined ? {} : { rpId: id }),
    ...(origins === undefined ? {} : { origins: origins && JSON.stringify([...new Set(origins)]) }),
  }
  const changed = await store.update(tenantId, change, (tx, after, before) =>
    record(tx, actor, {
      tenantId,
      action: 'relying_party.updated',
      target: { id: tenantId, name: after.name },
      before: before && relyingPartyOf(before),
      after: relyingPartyOf(after),
    }),
  )
  if (!changed) throw new Problem('not_found', 'No such tenant.')
}

/**
 * The origins that may use passkeys of this server's own RP ID though they lie outside its domain: of every tenant that
 * has this RP ID, and this server's own. Each tenant still takes answers from its own origins only.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-related-origins
 */
export async function relatedOrigins(): Promise<{ origins: string[] }> {
  const { origin, hostname } = new URL(env().baseUrl)
  const tenants = (await store.list()).map(relyingPartyOf).filter(({ id }) => id === hostname)
  return { origins: [...new Set([origin, ...tenants.flatMap(relatedTo)])] }
}

function relatedTo({ id, origins }: RelyingParty): string[] {
  return origins.filter((origin) => {
    const { hostname } = new URL(origin)
    return hostname !== id && !hostname.endsWith(`.${id}`)
  })
}

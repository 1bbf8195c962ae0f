import type { Environment, Tier } from '#lib/contract/environment.ts'
import {
  type TenantAnswer,
  type TenantCreate,
  tenantCreate,
  tenantQuota,
  tenantTierCeiling,
} from '#lib/contract/tenant.ts'
import { record } from '../audit/audit.ts'
import { type Actor, type Caller, fullCaller, operator } from '../caller.ts'
import { newId } from '../ids.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { Problem, parse } from '../problem.ts'
import { beginAnew } from '../usage/threshold.ts'
import { brandingOf } from './branding.ts'
import { keepToLabels, refuseInsecure } from './related-origins.ts'
import { relyingPartyOf } from './relying-party.ts'
import * as store from './store.ts'

/** The Console's own tenant. */
export const consoleTenantId = store.consoleTenantId

export interface TenantView {
  id: string
  name: string
  slug: string
  createdAt: string
  monthlyQuota: number | null
  /** The highest tier that its keys may have. */
  tierCeiling: Tier
  /** Whether people may make an account on the sign-in page of OAuth. */
  signUp: boolean
}

/**
 * Makes a tenant. Its id is random, unless it must be a certain one.
 *
 * @throws Problem invalid_request for a bad name, a bad or taken slug, an RP ID or origin that is none
 */
export async function createTenant(request: TenantCreate, id = newId('tnt'), actor = operator): Promise<TenantView> {
  const {
    slug,
    name,
    rpId = null,
    origins = [],
    monthlyQuota = null,
    tierCeiling,
    signUp,
  } = parse(tenantCreate, request)
  refuseInsecure(origins)
  const saved = await store.save(
    {
      id,
      slug,
      name,
      rpId,
      origins: origins.length > 0 ? JSON.stringify(origins) : null,
      monthlyQuota,
      tierCeiling,
      signUp,
    },
    async (tx, made) => {
      await keepToLabels(tx, made, null)
      await record(tx, actor, { tenantId: id, action: 'tenant.created', target: { id, name }, after: { name, slug } })
    },
  )
  if (!saved) {
    throw new Problem('invalid_request', `A tenant with the slug “${slug}” exists already.`, {
      issues: [{ path: 'slug', message: 'is taken' }],
    })
  }
  return viewOf(saved)
}

/**
 * Sets how many requests a month a tenant has; null: no quota. Of another one than before, what is reached of it in this month
 * is told anew.
 *
 * @throws Problem invalid_request, not_found
 */
export async function setQuota(tenantId: string, monthlyQuota: number | null): Promise<TenantView> {
  const { monthlyQuota: quota } = parse(tenantQuota, { monthlyQuota })
  const changed = await store.update(tenantId, { monthlyQuota: quota }, async (tx, after, before) => {
    if (before?.monthlyQuota !== quota) await beginAnew(tx, tenantId)
    await record(tx, operator, {
      tenantId,
      action: 'quota.updated',
      target: { id: tenantId, name: after.name },
      before: { monthlyQuota: before?.monthlyQuota },
      after: { monthlyQuota: quota },
    })
  })
  if (!changed) throw new Problem('not_found', 'No such tenant.')
  return viewOf(changed)
}

/**
 * Sets the highest tier that a tenant's keys may have. Those that are above it are held to it from their next request on.
 *
 * @throws Problem invalid_request, not_found
 */
export async function setTierCeiling(tenantId: string, wanted: Tier): Promise<TenantView> {
  const { tierCeiling } = parse(tenantTierCeiling, { tierCeiling: wanted })
  const changed = await store.update(tenantId, { tierCeiling }, (tx, after, before) =>
    record(tx, operator, {
      tenantId,
      action: 'tier_ceiling.updated',
      target: { id: tenantId, name: after.name },
      before: { tierCeiling: before?.tierCeiling },
      after: { tierCeiling },
    }),
  )
  if (!changed) throw new Problem('not_found', 'No such tenant.')
  return viewOf(changed)
}

/** All tenants, oldest first. */
export async function listTenants(): Promise<TenantView[]> {
  return (await store.list()).map(viewOf)
}

/**
 * The tenant of a slug.
 *
 * @throws Problem not_found
 */
export async function findTenant(slug: string): Promise<TenantView> {
  const found = await store.findBySlug(slug)
  if (!found)
    throw new Problem(
      'not_found',
      `No tenant has the slug “${slug}”. Those that are there: tenants list. A new one: tenants create.`,
    )
  return viewOf(found)
}

/**
 * Somebody who may do everything in a tenant's environment; the operator, unless told.
 *
 * @throws Problem not_found
 */
export async function actFor(tenantId: string, environment: Environment, actor: Actor = operator): Promise<Caller> {
  const tenant = await store.find(tenantId)
  if (!tenant) throw new Problem('not_found', 'No such tenant.')
  return fullCaller(tenant, environment, actor)
}

/** Who the caller speaks for: its tenant, key, relying party and limits. */
export function describeCaller(caller: Caller): TenantAnswer {
  const { tenant, key, client, user, environment } = caller
  const branding = brandingOf(tenant)
  return {
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug },
    environment,
    key: key && {
      id: key.id,
      name: key.name,
      type: environment,
      hint: key.hint,
      scopes: [...caller.scopes],
      tier: key.tier,
      expiresAt: key.expiresAt?.toISOString() ?? null,
    },
    ...(client ? { client: { ...client, scopes: [...caller.scopes] } } : {}),
    ...(user ? { user } : {}),
    relyingParty: relyingPartyOf(tenant),
    ...(branding ? { branding } : {}),
    limits: limitsOf(environment, key?.tier ?? 'standard'),
  }
}

function viewOf({ id, name, slug, createdAt, monthlyQuota, tierCeiling, signUp }: store.StoredTenant): TenantView {
  return { id, name, slug, createdAt: createdAt.toISOString(), monthlyQuota, tierCeiling: tierCeiling as Tier, signUp }
}

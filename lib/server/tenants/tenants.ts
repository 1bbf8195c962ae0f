import { type TenantAnswer, type TenantCreate, tenantCreate } from '#lib/contract/tenant.ts'
import type { Caller } from '../caller.ts'
import { newId } from '../ids.ts'
import { limitsOf } from '../limits/limits-of.ts'
import { Problem, parse } from '../problem.ts'
import { relyingPartyOf } from './relying-party.ts'
import * as store from './store.ts'

export interface TenantView {
  id: string
  name: string
  slug: string
  createdAt: string
}

/**
 * Makes a tenant. Its id is random, unless it must be a certain one.
 *
 * @throws Problem invalid_request for a bad name, a bad or taken slug, an RP ID or origin that is none
 */
export async function createTenant(request: TenantCreate, id = newId('tnt')): Promise<TenantView> {
  const { slug, name, rpId = null, origins = [] } = parse(tenantCreate, request)
  const saved = await store.save({ id, slug, name, rpId, origins: origins.length > 0 ? JSON.stringify(origins) : null })
  if (!saved) {
    throw new Problem('invalid_request', `A tenant with the slug “${slug}” exists already.`, {
      issues: [{ path: 'slug', message: 'is taken' }],
    })
  }
  return viewOf(saved)
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
  if (!found) throw new Problem('not_found', `No tenant has the slug “${slug}”.`)
  return viewOf(found)
}

/** Who the caller speaks for: its tenant, key, relying party and limits. */
export function describeCaller(caller: Caller): TenantAnswer {
  const { tenant, key, environment } = caller
  return {
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug },
    environment,
    key: {
      id: key.id,
      name: key.name,
      type: environment,
      hint: key.hint,
      scopes: [...caller.scopes],
      tier: key.tier,
      expiresAt: key.expiresAt?.toISOString() ?? null,
    },
    relyingParty: relyingPartyOf(tenant),
    limits: limitsOf(environment, key.tier),
  }
}

function viewOf(tenant: { id: string; name: string; slug: string; createdAt: Date }): TenantView {
  return { id: tenant.id, name: tenant.name, slug: tenant.slug, createdAt: tenant.createdAt.toISOString() }
}

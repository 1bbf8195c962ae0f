import { limitsOf } from '#lib/contract/environment.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { newId } from '../ids.ts'
import { type Caller, holds } from '../keys/caller.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from './relying-party.ts'
import * as store from './store.ts'

export interface TenantRequest {
  name: string
  slug: string
  rpId?: string | undefined
  origins?: string[] | undefined
}

export interface TenantView {
  id: string
  name: string
  slug: string
  createdAt: string
}

/**
 * Makes a tenant.
 *
 * @throws Problem invalid_request for a bad name, a bad or taken slug, an RP ID or origin that is none
 */
export async function createTenant(request: TenantRequest): Promise<TenantView> {
  const issues = [
    ...(request.name.trim() === '' || request.name.length > 64
      ? [{ path: 'name', message: 'needs 1–64 characters' }]
      : []),
    ...(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(request.slug)
      ? []
      : [{ path: 'slug', message: 'needs 1–40 of a–z, 0–9 and inner hyphens' }]),
    ...(request.rpId === undefined || /^[a-z0-9.-]{1,253}$/.test(request.rpId)
      ? []
      : [{ path: 'rpId', message: 'is not a domain' }]),
    ...(request.origins ?? [])
      .filter((origin) => !isOrigin(origin))
      .map((origin) => ({ path: 'origins', message: `“${origin.slice(0, 128)}” is not an origin` })),
  ]
  if (issues.length > 0) throw new Problem('invalid_request', 'The tenant cannot be made like this.', { issues })
  const saved = await store.save({
    id: newId('tnt'),
    slug: request.slug,
    name: request.name.trim(),
    rpId: request.rpId ?? null,
    origins: request.origins?.length ? JSON.stringify(request.origins) : null,
  })
  if (!saved) {
    throw new Problem('invalid_request', `A tenant with the slug “${request.slug}” exists already.`, {
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

/** Whether the caller is told why: a test environment explains, a live one does so to keys with `passkeys:debug`. */
export function explainsTo(caller: Caller): boolean {
  return caller.environment === 'test' || holds(caller, 'passkeys:debug')
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function viewOf(tenant: { id: string; name: string; slug: string; createdAt: Date }): TenantView {
  return { id: tenant.id, name: tenant.name, slug: tenant.slug, createdAt: tenant.createdAt.toISOString() }
}

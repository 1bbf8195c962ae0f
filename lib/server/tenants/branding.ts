import { type BrandingUpdate, type BrandingView, brandingUpdate } from '#lib/contract/console.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { record } from '../audit/audit.ts'
import type { Actor, CallerTenant } from '../caller.ts'
import { newId } from '../ids.ts'
import { Problem, parse } from '../problem.ts'
import { readLogo } from './logo.ts'
import * as store from './store.ts'

type Chosen = Pick<CallerTenant, 'brandName' | 'brandColor' | 'logoUrl'>

/** How pages show a tenant; undefined where it chose nothing. */
export function brandingOf(tenant: Chosen): TenantAnswer['branding'] {
  const { brandName, brandColor, logoUrl } = tenant
  return brandName || brandColor || logoUrl ? viewOf(tenant) : undefined
}

/**
 * How pages show a tenant, what it did not choose null.
 *
 * @throws Problem not_found
 */
export async function readBranding(tenantId: string): Promise<BrandingView> {
  const tenant = await store.find(tenantId)
  if (!tenant) throw new Problem('not_found', 'No such tenant.')
  return viewOf(tenant)
}

/**
 * Changes what is named of a tenant's branding; null goes back to the default.
 *
 * @throws Problem invalid_request also for a logo that is no image or could do more than be looked at, not_found
 */
export async function updateBranding(tenantId: string, actor: Actor, request: BrandingUpdate): Promise<BrandingView> {
  const { name, color, logo } = parse(brandingUpdate, request)
  const upload = logo?.startsWith('data:') ? { id: newId('lgo'), ...readLogo(logo) } : null
  const logoUrl = upload ? `/console/api/logos/${upload.id}` : (logo ?? null)
  const change = {
    ...(name === undefined ? {} : { brandName: name }),
    ...(color === undefined ? {} : { brandColor: color?.toLowerCase() ?? null }),
    ...(logo === undefined ? {} : { logoUrl, logo: { upload } }),
  }
  const changed = await store.updateBranding(tenantId, change, (tx, after, before) =>
    record(tx, actor, {
      tenantId,
      action: 'branding.updated',
      target: { id: tenantId, name: after.name },
      before: before && viewOf(before),
      after: viewOf(after),
    }),
  )
  if (!changed) throw new Problem('not_found', 'No such tenant.')
  return viewOf(changed)
}

/**
 * An uploaded logo.
 *
 * @throws Problem not_found
 */
export async function findLogo(id: string): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const found = await store.findLogo(id)
  if (!found) throw new Problem('not_found', 'No such logo.')
  return found
}

function viewOf({ brandName, brandColor, logoUrl }: Chosen): BrandingView {
  return { name: brandName, color: brandColor, logoUrl }
}

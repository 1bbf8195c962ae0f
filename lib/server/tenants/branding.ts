import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { CallerTenant } from '../caller.ts'

/** How pages show a tenant; undefined where it chose nothing. */
export function brandingOf({ brandName, brandColor, logoUrl }: CallerTenant): TenantAnswer['branding'] {
  if (!brandName && !brandColor && !logoUrl) return undefined
  return { name: brandName, color: brandColor, logoUrl }
}

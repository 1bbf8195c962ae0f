import type { Direct } from '#lib/foundation/direct.ts'
import type { CallerTenant } from '../../caller.ts'
import { dateOf, direct } from '../../db/database.ts'

/** A key with its tenant, as a request that presents it needs them. */
export interface PresentedKey {
  id: string
  environment: string
  name: string
  hash: string
  hint: string
  scopes: string
  tier: string
  demo: boolean
  allowedIps: string
  familyId: string
  expiresAt: Date | null
  revokedAt: Date | null
  tenant: CallerTenant
}

// The value in a CAST: SQLite plans a join anew for every value that it can see, which costs more than the query.
const presentedKey = `
  SELECT k."id", k."environment", k."name", k."hash", k."hint", k."scopes", k."tier", k."demo", k."allowedIps",
         k."familyId", k."expiresAt", k."revokedAt", t."id" AS "tenantId", t."slug", t."name" AS "tenantName",
         t."rpId", t."rpName", t."origins", t."brandName", t."brandColor", t."logoUrl", t."monthlyQuota", t."tierCeiling"
  FROM "ApiKey" k JOIN "Tenant" t ON t."id" = k."tenantId" WHERE k."id" = CAST(? AS TEXT)`

const mostKept = 1_000
const keptOf = new WeakMap<object, Map<string, { key: PresentedKey; version: number }>>()

/**
 * The key of an id with its tenant, whatever its state; the same object, where it is as it was. One query, since every request
 * asks it, and none where the database says that nothing was changed since: keys and tenants are written by Prisma.
 */
export async function find(id: string): Promise<PresentedKey | null> {
  const db = await direct()
  const version = db.version?.()
  if (version === undefined) return read(db, id)
  const kept = keptOf.get(db) ?? new Map()
  keptOf.set(db, kept)
  const known = kept.get(id)
  if (known?.version === version) return known.key
  const key = await read(db, id)
  if (kept.size >= mostKept) kept.clear()
  if (key) kept.set(id, { key, version })
  else kept.delete(id)
  return key
}

async function read(db: Direct, id: string): Promise<PresentedKey | null> {
  const row = await db.first<Row>(presentedKey, id)
  if (!row) return null
  const { tenantId, slug, tenantName, rpId, rpName, origins, brandName, brandColor, ...more } = row
  const { logoUrl, monthlyQuota, tierCeiling, ...key } = more
  return {
    ...key,
    demo: key.demo === 1,
    expiresAt: dateOf(key.expiresAt),
    revokedAt: dateOf(key.revokedAt),
    tenant: {
      id: tenantId,
      slug,
      name: tenantName,
      rpId,
      rpName,
      origins,
      brandName,
      brandColor,
      logoUrl,
      monthlyQuota,
      tierCeiling,
    },
  }
}

/** As SQLite has it. */
type Row = Omit<PresentedKey, 'tenant' | 'demo' | 'expiresAt' | 'revokedAt'> &
  Omit<CallerTenant, 'id' | 'name'> & {
    tenantId: string
    tenantName: string
    demo: number
    expiresAt: string | null
    revokedAt: string | null
  }

import type { Environment, Tier } from '#lib/contract/environment.ts'
import { clock } from '../clock.ts'
import { database } from '../db.ts'

export interface NewKey {
  id: string
  tenantId: string
  environment: Environment
  name: string
  hash: string
  hint: string
  scopes: string
  tier: Tier
  expiresAt: Date | null
}

export async function save(key: NewKey) {
  return (await database()).apiKey.create({ data: key })
}

/** A key with its tenant, whatever its state. */
export async function find(id: string) {
  return (await database()).apiKey.findUnique({ where: { id }, include: { tenant: true } })
}

export async function list(tenantId: string) {
  return (await database()).apiKey.findMany({ where: { tenantId }, orderBy: { createdAt: 'asc' } })
}

/** Marks a key revoked; false when there is none that is not revoked yet. */
export async function revoke(id: string): Promise<boolean> {
  const { count } = await (await database()).apiKey.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date(clock.now()) },
  })
  return count > 0
}

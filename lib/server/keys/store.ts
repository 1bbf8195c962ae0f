import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'

interface NewKey {
  id: string
  tenantId: string
  environment: Environment
  name: string
  hash: string
  hint: string
  scopes: string
  tier: Tier
  demo: boolean
  expiresAt: Date | null
}

/** Keeps a new key. */
export async function save(key: NewKey) {
  return (await database()).apiKey.create({ data: key })
}

/** A key with its tenant, whatever its state. */
export async function find(id: string) {
  return (await database()).apiKey.findUnique({ where: { id }, include: { tenant: true } })
}

/** The keys of one environment, oldest first. */
export async function list(place: Place) {
  return (await database()).apiKey.findMany({ where: { ...place }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
}

/** Marks a key of one environment revoked; false when there is none that is not revoked yet. */
export async function revoke(place: Place, id: string): Promise<boolean> {
  const { count } = await (await database()).apiKey.updateMany({
    where: { id, ...place, revokedAt: null },
    data: { revokedAt: new Date(clock.now()) },
  })
  return count > 0
}

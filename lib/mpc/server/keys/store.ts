import { customAlphabet } from 'nanoid'
import { base62 } from '#lib/contract/api-key-format.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { Key as Row } from '../../../../prisma/mpc/sqlite/generated/client.ts'
import { later } from '../clock.ts'
import { database, type Transaction } from '../db/database.ts'
import type { Owner } from '../tokens/caller.ts'
import { freezersOf, mapOf, mapText, type Policy, packageOf, packageText, type StoredKey } from './key.ts'

export { type Transaction, transaction } from '../db/database.ts'

const random = customAlphabet(base62)
const hour = 3_600_000

export const newKeyId = () => `mpk_${random(20)}`

/** Where a page of keys ends. */
export interface Place {
  createdAt: Date
  id: string
}

export async function find(owner: Owner, id: string, tx?: Transaction): Promise<StoredKey | undefined> {
  const row = await (tx ?? (await database())).key.findFirst({ where: { id, ...ownerOf(owner) } })
  return row ? storedOf(row) : undefined
}

/** Keys of an owner, the newest first. */
export async function list(owner: Owner, most: number, after?: Place): Promise<StoredKey[]> {
  const beyond = after && {
    OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
  }
  const rows = await (await database()).key.findMany({
    where: { ...ownerOf(owner), ...beyond },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
  })
  return rows.map(storedOf)
}

export async function count(owner: Owner, tx: Transaction): Promise<number> {
  return tx.key.count({ where: ownerOf(owner) })
}

export async function create(stored: StoredKey, tx: Transaction): Promise<void> {
  const { id, label, publicKey, share, policy, createdAt } = stored
  await tx.key.create({
    data: {
      ...ownerOf(stored),
      id,
      label,
      share,
      ...policy,
      createdAt,
      ...material(stored),
      publicKey: copy(publicKey),
    },
  })
}

/** Puts new shares in the place of the old ones, where the key is still of the generation that they were made from. */
export async function replace(stored: StoredKey, generation: number, tx: Transaction): Promise<boolean> {
  const { count } = await tx.key.updateMany({
    where: { id: stored.id, ...ownerOf(stored), generation },
    data: { share: stored.share, ...material(stored) },
  })
  return count === 1
}

export async function update(
  owner: Owner,
  id: string,
  changes: { label?: string; policy?: Policy; frozen?: boolean; frozenByTenant?: boolean },
  tx: Transaction,
): Promise<void> {
  const { policy, ...rest } = changes
  await tx.key.updateMany({ where: { id, ...ownerOf(owner) }, data: { ...rest, ...policy } })
}

export async function remove(owner: Owner, id: string, tx: Transaction): Promise<void> {
  await tx.signed.deleteMany({ where: { keyId: id } })
  await tx.key.deleteMany({ where: { id, ...ownerOf(owner) } })
}

/** That a key signed now, where it is not frozen and still of this generation; else it is false, and nothing was written. */
export async function sign(owner: Owner, id: string, generation: number, tx: Transaction): Promise<boolean> {
  const at = later()
  const { count } = await tx.key.updateMany({
    where: { id, ...ownerOf(owner), generation, frozen: false, frozenByTenant: false },
    data: { signatures: { increment: 1 }, lastSignedAt: at },
  })
  if (count !== 1) return false
  await tx.signed.deleteMany({ where: { keyId: id, at: { lt: new Date(at.getTime() - hour) } } })
  await tx.signed.create({ data: { id: random(20), keyId: id, at } })
  return true
}

/** How often a key has signed within the last hour, and when the first of that was. */
export async function signedWithinAnHour(id: string, tx?: Transaction): Promise<{ count: number; first: Date | null }> {
  const { _count, _min } = await (tx ?? (await database())).signed.aggregate({
    where: { keyId: id, at: { gte: later(-hour) } },
    _count: true,
    _min: { at: true },
  })
  return { count: _count, first: _min.at }
}

function ownerOf({ tenantId, environment, sub }: Owner): Owner {
  return { tenantId, environment, sub }
}

function material({ key, identityKeys }: StoredKey) {
  const { suite, threshold, parties, generation } = key
  return {
    suite,
    threshold,
    parties: JSON.stringify(parties),
    publicPackage: packageText(key),
    identityKeys: JSON.stringify(mapText(identityKeys)),
    generation,
  }
}

function storedOf(row: Row): StoredKey {
  const { id, tenantId, sub, label, share, signatures, createdAt, lastSignedAt } = row
  return {
    id,
    tenantId,
    environment: row.environment as Environment,
    sub,
    label,
    key: packageOf(row),
    publicKey: copy(row.publicKey),
    identityKeys: mapOf(JSON.parse(row.identityKeys) as Record<string, string>),
    share,
    policy: { approval: row.approval as Policy['approval'], maxPerHour: row.maxPerHour },
    frozenBy: freezersOf(row),
    signatures: Number(signatures),
    createdAt,
    lastSignedAt,
  }
}

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}

import type { Key as Row } from '../../../../prisma/mpc/sqlite/generated/client.ts'
import { database, Prisma, type Transaction } from '../db/database.ts'
import { type Freezer, freezersOf, type Policy } from '../keys/key.ts'
import type { Place } from '../keys/store.ts'
import type { Owner } from '../tokens/caller.ts'

export { type Transaction, transaction } from '../db/database.ts'

/** Whose keys: one tenant's one environment. */
export type Tenancy = Pick<Owner, 'tenantId' | 'environment'>

/** Which of them. */
export interface Filter {
  /** Of this user alone. */
  user?: string | undefined
  /** What stands in a key's id, label or user; or it is one of these users'. */
  text?: string | undefined
  textUsers: readonly string[]
  frozen?: boolean | undefined
}

/** A key as its tenant sees it. */
export interface TenantKey extends Place {
  user: string
  label: string
  suite: string
  threshold: number
  parties: string[]
  publicKey: Uint8Array<ArrayBuffer>
  policy: Policy
  frozenBy: readonly Freezer[]
  generation: number
  signatures: number
  lastSignedAt: Date | null
}

/** The newest first, so many at most, from behind a place on. */
export async function list(tenancy: Tenancy, filter: Filter, most: number, after?: Place): Promise<TenantKey[]> {
  const { createdAt, id } = after ?? {}
  const behind = after
    ? Prisma.sql`AND ("createdAt" < ${createdAt} OR ("createdAt" = ${createdAt} AND "id" < ${id}))`
    : Prisma.empty
  const db = await database()
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Key" WHERE ${conditionsOf(tenancy, filter)} ${behind}
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ${most}`
  const rows = await db.key.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(viewOf)
}

/** How many there are. */
export async function count(tenancy: Tenancy, filter: Filter): Promise<number> {
  const [found] = await (await database()).$queryRaw<{ count: bigint }[]>`
    SELECT COUNT(*) AS "count" FROM "Key" WHERE ${conditionsOf(tenancy, filter)}`
  return Number(found?.count ?? 0)
}

export async function find(tenancy: Tenancy, id: string, tx?: Transaction): Promise<TenantKey | undefined> {
  const row = await (tx ?? (await database())).key.findFirst({ where: { id, ...placeOf(tenancy) } })
  return row ? viewOf(row) : undefined
}

/** Freezes a key for its tenant, or ends that. What its user froze stays frozen. */
export async function freeze(tenancy: Tenancy, id: string, frozenByTenant: boolean, tx: Transaction): Promise<void> {
  await tx.key.updateMany({ where: { id, ...placeOf(tenancy) }, data: { frozenByTenant } })
}

function conditionsOf({ tenantId, environment }: Tenancy, { user, text, textUsers, frozen }: Filter): Prisma.Sql {
  // What somebody looks for is text: a % in it is a %.
  const pattern = text && `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const like = (column: string) => Prisma.sql`lower(${Prisma.raw(column)}) LIKE lower(${pattern}) ESCAPE '\\'`
  const named = [
    ...['"label"', '"id"', '"sub"'].map(like),
    ...(textUsers.length ? [Prisma.sql`"sub" IN (${Prisma.join([...textUsers])})`] : []),
  ]
  const isFrozen = Prisma.sql`("frozen" OR "frozenByTenant")`
  const conditions = [
    Prisma.sql`"tenantId" = ${tenantId} AND "environment" = ${environment}`,
    ...(user ? [Prisma.sql`"sub" = ${user}`] : []),
    ...(pattern ? [Prisma.sql`(${Prisma.join(named, ' OR ')})`] : []),
    ...(frozen === undefined ? [] : [frozen ? isFrozen : Prisma.sql`NOT ${isFrozen}`]),
  ]
  return Prisma.join(conditions, ' AND ')
}

function viewOf(row: Row): TenantKey {
  const { id, sub, label, suite, threshold, parties, publicKey, generation, signatures, createdAt, lastSignedAt } = row
  return {
    ...{ id, user: sub, label, suite, threshold, generation, createdAt, lastSignedAt },
    signatures: Number(signatures),
    parties: JSON.parse(parties) as string[],
    publicKey: Uint8Array.from(publicKey),
    policy: { approval: row.approval as Policy['approval'], maxPerHour: row.maxPerHour },
    frozenBy: freezersOf(row),
  }
}

function placeOf({ tenantId, environment }: Tenancy): Tenancy {
  return { tenantId, environment }
}

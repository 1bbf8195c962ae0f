import { prefixEnd } from '#lib/foundation/prefix-end.ts'
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
  /**
   * A key's id, or what its label or its user's id begins with; of the newest 2,000, what stands in any of them, in either
   * case of letters. Or it is one of these users'.
   */
  text?: string | undefined
  textUsers: readonly string[]
  frozen?: boolean | undefined
}

// A part of a text is looked for among so many of the newest, and so many are found by their beginning: few enough to read.
const searched = 2_000

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
    SELECT "id" FROM ${keysOf(tenancy, filter)} ${behind} ORDER BY "createdAt" DESC, "id" DESC LIMIT ${most}`
  const rows = await db.key.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(viewOf)
}

/** How many there are; no more than `most` are counted. */
export async function count(tenancy: Tenancy, filter: Filter, most: number): Promise<number> {
  const [found] = await (await database()).$queryRaw<{ count: bigint }[]>`
    SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM ${keysOf(tenancy, filter)} LIMIT ${most}) AS "some"`
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

/** What stands behind FROM: each way to what is asked for is an index's, or goes through so many at most. */
function keysOf(tenancy: Tenancy, { user, text, textUsers, frozen }: Filter): Prisma.Sql {
  const isFrozen = Prisma.sql`("frozen" OR "frozenByTenant")`
  const conditions = [
    within(tenancy),
    ...(user ? [Prisma.sql`"sub" = ${user}`] : []),
    ...(frozen === undefined ? [] : [frozen ? isFrozen : Prisma.sql`NOT ${isFrozen}`]),
  ]
  const from = text ? Prisma.sql`(${foundBy(tenancy, text, textUsers)}) AS "found"` : Prisma.sql`"Key"`
  return Prisma.sql`${from} WHERE ${Prisma.join(conditions, ' AND ')}`
}

// What a key is asked for by. Each way brings it along: joined to the table by id, PostgreSQL may go through all of that.
const columns = Prisma.raw('"id", "tenantId", "environment", "sub", "label", "frozen", "frozenByTenant", "createdAt"')

function foundBy(tenancy: Tenancy, text: string, textUsers: readonly string[]): Prisma.Sql {
  // What somebody looks for is text: a % in it is a %.
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const like = (column: string) => Prisma.sql`lower(${Prisma.raw(column)}) LIKE lower(${pattern}) ESCAPE '\\'`
  const newest = Prisma.sql`
    SELECT ${columns} FROM "Key" WHERE ${within(tenancy)} ORDER BY "createdAt" DESC, "id" DESC LIMIT ${searched}`
  const beginning = (column: '"label"' | '"sub"') => {
    const end = prefixEnd(text)
    const before = end === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} < ${end}`
    return Prisma.sql`
      SELECT ${columns} FROM "Key" WHERE ${within(tenancy)} AND ${Prisma.raw(column)} >= ${text} ${before}
      ORDER BY ${Prisma.raw(column)} DESC, "createdAt" DESC, "id" DESC LIMIT ${searched}`
  }
  const ways = [
    Prisma.sql`SELECT ${columns} FROM "Key" WHERE "id" = ${text}`,
    Prisma.sql`SELECT ${columns} FROM (${newest}) AS "newest" WHERE ${Prisma.join(['"label"', '"id"', '"sub"'].map(like), ' OR ')}`,
    ...(['"label"', '"sub"'] as const).map(
      (column) => Prisma.sql`SELECT ${columns} FROM (${beginning(column)}) AS "named"`,
    ),
    ...(textUsers.length
      ? [
          Prisma.sql`SELECT ${columns} FROM "Key" WHERE ${within(tenancy)} AND "sub" IN (${Prisma.join([...textUsers])})`,
        ]
      : []),
  ]
  return Prisma.join(ways, ' UNION ')
}

function within({ tenantId, environment }: Tenancy): Prisma.Sql {
  return Prisma.sql`"tenantId" = ${tenantId} AND "environment" = ${environment}`
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

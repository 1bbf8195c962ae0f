import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, direct } from '../../db/database.ts'

export interface NewUser {
  id: string
  username: string
  displayName: string
}

/** A user of a place; every token that acts for one asks it. */
export async function findUserById({ tenantId, environment }: Place, id: string) {
  const sql = `
    SELECT "id", "username", "displayName" FROM "User"
    WHERE "id" = CAST(? AS TEXT) AND "tenantId" = ? AND "environment" = ?`
  return (await (await direct()).first<NewUser>(sql, id, tenantId, environment)) ?? null
}

/** Where a user belongs. */
export async function placeOfUser(id: string): Promise<Place | null> {
  const user = await (await database()).user.findUnique({ where: { id } })
  return user && { tenantId: user.tenantId, environment: user.environment as Place['environment'] }
}

export async function usernamesOf({ tenantId, environment }: Place, ids: string[]): Promise<Map<string, string>> {
  const db = await database()
  const found = await inChunks(ids, (some) =>
    db.user.findMany({ where: { tenantId, environment, id: { in: some } }, select: { id: true, username: true } }),
  )
  return new Map(found.map(({ id, username }) => [id, username]))
}

export async function usersNamed({ tenantId, environment }: Place, text: string, most: number): Promise<string[]> {
  // What somebody looks for is text: a % in it is a %.
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const found = await (await database()).$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "User"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment}
      AND lower("username") LIKE lower(${pattern}) ESCAPE '\\'
    ORDER BY "username" LIMIT ${most}`
  return found.map(({ id }) => id)
}

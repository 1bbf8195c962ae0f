import type { Place } from '../../caller.ts'
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

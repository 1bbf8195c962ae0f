import { direct } from '../../db/database.ts'
import type { FoundRecord } from '../store.ts'

/** A user, as the token that acts for them names them. */
export interface FoundUser {
  id: string
  username: string
  displayName: string
  tenantId: string
  environment: string
}

/** A refresh token or device code, and its grant and its user where they are there. */
export interface FoundToken extends FoundRecord {
  grant: FoundRecord | null
  user: FoundUser | null
}

type Row = FoundRecord & {
  grantPayload: string | null
  grantPasskeyId: string | null
  userId: string | null
  username: string
  displayName: string
  tenantId: string
  environment: string
}

// Kept while its passkey was being deleted, a record is there, and worth nothing.
const good = (record: string) => `
  (${record}."passkeyId" IS NULL OR EXISTS (SELECT 1 FROM "Passkey" p WHERE p."id" = ${record}."passkeyId"))`

// The value in a CAST: SQLite plans a join anew for every value that it can see.
const byId = `
  SELECT r."id", r."payload", r."grantId", r."passkeyId", r."consumedAt",
         g."payload" AS "grantPayload", g."passkeyId" AS "grantPasskeyId",
         u."id" AS "userId", u."username", u."displayName", u."tenantId", u."environment"
  FROM "OAuthRecord" r
  LEFT JOIN "OAuthRecord" g ON g."id" = r."grantId" AND ${good('g')}
  LEFT JOIN "User" u ON u."id" = r."userId"
  WHERE r."id" = CAST(? AS TEXT) AND ${good('r')}`

/** A refresh token or device code, expired or not, with what a refresh asks for next. */
export async function findToken(id: string): Promise<FoundToken | undefined> {
  const row = await (await direct()).first<Row>(byId, id)
  if (!row) return undefined
  const { payload, grantId, passkeyId, consumedAt, grantPayload, grantPasskeyId, userId, ...user } = row
  const { username, displayName, tenantId, environment } = user
  return {
    ...{ id, payload, grantId, passkeyId, consumedAt },
    grant:
      grantId !== null && grantPayload !== null
        ? { id: grantId, payload: grantPayload, grantId: null, passkeyId: grantPasskeyId, consumedAt: null }
        : null,
    user: userId === null ? null : { id: userId, username, displayName, tenantId, environment },
  }
}

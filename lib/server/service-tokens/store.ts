import { clock } from '../clock.ts'
import { database, direct, unlessTaken } from '../db/database.ts'

export interface NewServiceToken {
  id: string
  service: string
  name: string
  hash: string
  hint: string
}

/** Keeps a token; undefined where there is one of its id. */
export async function save(token: NewServiceToken) {
  const db = await database()
  return unlessTaken(db.serviceToken.create({ data: { ...token, createdAt: new Date(clock.now()) } }))
}

/** All tokens, those that were revoked too, oldest first. */
export async function list() {
  return (await database()).serviceToken.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
}

/** The token of an id, whatever its state. */
export async function read(id: string) {
  return (await database()).serviceToken.findUnique({ where: { id } })
}

/** Ends a token, unless it has ended; whether there is one of that id. */
export async function revoke(id: string): Promise<boolean> {
  const db = await database()
  await db.serviceToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(clock.now()) } })
  return (await db.serviceToken.count({ where: { id } })) === 1
}

/** A token as a request that presents it needs it, while it works. */
export async function find(id: string): Promise<{ service: string; hash: string } | undefined> {
  const working = 'SELECT "service", "hash" FROM "ServiceToken" WHERE "id" = ? AND "revokedAt" IS NULL'
  return (await direct()).first<{ service: string; hash: string }>(working, id)
}

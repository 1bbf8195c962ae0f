import { database, unlessTaken } from '../db/database.ts'

interface NewTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  origins: string | null
}

/** Keeps a new tenant; undefined when its slug or id is taken. */
export async function save(tenant: NewTenant) {
  const db = await database()
  return unlessTaken(db.tenant.create({ data: tenant }))
}

/** The tenant of a slug, or null. */
export async function findBySlug(slug: string) {
  return (await database()).tenant.findUnique({ where: { slug } })
}

/** All tenants, oldest first. */
export async function list() {
  return (await database()).tenant.findMany({ orderBy: { createdAt: 'asc' } })
}

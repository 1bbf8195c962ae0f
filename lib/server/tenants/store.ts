import { database } from '../db.ts'

export interface NewTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  origins: string | null
}

/** Keeps a new tenant; undefined when its slug is taken. */
export async function save(tenant: NewTenant) {
  const db = await database()
  if (await db.tenant.findUnique({ where: { slug: tenant.slug } })) return undefined
  return db.tenant.create({ data: tenant })
}

export async function findBySlug(slug: string) {
  return (await database()).tenant.findUnique({ where: { slug } })
}

export async function list() {
  return (await database()).tenant.findMany({ orderBy: { createdAt: 'asc' } })
}

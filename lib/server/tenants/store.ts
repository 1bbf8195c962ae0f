import { clientsChanged } from '../clients/changes.ts'
import { database, type Prisma, type Transaction, transaction, unlessTaken } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'

interface NewTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  origins: string | null
  monthlyQuota: number | null
  tierCeiling: string
  signUp: boolean
}

export type StoredTenant = NonNullable<Awaited<ReturnType<typeof find>>>

export type { Transaction }

/** What goes with a change into its transaction: the audit log's event, and what may forbid it. */
export type Recorded = (tx: Transaction, after: StoredTenant, before: StoredTenant | null) => Promise<void>

/** The Console's own tenant: its members are users of it, and no key is ever of it. No list or slug shows it. */
export const consoleTenantId = 'tnt_console'

/** Keeps a new tenant; undefined when its slug or id is taken. */
export async function save(tenant: NewTenant, recorded: Recorded) {
  return unlessTaken(
    transaction(async (tx) => {
      const made = await tx.tenant.create({ data: tenant })
      await recorded(tx, made, null)
      return made
    }),
  )
}

/** Changes a tenant; null when there is none of that id. */
export async function update(id: string, data: Prisma.TenantUpdateInput, recorded: Recorded) {
  return transaction(async (tx) => {
    await lockPlace(tx, { tenantId: id })
    const before = await tx.tenant.findUnique({ where: { id } })
    if (!before) return null
    const after = await tx.tenant.update({ where: { id }, data })
    await recorded(tx, after, before)
    return after
  }).finally(clientsChanged)
}

interface Upload {
  id: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
}

/** Changes a tenant's branding, and with `logo` its uploaded logo: another, or none; null when there is no such tenant. */
export async function updateBranding(
  id: string,
  { logo, ...data }: Prisma.TenantUpdateInput & { logo?: { upload: Upload | null } },
  recorded: Recorded,
) {
  return update(id, data, async (tx, after, before) => {
    if (logo) await tx.logo.deleteMany({ where: { tenantId: id } })
    if (logo?.upload) await tx.logo.create({ data: { ...logo.upload, tenantId: id } })
    await recorded(tx, after, before)
  })
}

/** An uploaded logo, or null. */
export async function findLogo(id: string) {
  return (await database()).logo.findUnique({ where: { id } })
}

/** The tenant of an id, or null. */
export async function find(id: string) {
  return (await database()).tenant.findUnique({ where: { id } })
}

/** The tenant of a slug, or null. */
export async function findBySlug(slug: string) {
  return (await database()).tenant.findFirst({ where: { slug, id: { not: consoleTenantId } } })
}

/** All tenants, oldest first, read in a transaction where one is open. */
export async function list(tx?: Transaction) {
  return (tx ?? (await database())).tenant.findMany({
    where: { id: { not: consoleTenantId } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

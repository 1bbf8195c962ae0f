import { clock } from '../clock.ts'
import { database, direct, type Transaction, transaction } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'

export type { Transaction }
export type StoredAnchor = Awaited<ReturnType<typeof listAnchors>>[number]

/** More than anybody tests with: each one is read at every registration that brings certificates. */
export const mostAnchors = 50

interface PolicyRow {
  policy: string
  /** Separated by one space. */
  allowedAaguids: string
}

const policyOf = `SELECT "policy", "allowedAaguids" FROM "AttestationPolicy" WHERE "tenantId" = CAST(? AS TEXT)`

/** What a tenant chose; undefined where it chose nothing. */
export async function findPolicy(tenantId: string): Promise<PolicyRow | undefined> {
  return (await direct()).first<PolicyRow>(policyOf, tenantId)
}

/** Changes what a tenant asks; `change` is told what holds before, and may refuse. */
export async function updatePolicy(
  tenantId: string,
  change: (before: PolicyRow | null) => PolicyRow,
  recorded: (tx: Transaction, after: PolicyRow, before: PolicyRow | null) => Promise<void>,
): Promise<void> {
  await transaction(async (tx) => {
    await lockPlace(tx, { tenantId })
    const before = await tx.attestationPolicy.findUnique({ where: { tenantId } })
    const after = change(before)
    await tx.attestationPolicy.upsert({ where: { tenantId }, create: { tenantId, ...after }, update: after })
    await recorded(tx, after, before)
  })
}

/** A tenant's anchors, oldest first. */
export async function listAnchors(tenantId: string) {
  return (await database()).trustAnchor.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

const certificatesOf = `SELECT "certificate" FROM "TrustAnchor" WHERE "tenantId" = CAST(? AS TEXT) ORDER BY "createdAt", "id"`

/** A tenant's anchors (DER). */
export async function anchorCertificates(tenantId: string): Promise<Uint8Array[]> {
  const rows = await (await direct()).all<{ certificate: Uint8Array }>(certificatesOf, tenantId)
  return rows.map(({ certificate }) => certificate)
}

interface NewAnchor {
  id: string
  name: string
  certificate: Uint8Array<ArrayBuffer>
  fingerprint: string
}

type Recorded = (tx: Transaction, anchor: { id: string; name: string; fingerprint: string }) => Promise<void>

/** Keeps an anchor; `taken` where the tenant has that certificate, `full` where it has as many as it may. */
export async function saveAnchor(tenantId: string, anchor: NewAnchor, recorded: Recorded) {
  return transaction(async (tx) => {
    await lockPlace(tx, { tenantId })
    if ((await tx.trustAnchor.count({ where: { tenantId } })) >= mostAnchors) return 'full' as const
    const { fingerprint } = anchor
    if (await tx.trustAnchor.findFirst({ where: { tenantId, fingerprint }, select: { id: true } }))
      return 'taken' as const
    const made = await tx.trustAnchor.create({ data: { ...anchor, tenantId, createdAt: new Date(clock.now()) } })
    await recorded(tx, made)
    return made
  })
}

/** Removes an anchor; false where the tenant has none of that id. */
export async function removeAnchor(tenantId: string, id: string, recorded: Recorded): Promise<boolean> {
  return transaction(async (tx) => {
    await lockPlace(tx, { tenantId })
    const found = await tx.trustAnchor.findFirst({ where: { id, tenantId } })
    if (!found) return false
    await tx.trustAnchor.delete({ where: { tenantId_id: { tenantId, id } } })
    await recorded(tx, found)
    return true
  })
}

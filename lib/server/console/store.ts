import type { Role } from '#lib/contract/roles.ts'
import type { CallerTenant } from '../caller.ts'
import { clock, later, longOver } from '../clock.ts'
import { database, dateOf, direct, type Prisma, stampOf, type Transaction, transaction } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'

export { lockPlace, type Transaction }

const now = () => new Date(clock.now())

/** The Console's own tenant, made on first use. */
export async function ownTenant(id: string, name: string) {
  const db = await database()
  // A slug that no tenant can have: nobody names it by mistake.
  return db.tenant.upsert({ where: { id }, create: { id, slug: `-${id}-`, name }, update: {} })
}

/** Keeps an invitation; what expired goes. Undefined, and not kept, where `by` is a member who is no owner any more. */
export async function saveInvitation(
  invitation: Omit<Prisma.InvitationUncheckedCreateInput, 'createdAt'>,
  by: string | undefined,
  recorded: (tx: Transaction) => Promise<void>,
) {
  return transaction(async (tx) => {
    const { tenantId } = invitation
    await lockPlace(tx, { tenantId })
    if (by && (await tx.member.count({ where: { id: by, tenantId, role: 'owner' } })) === 0) return undefined
    await tx.invitation.deleteMany({ where: { expiresAt: { lte: longOver() } } })
    const saved = await tx.invitation.create({ data: { ...invitation, createdAt: now() } })
    await recorded(tx)
    return saved
  })
}

/** Lets an invitation last until a moment; false when there is none of that hash. */
export async function prolongInvitation(hash: string, expiresAt: Date): Promise<boolean> {
  const { count } = await (await database()).invitation.updateMany({ where: { hash }, data: { expiresAt } })
  return count > 0
}

/** The invitation of a token, with its tenant; null when it was used, withdrawn or has expired, or was to set up what is set up. */
export async function findInvitation(hash: string, tx?: Transaction) {
  const db = tx ?? (await database())
  const found = await db.invitation.findFirst({ where: { hash, expiresAt: { gt: now() } }, include: { tenant: true } })
  if (!found || (found.setUp && (await db.member.count({ where: { tenantId: found.tenantId } })) > 0)) return null
  return found
}

export async function listInvitations(tenantId: string) {
  return (await database()).invitation.findMany({
    where: { tenantId, setUp: false, expiresAt: { gt: now() } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

/** Takes an invitation back; false when there is none of that id and tenant. */
export async function removeInvitation(
  tenantId: string,
  id: string,
  recorded: (tx: Transaction, invitation: { invitee: string; setUp: boolean }) => Promise<void>,
) {
  return transaction(async (tx) => {
    // Whoever comes by it has come in, or finds it gone.
    await lockPlace(tx, { tenantId })
    const found = await tx.invitation.findFirst({ where: { id, tenantId } })
    const { count } = await tx.invitation.deleteMany({ where: { id, tenantId } })
    if (found && count > 0) await recorded(tx, found)
    return count > 0
  })
}

/** Uses an invitation up and makes its member, in a transaction that is open. */
export async function admit(
  tx: Transaction,
  invitationId: string,
  member: Omit<Prisma.MemberUncheckedCreateInput, 'createdAt'>,
) {
  await tx.invitation.delete({ where: { tenantId_id: { tenantId: member.tenantId, id: invitationId } } })
  return tx.member.create({ data: { ...member, usedAt: now(), createdAt: now() } })
}

/** What a user is in the tenant where they were last, with that. */
export async function findMember(userId: string) {
  return (await database()).member.findFirst({
    where: { userId },
    // One where they never were comes last, whichever engine sorts.
    orderBy: [{ usedAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }, { id: 'desc' }],
    include: { tenant: true },
  })
}

/** Whether a tenant has a member of that name, looked up in a transaction where one is open. */
export async function hasMemberNamed(tenantId: string, name: string, tx?: Transaction): Promise<boolean> {
  return (await (tx ?? (await database())).member.count({ where: { tenantId, name } })) > 0
}

/** The members of a tenant, oldest first, each with when they were last seen. */
export async function listMembers(tenantId: string) {
  return (await database()).member.findMany({
    where: { tenantId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { sessions: { orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }], take: 1 } },
  })
}

/** How many members a tenant has. */
export async function countMembers(tenantId: string): Promise<number> {
  return (await database()).member.count({ where: { tenantId } })
}

/** Tenants that nobody can sign in to yet, oldest first. */
export async function tenantsWithoutMembers(except: string) {
  return (await database()).tenant.findMany({
    where: { members: { none: {} }, id: { not: except } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** Ends the sessions that a passkey began, in a transaction that is open: how many were good until then. */
export async function removeSessionsOf(tx: Transaction, passkeyId: string): Promise<number> {
  const good = await tx.consoleSession.count({ where: { passkeyId, expiresAt: { gt: now() } } })
  await tx.consoleSession.deleteMany({ where: { passkeyId } })
  return good
}

/**
 * Removes a member with their sessions and the invitations that they made; `last` when nobody else is an owner, null when
 * there is none of that id and tenant.
 */
export async function removeMember(
  tenantId: string,
  id: string,
  within: (tx: Transaction, member: { userId: string; name: string; role: string }) => Promise<void>,
  lockedFirst: (tx: Transaction) => Promise<void>,
) {
  return transaction(async (tx) => {
    await lockedFirst(tx)
    const member = await lockMember(tx, tenantId, id)
    if (!member) return null
    if (await isLastOwner(tx, member)) return 'last' as const
    await within(tx, member)
    await tx.member.delete({ where: { id } })
    await tx.invitation.deleteMany({ where: { tenantId, invitedBy: member.name } })
    return member
  })
}

/** Gives a member another role; as it was before it, `last` and null as in `removeMember`. */
export async function changeRole(
  tenantId: string,
  id: string,
  role: Role,
  recorded: (tx: Transaction, before: { name: string; role: string }) => Promise<void>,
) {
  return transaction(async (tx) => {
    const member = await lockMember(tx, tenantId, id)
    if (!member) return null
    if (member.role === role) return member
    if (await isLastOwner(tx, member)) return 'last' as const
    await tx.member.update({ where: { id }, data: { role } })
    // What only an owner may give does not outlast their being one.
    if (member.role === 'owner') await tx.invitation.deleteMany({ where: { tenantId, invitedBy: member.name } })
    await recorded(tx, member)
    return member
  })
}

/** A member whom nobody else changes meanwhile, nor any other of the tenant: who is counted stays. */
async function lockMember(tx: Transaction, tenantId: string, id: string) {
  await lockPlace(tx, { tenantId })
  return tx.member.findFirst({ where: { id, tenantId } })
}

async function isLastOwner(tx: Transaction, { id, tenantId, role }: { id: string; tenantId: string; role: string }) {
  return role === 'owner' && (await tx.member.count({ where: { tenantId, role: 'owner', id: { not: id } } })) === 0
}

/** Keeps a session, in a transaction that is open or its own; what expired goes. False where its member is gone. */
export async function saveSession(
  session: Omit<Prisma.ConsoleSessionUncheckedCreateInput, 'createdAt' | 'lastSeenAt'>,
  recorded: (tx: Transaction) => Promise<void>,
  tx?: Transaction,
): Promise<boolean> {
  if (!tx) return transaction((opened) => saveSession(session, recorded, opened))
  const { count } = await tx.member.updateMany({ where: { id: session.memberId }, data: { usedAt: now() } })
  if (count === 0) return false
  await tx.consoleSession.deleteMany({ where: { expiresAt: { lte: longOver() } } })
  await tx.consoleSession.create({ data: { ...session, createdAt: now(), lastSeenAt: now() } })
  await recorded(tx)
  return true
}

const sessionOfCookie = `
  SELECT s."id", s."passkeyId", s."lastSeenAt", s."expiresAt", m."id" AS "memberId", m."userId", m."name", m."role",
         u."username", t."id" AS "tenantId", t."slug", t."name" AS "tenantName", t."rpId", t."rpName", t."origins", t."brandName",
         t."brandColor", t."logoUrl", t."monthlyQuota", t."tierCeiling"
  FROM "ConsoleSession" s JOIN "Member" m ON m."id" = s."memberId" JOIN "Tenant" t ON t."id" = m."tenantId"
  JOIN "User" u ON u."id" = m."userId"
  WHERE s."hash" = CAST(? AS TEXT) AND s."expiresAt" > ?
    AND EXISTS (SELECT 1 FROM "Passkey" p WHERE p."id" = s."passkeyId")`

/**
 * The session of a cookie, with its member and their tenant; null when it has ended, or its passkey is gone. One query:
 * every request of the Console asks it.
 */
export async function findSession(hash: string) {
  const row = await (await direct()).first<SessionRow>(sessionOfCookie, hash, stampOf(now()))
  if (!row) return null
  const { id, passkeyId, lastSeenAt, expiresAt, memberId, userId, username, name, role, ...more } = row
  const { tenantId, tenantName, ...tenant } = more
  return {
    ...{ id, passkeyId, lastSeenAt: dateOf(lastSeenAt), expiresAt: dateOf(expiresAt) },
    member: { id: memberId, userId, username, name, role },
    tenant: { ...tenant, id: tenantId, name: tenantName },
  }
}

// As SQLite has it.
type SessionRow = Omit<CallerTenant, 'id' | 'name'> & {
  id: string
  passkeyId: string
  lastSeenAt: string
  expiresAt: string
  memberId: string
  userId: string
  username: string
  name: string
  role: Role
  tenantId: string
  tenantName: string
}

/** How many sessions of a member are good, counted in a transaction that is open. */
export function countSessions(tx: Transaction, memberId: string): Promise<number> {
  return tx.consoleSession.count({ where: { memberId, expiresAt: { gt: now() } } })
}

/** Notes that a session is in use. */
export async function touchSession(id: string): Promise<void> {
  await (await database()).consoleSession.updateMany({ where: { id }, data: { lastSeenAt: now() } })
}

/** Lets a session that stands on one passkey stand on another, which was used in it, in a transaction that is open. */
export async function moveSession(tx: Transaction, id: string, passkey: { from: string; to: string }): Promise<void> {
  await tx.consoleSession.updateMany({ where: { id, passkeyId: passkey.from }, data: { passkeyId: passkey.to } })
}

/** A fresh assertion: when it was given, by which passkey, and for which change. */
export interface Confirmation {
  confirmedAt: Date
  confirmedBy: string
  confirmedFor: string
}

/** Notes a fresh assertion, in place of an earlier one. */
export async function confirmSession(id: string, confirmation: Confirmation): Promise<void> {
  await (await database()).consoleSession.updateMany({ where: { id }, data: confirmation })
}

/** Uses a fresh assertion up; null when there is none for this purpose that is younger than `since`. */
export async function takeConfirmation(id: string, purpose: string, since: Date): Promise<Confirmation | null> {
  return transaction(async (tx) => {
    // What was confirmed further ahead was so before the clock was set back.
    const where = { id, confirmedFor: purpose, confirmedAt: { gt: since, lt: later(60_000) } }
    const found = await tx.consoleSession.findFirst({ where })
    if (!found?.confirmedAt || !found.confirmedBy) return null
    const { confirmedAt, confirmedBy } = found
    // Of several at once, one finds it as it was read.
    const { count } = await tx.consoleSession.updateMany({
      where: { id, confirmedFor: purpose, confirmedAt, confirmedBy },
      data: { confirmedAt: null, confirmedBy: null, confirmedFor: null },
    })
    return count > 0 ? { confirmedAt, confirmedBy, confirmedFor: purpose } : null
  })
}

/** A person's sessions, in whichever of their tenants each is, the last seen first. */
export async function listSessions(userId: string) {
  return (await database()).consoleSession.findMany({
    where: { member: { userId }, expiresAt: { gt: now() } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    include: { member: { include: { tenant: true } } },
  })
}

/** Ends a person's session; false when there is none of that id. `recorded` is told what they are where it was. */
export async function removeSession(
  userId: string,
  id: string,
  recorded: (tx: Transaction, member: { id: string; tenantId: string; name: string }) => Promise<void>,
) {
  return transaction(async (tx) => {
    const found = await tx.consoleSession.findFirst({ where: { id, member: { userId } }, include: { member: true } })
    const { count } = await tx.consoleSession.deleteMany({ where: { id, member: { userId } } })
    if (found && count > 0) await recorded(tx, found.member)
    return count > 0
  })
}

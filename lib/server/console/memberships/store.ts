import { clock } from '../../clock.ts'
import { database, type Transaction, transaction } from '../../db/database.ts'
import { lockPlace } from '../../db/lock-place.ts'
import { consoleTenantId } from '../../tenants/tenants.ts'
import { admit } from '../store.ts'

export type { Transaction }

/** What a person is in each of their tenants, in the order of the tenants' names; read in a transaction where one is open. */
export async function membershipsOf(userId: string, tx?: Transaction) {
  return (tx ?? (await database())).member.findMany({
    where: { userId },
    include: { tenant: true },
    orderBy: [{ tenant: { name: 'asc' } }, { tenantId: 'asc' }],
  })
}

export type Membership = Awaited<ReturnType<typeof membershipsOf>>[number]

/** Has all who join or leave a tenant wait for this transaction's end: whether somebody is a member anywhere stays so. To be asked for first. */
export function lockPeople(tx: Transaction): Promise<void> {
  return lockPlace(tx, { tenantId: consoleTenantId })
}

/**
 * Moves a session into another tenant of the person whose it is; null where they are no member of that, `ended` where the
 * session is over. What was confirmed in it counts no more.
 */
export async function moveSession(
  sessionId: string,
  userId: string,
  tenantId: string,
  recorded: (tx: Transaction, to: Membership) => Promise<void>,
): Promise<Membership | 'ended' | null> {
  return transaction(async (tx) => {
    await lockPlace(tx, { tenantId })
    const to = await tx.member.findFirst({ where: { tenantId, userId }, include: { tenant: true } })
    if (!to) return null
    if (!(await move(tx, sessionId, to))) return 'ended'
    await recorded(tx, to)
    return to
  })
}

/**
 * Makes somebody who is a member elsewhere one by an invitation, and moves their session there; `ended`, and nothing is done,
 * where the session is over: who was removed meanwhile may have no passkey any more.
 */
export async function admitToo(
  sessionId: string,
  { userId, tenantId }: { userId: string; tenantId: string },
  member: (tx: Transaction) => Promise<{ invitationId: string; id: string; name: string; role: string }>,
  recorded: (tx: Transaction, to: Membership) => Promise<void>,
): Promise<Membership | 'ended'> {
  return transaction(async (tx) => {
    await lockPeople(tx)
    await lockPlace(tx, { tenantId })
    if ((await tx.consoleSession.count({ where: { id: sessionId, member: { userId } } })) === 0) return 'ended'
    const { invitationId, ...as } = await member(tx)
    const made = await admit(tx, invitationId, { ...as, tenantId, userId })
    const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })
    await move(tx, sessionId, made)
    await recorded(tx, { ...made, tenant })
    return { ...made, tenant }
  })
}

async function move(tx: Transaction, sessionId: string, to: { id: string; userId: string }): Promise<boolean> {
  const now = new Date(clock.now())
  const unconfirmed = { confirmedAt: null, confirmedBy: null, confirmedFor: null }
  const { count } = await tx.consoleSession.updateMany({
    where: { id: sessionId, member: { userId: to.userId } },
    data: { memberId: to.id, lastSeenAt: now, ...unconfirmed },
  })
  if (count > 0) await tx.member.update({ where: { id: to.id }, data: { usedAt: now } })
  return count > 0
}

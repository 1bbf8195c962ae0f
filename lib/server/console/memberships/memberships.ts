import type { ConsoleSession, OwnTenants } from '#lib/contract/console.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { type Change, record } from '../../audit/audit.ts'
import type { Actor } from '../../caller.ts'
import { newId } from '../../ids.ts'
import { invalid, Problem } from '../../problem.ts'
import { findInvitation } from '../invitations.ts'
import { type SignedIn, sessionEnded, sessionViewOf } from '../sessions.ts'
import { memberNamed, takenName } from '../taken-name.ts'
import * as store from './store.ts'

// One person, with the same passkeys, may be a member of several tenants. A session is in one of them at a time, and reads
// nothing of the others but that the person is a member there.

/** The tenants that the person who is signed in is a member of, by name. */
export async function ownTenants({ member }: SignedIn): Promise<OwnTenants> {
  const memberships = await store.membershipsOf(member.userId)
  return { data: memberships.map(({ tenant, role }) => ({ id: tenant.id, name: tenant.name, role: role as Role })) }
}

/**
 * Moves the session into another of the person's tenants. Each tenant's audit log tells its own side.
 *
 * @throws Problem not_found where they are no member; session_required where the session ended meanwhile
 */
export async function enterTenant(signedIn: SignedIn, tenantId: string): Promise<ConsoleSession> {
  if (tenantId === signedIn.tenant.id) return sessionViewOf(signedIn)
  const entered = await store.moveSession(signedIn.sessionId, signedIn.member.userId, tenantId, (tx, to) =>
    recordMove(tx, signedIn, to),
  )
  if (entered === 'ended') throw sessionEnded()
  if (!entered) throw new Problem('not_found', 'You are a member of no such tenant.')
  return viewOf(signedIn, entered)
}

/**
 * Makes the person who is signed in a member of a further tenant by an invitation's token, with the passkeys that they have,
 * and moves the session there.
 *
 * @param name by default the one that they have where they are now
 * @throws Problem invitation_invalid; invalid_request for who is a member there already, and for a name that another has;
 *   session_required where the session ended meanwhile
 */
export async function joinToo(signedIn: SignedIn, token: string, name?: string): Promise<ConsoleSession> {
  const { member } = signedIn
  const { tenantId } = await findInvitation(token)
  let invitedBy = ''
  const joined = await store.admitToo(
    signedIn.sessionId,
    { userId: member.userId, tenantId },
    async (tx) => {
      const invitation = await findInvitation(token, tx)
      const wanted = name ?? member.name
      const already = (await store.membershipsOf(member.userId, tx)).some((each) => each.tenantId === tenantId)
      if (already) throw invalid('token', 'is an invitation to a tenant that you are a member of already')
      if (await memberNamed(tenantId, wanted, tx)) throw takenName(wanted)
      invitedBy = invitation.invitedBy
      return { invitationId: invitation.id, id: newId('mem'), name: wanted, role: invitation.role }
    },
    async (tx, to) => {
      await record(tx, as(signedIn.actor, to), {
        tenantId,
        action: 'member.joined',
        target: { id: to.id, name: to.name },
        after: { role: roles[to.role as Role].name, invitedBy },
      })
      await recordMove(tx, signedIn, to)
    },
  )
  if (joined === 'ended') throw sessionEnded()
  return viewOf(signedIn, joined)
}

/** Writes down what concerns a person wherever they are a member, in each tenant's own words for them. */
export async function recordInEach(
  tx: store.Transaction,
  { member, actor }: SignedIn,
  change: Omit<Change, 'tenantId' | 'target'>,
): Promise<void> {
  for (const each of await store.membershipsOf(member.userId, tx)) {
    const target = { id: each.id, name: each.name }
    await record(tx, as(actor, each), { ...change, tenantId: each.tenantId, target })
  }
}

async function recordMove(tx: store.Transaction, from: SignedIn, to: store.Membership): Promise<void> {
  const { sessionId: id, member, tenant, actor } = from
  await record(tx, actor, { tenantId: tenant.id, action: 'session.ended', target: { id, name: member.name } })
  await record(tx, as(actor, to), { tenantId: to.tenantId, action: 'session.began', target: { id, name: to.name } })
}

/** The same person, as another tenant knows them. */
export function as(actor: Actor, { id, name }: { id: string; name: string }): Actor {
  return { ...actor, id, name }
}

function viewOf({ expiresAt }: SignedIn, { id, name, role, tenant }: store.Membership): ConsoleSession {
  return sessionViewOf({ member: { id, name, role: role as Role }, tenant, expiresAt })
}

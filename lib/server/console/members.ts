import type { MembersAnswer, OwnAccess, PasskeyRemoved } from '#lib/contract/console.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { record } from '../audit/audit.ts'
import { ownPasskeys, removeOwn, renameOwn } from '../passkeys/own.ts'
import { forgetUser } from '../passkeys/remove.ts'
import { Problem } from '../problem.ts'
import { listInvitations } from './invitations.ts'
import { recordInEach } from './memberships/memberships.ts'
import { lockPeople, membershipsOf } from './memberships/store.ts'
import { consoleCaller } from './place.ts'
import type { SignedIn } from './sessions.ts'
import * as store from './store.ts'

/** Who may come in, and as what. */
export async function listMembers({ tenant, member }: SignedIn): Promise<MembersAnswer> {
  const [members, invitations] = await Promise.all([store.listMembers(tenant.id), listInvitations(tenant.id)])
  return {
    members: members.map(({ id, name, role, createdAt, sessions: [latest] }) => ({
      id,
      name,
      role: role as Role,
      createdAt: createdAt.toISOString(),
      lastSeenAt: latest?.lastSeenAt.toISOString() ?? null,
      you: id === member.id,
    })),
    invitations,
  }
}

/** What the person who asks signs in with, and where they are signed in: the same in each of their tenants. */
export async function ownAccess({ member, sessionId, passkeyId }: SignedIn): Promise<OwnAccess> {
  const [passkeys, sessions] = await Promise.all([
    ownPasskeys(await consoleCaller(), member.userId),
    store.listSessions(member.userId),
  ])
  return {
    passkeys: passkeys.map(({ id, name, provider, backedUp, attestation, createdAt, lastUsedAt }) => ({
      ...{ id, name, provider, backedUp, attestation, createdAt, lastUsedAt, current: id === passkeyId },
    })),
    sessions: sessions.map(({ id, address, userAgent, createdAt, lastSeenAt, expiresAt, member: { tenant } }) => ({
      ...{ id, address, userAgent, tenantName: tenant.name, current: id === sessionId },
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  }
}

/** How many members a tenant has, with those who are invited. */
export async function countCompany(tenantId: string): Promise<number> {
  const [members, invitations] = await Promise.all([store.countMembers(tenantId), listInvitations(tenantId)])
  return members + invitations.filter(({ setUp }) => !setUp).length
}

/**
 * Calls one of the person's own passkeys something else.
 *
 * @throws Problem not_found
 */
export async function renamePasskey(signedIn: SignedIn, id: string, name: string): Promise<void> {
  await renameOwn(await consoleCaller(), signedIn.member.userId, id, name, (tx, before) =>
    recordInEach(tx, signedIn, { action: 'member.passkey_renamed', before, after: { name } }),
  )
}

/**
 * Removes a member: their sessions here end at once; their passkeys are forgotten, unless they are a member elsewhere.
 *
 * @throws Problem not_found, invalid_request for the last owner
 */
export async function removeMember({ tenant, actor }: SignedIn, id: string): Promise<void> {
  const within = async (
    tx: store.Transaction,
    { userId, name, role }: { userId: string; name: string; role: string },
  ) => {
    const elsewhere = (await membershipsOf(userId, tx)).length > 1
    const after = elsewhere ? { sessionsEnded: await store.countSessions(tx, id) } : await forgetUser(tx, userId)
    const before = { role: roles[role as Role].name }
    await record(tx, actor, { tenantId: tenant.id, action: 'member.removed', target: { id, name }, before, after })
  }
  const removed = await store.removeMember(tenant.id, id, within, lockPeople)
  refuse(removed, 'id')
}

/**
 * Gives a member another role, which holds from their next request on. The invitations that an owner made go with their
 * being one.
 *
 * @throws Problem not_found, invalid_request for the last owner
 */
export async function changeRole({ tenant, actor }: SignedIn, id: string, role: Role): Promise<void> {
  const changed = await store.changeRole(tenant.id, id, role, (tx, before) =>
    record(tx, actor, {
      tenantId: tenant.id,
      action: 'member.role_changed',
      target: { id, name: before.name },
      before: { role: roles[before.role as Role].name },
      after: { role: roles[role].name },
    }),
  )
  refuse(changed, 'role')
}

function refuse(outcome: object | 'last' | null, path: string): void {
  if (!outcome) throw new Problem('not_found', 'No such member.')
  if (outcome !== 'last') return
  const message = 'is the only owner: make somebody else one first'
  throw new Problem('invalid_request', `This ${message}.`, { issues: [{ path, message }] })
}

/**
 * Forgets one of the member's own passkeys, and ends the sessions that it began; but never the last one: they could not
 * come back. The session that asks goes on where another passkey confirmed the removal: it stands for the session from then
 * on.
 *
 * @throws Problem not_found, invalid_request for the last one
 */
export async function removePasskey(signedIn: SignedIn, id: string, confirmedBy: string): Promise<PasskeyRemoved> {
  const { sessionId, member } = signedIn
  const signedOut = id === confirmedBy && id === signedIn.passkeyId
  await removeOwn(
    await consoleCaller(),
    member.userId,
    id,
    (tx, { name, credentialId }, after) =>
      recordInEach(tx, signedIn, { action: 'member.passkey_removed', before: { name, credentialId }, after }),
    (tx) => store.moveSession(tx, sessionId, { from: id, to: confirmedBy }),
  )
  return { signedOut }
}

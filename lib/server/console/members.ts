import type { MembersAnswer, PasskeyRemoved } from '#lib/contract/console.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { record } from '../audit/audit.ts'
import { ownPasskeys, removeOwn } from '../passkeys/own.ts'
import { forgetUser } from '../passkeys/remove.ts'
import { Problem } from '../problem.ts'
import { listInvitations } from './invitations.ts'
import { consoleCaller } from './place.ts'
import type { SignedIn } from './sessions.ts'
import * as store from './store.ts'

/** Who may come in; and of the member who asks, their passkeys and sessions. */
export async function listMembers({ tenant, member, sessionId, passkeyId }: SignedIn): Promise<MembersAnswer> {
  const [members, invitations, passkeys, sessions] = await Promise.all([
    store.listMembers(tenant.id),
    listInvitations(tenant.id),
    ownPasskeys(await consoleCaller(), member.userId),
    store.listSessions(member.id),
  ])
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
    passkeys: passkeys.map(({ id, name, provider, backedUp, attestation, createdAt, lastUsedAt }) => ({
      ...{ id, name, provider, backedUp, attestation, createdAt, lastUsedAt, current: id === passkeyId },
    })),
    sessions: sessions.map(({ id, address, userAgent, createdAt, lastSeenAt, expiresAt }) => ({
      ...{ id, address, userAgent, current: id === sessionId },
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  }
}

/**
 * Removes a member: their sessions end at once, their passkeys are forgotten.
 *
 * @throws Problem not_found, invalid_request for the last owner
 */
export async function removeMember({ tenant, actor }: SignedIn, id: string): Promise<void> {
  const removed = await store.removeMember(tenant.id, id, async (tx, { userId, name, role }) => {
    const after = await forgetUser(tx, userId)
    const before = { role: roles[role as Role].name }
    await record(tx, actor, { tenantId: tenant.id, action: 'member.removed', target: { id, name }, before, after })
  })
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
  const { sessionId, tenant, member, actor } = signedIn
  const signedOut = id === confirmedBy && id === signedIn.passkeyId
  await removeOwn(
    await consoleCaller(),
    member.userId,
    id,
    (tx, { name, credentialId }, after) =>
      record(tx, actor, {
        tenantId: tenant.id,
        action: 'member.passkey_removed',
        target: { id: member.id, name: member.name },
        before: { name, credentialId },
        after,
      }),
    (tx) => store.moveSession(tx, sessionId, { from: id, to: confirmedBy }),
  )
  return { signedOut }
}

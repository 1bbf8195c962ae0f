import type { MembersAnswer } from '#lib/contract/console.ts'
import { record } from '../audit/audit.ts'
import { forgetUser, ownPasskeys, removeOwn } from '../passkeys/own.ts'
import { Problem } from '../problem.ts'
import { listInvitations } from './invitations.ts'
import { consoleCaller } from './place.ts'
import type { SignedIn } from './sessions.ts'
import * as store from './store.ts'

/** Who may come in; and of the member who asks, their passkeys and sessions. */
export async function listMembers({ tenant, member, sessionId }: SignedIn): Promise<MembersAnswer> {
  const [members, invitations, passkeys, sessions] = await Promise.all([
    store.listMembers(tenant.id),
    listInvitations(tenant.id),
    ownPasskeys(await consoleCaller(), member.userId),
    store.listSessions(member.id),
  ])
  return {
    members: members.map(({ id, name, createdAt, sessions: [latest] }) => ({
      id,
      name,
      createdAt: createdAt.toISOString(),
      lastSeenAt: latest?.lastSeenAt.toISOString() ?? null,
      you: id === member.id,
    })),
    invitations,
    passkeys: passkeys.map(({ id, name, provider, backedUp, createdAt, lastUsedAt }) => ({
      ...{ id, name, provider, backedUp, createdAt, lastUsedAt },
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
 * @throws Problem not_found, invalid_request for the only one
 */
export async function removeMember({ tenant, actor }: SignedIn, id: string): Promise<void> {
  const removed = await store.removeMember(tenant.id, id, async (tx, { userId, name }) => {
    await forgetUser(tx, userId)
    await record(tx, actor, { tenantId: tenant.id, action: 'member.removed', target: { id, name } })
  })
  if (!removed) throw new Problem('not_found', 'No such member.')
  if (removed === 'last') {
    const message = 'is the only member: invite another first'
    throw new Problem('invalid_request', `This ${message}.`, { issues: [{ path: 'id', message }] })
  }
}

/**
 * Forgets one of the member's own passkeys, but never the last one: they could not come back.
 *
 * @throws Problem not_found, invalid_request for the last one
 */
export async function removePasskey({ tenant, member, actor }: SignedIn, id: string): Promise<void> {
  const change = {
    tenantId: tenant.id,
    action: 'member.passkey_removed' as const,
    target: { id: member.id, name: member.name },
  }
  await removeOwn(await consoleCaller(), member.userId, id, (tx) => record(tx, actor, change))
}

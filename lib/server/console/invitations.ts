import type { Invited, JoinInvitation, MembersAnswer } from '#lib/contract/console.ts'
import { record } from '../audit/audit.ts'
import { type Actor, system } from '../caller.ts'
import { later } from '../clock.ts'
import { env } from '../env.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { hashToken, newToken } from '../secret-token.ts'
import { consoleTenantId } from '../tenants/tenants.ts'
import * as store from './store.ts'

const lifeMilliseconds = 24 * 3_600_000

/**
 * Invites somebody to a tenant: a link that makes one member, once, within a day. The token stands in its fragment, which
 * no server and no log sees.
 *
 * @param setUp good only while the tenant has no member
 */
export async function invite(tenantId: string, actor: Actor, setUp = false): Promise<Invited> {
  const token = newToken()
  const id = newId('inv')
  const invitation = await store.saveInvitation(
    {
      id,
      tenantId,
      hash: hashToken(token, 'invitation'),
      setUp,
      invitedBy: actor.name,
      expiresAt: later(lifeMilliseconds),
    },
    (tx) =>
      record(tx, actor, {
        tenantId,
        action: 'member.invited',
        target: { id, name: setUp ? 'Set-up link' : 'Invitation' },
      }),
  )
  return { invitation: viewOf(invitation), link: `${env().baseUrl}/console/join#${token}` }
}

/** Links for the first members of tenants that have none: of the oldest three. */
export async function setUpLinks(): Promise<{ tenantName: string; link: string }[]> {
  const tenants = (await store.tenantsWithoutMembers(consoleTenantId)).slice(0, 3)
  return Promise.all(
    tenants.map(async ({ id, name }) => ({ tenantName: name, link: (await invite(id, system, true)).link })),
  )
}

/**
 * Whom a link's token lets in, and where to.
 *
 * @throws Problem invitation_invalid
 */
export async function readInvitation(token: string): Promise<JoinInvitation> {
  const { tenant, setUp, invitedBy, expiresAt } = await findInvitation(token)
  return { tenantName: tenant.name, setUp, invitedBy, expiresAt: expiresAt.toISOString() }
}

/**
 * The invitation of a token that is still good, looked up in a transaction where one is open.
 *
 * @throws Problem invitation_invalid
 */
export async function findInvitation(token: string, tx?: store.Transaction) {
  const found = await store.findInvitation(hashToken(token, 'invitation'), tx)
  if (!found) {
    throw new Problem(
      'invitation_invalid',
      'This link was used, taken back, or is older than a day. Ask for a new one.',
    )
  }
  return found
}

/** The open invitations of a tenant. */
export async function listInvitations(tenantId: string): Promise<MembersAnswer['invitations']> {
  return (await store.listInvitations(tenantId)).map(viewOf)
}

/**
 * Takes an invitation back.
 *
 * @throws Problem not_found
 */
export async function withdraw(tenantId: string, actor: Actor, id: string): Promise<void> {
  const change = { tenantId, action: 'invitation.withdrawn' as const, target: { id, name: 'Invitation' } }
  const removed = await store.removeInvitation(tenantId, id, (tx) => record(tx, actor, change))
  if (!removed) throw new Problem('not_found', 'No such invitation is open.')
}

function viewOf(invitation: Awaited<ReturnType<typeof store.saveInvitation>>): Invited['invitation'] {
  const { id, setUp, invitedBy, createdAt, expiresAt } = invitation
  return { id, setUp, invitedBy, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
}

import {
  type InvitationCreate,
  type Invited,
  invitationCreate,
  type JoinInvitation,
  type MembersAnswer,
} from '#lib/contract/console.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { record } from '../audit/audit.ts'
import { type Actor, system } from '../caller.ts'
import { later } from '../clock.ts'
import { env } from '../env.ts'
import { newId } from '../ids.ts'
import { Problem, parse } from '../problem.ts'
import { deriveKey } from '../root-secret.ts'
import { hashToken, newToken } from '../secret-token.ts'
import { consoleTenantId } from '../tenants/tenants.ts'
import * as store from './store.ts'

const lifeMilliseconds = 24 * 3_600_000

/**
 * Invites somebody to a tenant: a link that makes one member, once, within a day. The token stands in its fragment, which
 * no server and no log sees. One that is under way while its owner is demoted or removed is not made, as theirs that were open
 * are gone.
 *
 * @throws Problem invalid_request, role_required
 */
export async function invite(tenantId: string, actor: Actor, request: InvitationCreate): Promise<Invited> {
  return inviteAs(tenantId, actor, { ...parse(invitationCreate, request), setUp: false })
}

/** A link for a tenant's first member, an owner: good only while it has none. */
export async function inviteFirst(tenantId: string, actor: Actor): Promise<Invited> {
  return inviteAs(tenantId, actor, first)
}

interface Wanted {
  invitee: string
  role: Role
  /** Good only while the tenant has no member. */
  setUp: boolean
}

const first: Wanted = { invitee: '', role: 'owner', setUp: true }

async function inviteAs(tenantId: string, actor: Actor, wanted: Wanted): Promise<Invited> {
  const token = newToken()
  const invitation = await keep(tenantId, actor, wanted, hashToken(token, 'invitation'))
  return { invitation: viewOf(invitation), link: linkOf(token) }
}

async function keep(tenantId: string, actor: Actor, wanted: Wanted, hash: string) {
  const id = newId('inv')
  const by = actor.type === 'member' ? actor.id : undefined
  const invitation = { id, tenantId, hash, ...wanted, invitedBy: actor.name, expiresAt: later(lifeMilliseconds) }
  const saved = await store.saveInvitation(invitation, by, (tx) =>
    record(tx, actor, {
      tenantId,
      action: 'member.invited',
      target: { id, name: nameOf(wanted) },
      after: { role: roles[wanted.role].name },
    }),
  )
  if (!saved) throw new Problem('role_required', 'An owner can invite; you are none any more.', { role: 'owner' })
  return saved
}

/** How the audit log calls an invitation: by whom it is for. */
function nameOf({ invitee, setUp }: Pick<Wanted, 'invitee' | 'setUp'>): string {
  return setUp ? 'Set-up link' : invitee || 'Invitation'
}

function linkOf(token: string): string {
  return `${env().baseUrl}/console/join#${token}`
}

/** Links for the first members of tenants that have none: of the oldest three. */
export async function setUpLinks(): Promise<{ tenantName: string; link: string }[]> {
  const tenants = (await store.tenantsWithoutMembers(consoleTenantId)).slice(0, 3)
  return Promise.all(tenants.map(async ({ id, name }) => ({ tenantName: name, link: await setUpLink(id) })))
}

/** The same at each start, until somebody has come in by it: good for a day from then on. */
async function setUpLink(tenantId: string): Promise<string> {
  const token = deriveKey(`console-set-up:${tenantId}`).toString('base64url')
  const hash = hashToken(token, 'invitation')
  const prolonged = () => store.prolongInvitation(hash, later(lifeMilliseconds))
  if (!(await prolonged())) {
    await keep(tenantId, system, first, hash).catch(async (error) => {
      // Another process that starts at the same time was first.
      if (!(await prolonged())) throw error
    })
  }
  return linkOf(token)
}

/**
 * Whom a link's token lets in, and where to.
 *
 * @throws Problem invitation_invalid
 */
export async function readInvitation(token: string): Promise<JoinInvitation> {
  const { tenant, invitee, role, setUp, invitedBy, expiresAt } = await findInvitation(token)
  return {
    ...{ tenantName: tenant.name, invitee, role: role as Role, setUp, invitedBy },
    expiresAt: expiresAt.toISOString(),
  }
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
  const removed = await store.removeInvitation(tenantId, id, (tx, invitation) =>
    record(tx, actor, { tenantId, action: 'invitation.withdrawn', target: { id, name: nameOf(invitation) } }),
  )
  if (!removed) throw new Problem('not_found', 'No such invitation is open.')
}

function viewOf(invitation: Awaited<ReturnType<typeof keep>>): Invited['invitation'] {
  const { id, invitee, role, setUp, invitedBy, createdAt, expiresAt } = invitation
  return {
    ...{ id, invitee, role: role as Role, setUp, invitedBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}

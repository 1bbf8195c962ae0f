import type { Action } from '#lib/contract/action.ts'
import type { ApprovalView } from '#lib/contract/approvals.ts'
import type { AuditAction } from '#lib/contract/audit.ts'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { record } from '../audit/audit.ts'
import type { Caller, Place } from '../caller.ts'
import { findClient, type RegisteredClient } from '../clients/find-client.ts'
import { clock } from '../clock.ts'
import { markOf, pageBrandingOf } from '../oauth/about.ts'
import { callerOfClient, type From } from '../oauth/own-pages.ts'
import { assertion, type Finish } from '../passkeys/assertion.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { findUserOf, type User } from '../passkeys/user.ts'
import { Problem } from '../problem.ts'
import * as store from './store.ts'

// The page under /approval/{id}, where a user answers what an app asks. Its address is the app's to hand on; whose answer
// it is, shows the passkey.

interface Open {
  id: string
  place: Place
  client: RegisteredClient
  user: User
  action: Action
}

/** What the page asks; null where it is unknown, answered or too late. */
export async function readQuestion(id: string): Promise<ApprovalView | null> {
  const open = await find(id)
  if (!open) return null
  const { client, user, action } = open
  return {
    id,
    client: markOf(client),
    tenant: pageBrandingOf(client.tenant),
    environment: client.environment,
    user: { username: user.username, displayName: user.displayName },
    action,
  }
}

/**
 * Begins the ceremony that approves, for the user who was asked.
 *
 * @throws Problem approval_unknown, user_unknown
 */
export async function beginApproval(id: string): Promise<AuthenticateBegun> {
  const { client, user, action } = await opened(id)
  return beginAuthentication(callerOfClient(client), { username: user.username, action, purpose: id })
}

/**
 * Ends it: the app may fetch the approval.
 *
 * @throws Problem approval_unknown also where another answer was faster, ceremony_unknown, verification_failed
 */
export async function finishApproval(id: string, finish: Finish, from: From): Promise<void> {
  const open = await opened(id)
  const caller = callerOfClient(open.client, from)
  const { passkey } = await assertion(caller, finish, (purpose) => purpose === id)
  await answer(open, caller, { answer: 'approved', passkeyId: passkey.id }, 'approval.given')
}

/**
 * Declines. That needs no passkey: nobody signs for what they do not want, and whoever has only the address can keep
 * something from being approved, and no more.
 *
 * @throws Problem approval_unknown also where another answer was faster
 */
export async function declineApproval(id: string, from: From): Promise<void> {
  const open = await opened(id)
  await answer(open, callerOfClient(open.client, from), { answer: 'declined', passkeyId: null }, 'approval.declined')
}

async function answer(
  { id, place, user, action }: Open,
  { actor }: Caller,
  given: Pick<store.StoredApproval, 'answer' | 'passkeyId'>,
  event: AuditAction,
): Promise<void> {
  const { type, keyId, messageHash, display } = action
  const target = { id: user.id, name: user.username }
  const after = { action: type, keyId, messageHash, title: display?.title }
  const recorded = (tx: store.Transaction) => record(tx, actor, { ...place, action: event, target, user, after })
  if (!(await store.answer(id, given, recorded))) throw unknown()
}

async function find(id: string): Promise<Open | null> {
  const found = await store.find(id)
  if (!found || found.answer !== null || found.expiresAt.getTime() <= clock.now()) return null
  const { tenantId, environment, clientId, userId } = found
  const place = { tenantId, environment }
  const client = await findClient(clientId)
  const user = client && (await findUserOf(place, userId))
  return client && user ? { id, place, client, user, action: JSON.parse(found.action) } : null
}

async function opened(id: string): Promise<Open> {
  const open = await find(id)
  if (!open) throw unknown()
  return open
}

function unknown(): Problem {
  return new Problem(
    'approval_unknown',
    'This approval was answered already, or is older than ten minutes. Go back to the app and begin again.',
  )
}

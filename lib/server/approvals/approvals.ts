import canonicalize from 'canonicalize'
import type { Action } from '#lib/contract/action.ts'
import type { ApprovalCreated, ApprovalState } from '#lib/contract/approvals.ts'
import { approvalSeconds } from '#lib/contract/token.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock, isDue, later } from '../clock.ts'
import { env } from '../env.ts'
import { newId } from '../ids.ts'
import { oneAtATime } from '../leases/one-at-a-time.ts'
import { onceOf } from '../once/once.ts'
import { refuseOtherChange } from '../passkeys/commitment.ts'
import { hasPasskey } from '../passkeys/own.ts'
import { Problem } from '../problem.ts'
import { issueApproval } from '../tokens/approval.ts'
import * as store from './store.ts'

// An OAuth app is not on the relying party's origin, where a passkey can be asked for. It asks here; its user answers on a
// page of this server, and the app fetches the answer.

const lifeMilliseconds = 10 * 60_000
/** So long an app may still ask what became of it. */
const keptMilliseconds = 60 * 60_000
let sweptAt = 0

/**
 * Asks the user whom the caller's access token acts for to approve an action, within ten minutes. The same Idempotency-Key
 * again asks for nothing more, and answers with what was asked for.
 *
 * @throws Problem user_required, invalid_request, idempotency_conflict, not_found where what was asked for was long ago
 */
export async function askApproval(
  caller: Caller,
  { action }: { action: Action },
  { idempotencyKey }: { idempotencyKey?: string | undefined } = {},
): Promise<ApprovalCreated> {
  const { clientId, userId } = appOf(caller)
  refuseOtherChange(action)
  if (isDue(sweptAt, 60_000)) {
    sweptAt = clock.now()
    await oneAtATime('approvals', () => store.removeExpired(later(-keptMilliseconds)))
  }
  const approval = {
    ...placeOf(caller),
    id: newId('apr'),
    clientId,
    userId,
    action: String(canonicalize(action)),
    createdAt: new Date(clock.now()),
    expiresAt: later(lifeMilliseconds),
  }
  const once = onceOf(idempotencyKey, 'approvals.create', { clientId, userId, action: approval.action })
  const kept = await store.find(await store.save(approval, once))
  if (!kept) throw notFound()
  const { id, expiresAt } = kept
  return { id, url: `${env().baseUrl}/approval/${id}`, expiresAt: expiresAt.toISOString() }
}

/**
 * How far it is; with the first answer that says `approved`, the approval itself. It is given once, within two minutes of
 * the user's answer, and to the client that asked, for the same user, alone.
 *
 * @throws Problem user_required, not_found
 */
export async function readApproval(caller: Caller, id: string): Promise<ApprovalState> {
  const app = appOf(caller)
  const found = await store.find(id)
  if (!found || found.clientId !== app.clientId || found.userId !== app.userId) {
    throw notFound()
  }
  const status = await statusOf(found)
  if (status !== 'approved' || found.answeredAt === null || found.passkeyId === null) return { status }
  if (!(await store.take(id))) return { status }
  const { userId, passkeyId, answeredAt: at } = found
  const { approval } = await issueApproval(caller, { userId, passkeyId, action: JSON.parse(found.action), at })
  return { status, approval }
}

async function statusOf(found: store.StoredApproval): Promise<ApprovalState['status']> {
  const { answer, answeredAt, passkeyId, takenAt, expiresAt } = found
  if (answer === 'declined') return 'declined'
  if (answer === null) return isOver(expiresAt) ? 'expired' : 'pending'
  if (takenAt !== null) return 'approved'
  const inTime = answeredAt !== null && !isOver(new Date(answeredAt.getTime() + approvalSeconds * 1000))
  return inTime && passkeyId !== null && (await hasPasskey(passkeyId)) ? 'approved' : 'expired'
}

function notFound(): Problem {
  return new Problem('not_found', 'No approval of this id was asked for here, or it was long ago.')
}

function isOver(moment: Date): boolean {
  return moment.getTime() <= clock.now()
}

/** @throws Problem user_required */
function appOf({ client, user }: Caller): { clientId: string; userId: string } {
  if (client && user) return { clientId: client.id, userId: user.id }
  throw new Problem(
    'user_required',
    'An approval is asked of the user whom an access token acts for. Send one from an authorization code, not an API key and not a client’s own.',
  )
}

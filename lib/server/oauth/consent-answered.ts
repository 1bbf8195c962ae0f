import { record, recordAlone } from '../audit/audit.ts'
import type { Actor, Place } from '../caller.ts'
import { isWithin } from '../limits/limits.ts'
import { findUserOf } from '../passkeys/user.ts'
import type { From } from './own-pages.ts'
import type { Transaction } from './store.ts'

/** What a user said to an app that asked for access. */
export interface ConsentAnswer {
  place: Place
  client: { id: string; name: string }
  userId: string
  /** What the user allowed: scopes, each once, whatever they are for. Empty: they refused. */
  scopes: string[]
  /** What was asked for, and they left out; of a refusal all of it. */
  leftOut: string[]
  from: From
}

/** So many refusals of one user are written down in a minute; whoever refuses more fills no log. */
const refusedPerMinute = 5

/** What tells the audit log what a user allowed, for the transaction that keeps it. */
export async function consentGiven(answer: ConsentAnswer): Promise<(tx: Transaction) => Promise<void>> {
  const { actor, change } = await told(answer)
  return (tx) => record(tx, actor, { ...change, action: 'consent.given' })
}

/** Tells the audit log that a user allowed nothing. That changes nothing, and has no transaction. */
export async function consentRefused(answer: ConsentAnswer): Promise<void> {
  if (!(await isWithin(`refused consents ${answer.userId}`, refusedPerMinute))) return
  const { actor, change } = await told(answer)
  await recordAlone(actor, { ...change, action: 'consent.refused' })
}

async function told({ place, client, userId, scopes, leftOut, from }: ConsentAnswer) {
  const name = (await findUserOf(place, userId))?.username ?? userId
  const actor: Actor = { type: 'user', id: userId, name, address: from.address ?? null, requestId: from.requestId }
  return { actor, change: { ...place, target: client, after: { scopes, leftOut } } }
}

import type { Environment } from '#lib/contract/environment.ts'
import { release, settle } from '../../account/reservations.ts'
import type { Place } from '../../caller.ts'
import { oneByOne } from '../../one-by-one.ts'
import { tell } from '../../webhooks/tell.ts'
import { noteKept } from './keeping.ts'
import * as store from './store.ts'

/** What becomes of a run whose server ends before it does. */
export const interrupted: store.Failure = {
  status: 'failed',
  code: 'skill_failed',
  reason: 'interrupted',
  detail: 'The server that ran the skill ended before it did. Nothing was charged.',
}
const late: store.Failure = {
  status: 'failed',
  code: 'skill_timeout',
  reason: 'timeout',
  detail: 'It took longer than a run may, in all. Nothing was charged.',
}

/**
 * Ends a run: its outcome, what it is charged or given back, and the event that tells of it, together or not at all. One
 * that has ended before stays as it is, and one whose time had passed has not succeeded, whatever came of it.
 */
export async function endRun(id: string, outcome: store.Outcome): Promise<store.StoredRun> {
  const ended = await store.conclude(id, outcome, async (tx, run, meant) => {
    const place = placeOfRun(run)
    const inTime = meant.status === 'failed' || run.until.getTime() > (await store.commonTime(tx)) ? meant : late
    const outcome = (await isPaid(tx, place, run, inTime)) ? inTime : late
    await tell(tx, place, 'skill.executed', { runId: run.id, skillId: run.skillId, status: outcome.status })
    return outcome
  })
  if (ended.output !== null) noteKept(placeOfRun(ended), ended.outputBytes)
  return ended
}

/** Charges a run that succeeded, or gives back what is held for it. False where it should be charged, and nothing is held. */
async function isPaid(tx: store.Transaction, place: Place, run: store.StoredRun, outcome: store.Outcome) {
  if (run.amount === 0) return true
  if (outcome.status === 'succeeded') return settle(tx, place, run.id)
  await release(tx, place, run.id)
  return true
}

/** A run as it stands: where its server has ended and its time has passed, it has failed. */
export async function endIfLost(run: store.StoredRun): Promise<store.StoredRun> {
  const isLost = run.status === 'running' && run.until.getTime() <= (await store.commonTime())
  return isLost ? endRun(run.id, interrupted) : run
}

/** Ends the runs whose server ended before them. */
export async function endOverdue(): Promise<void> {
  await oneByOne(await store.overdue(), ({ id }) => endRun(id, interrupted))
}

function placeOfRun({ tenantId, environment }: store.StoredRun): Place {
  return { tenantId, environment: environment as Environment }
}

import type { Environment } from '#lib/contract/environment.ts'
import { release, settle } from '../../account/reservations.ts'
import type { Place } from '../../caller.ts'
import { clock, isDue } from '../../clock.ts'
import { logUnavailable } from '../../log-unavailable.ts'
import { tell } from '../../webhooks/tell.ts'
import * as store from './store.ts'

const interrupted: store.Failure = {
  status: 'failed',
  code: 'skill_failed',
  reason: 'interrupted',
  detail: 'The server that ran the skill ended before it did. Nothing was charged.',
}
const sweepMilliseconds = 60_000

const shared = globalThis as { playgroundSkillSweep?: { at: number; places: Map<string, Place> } }
shared.playgroundSkillSweep ??= { at: Number.NEGATIVE_INFINITY, places: new Map() }
const swept = shared.playgroundSkillSweep

/**
 * Ends a run: its outcome, what it is charged or given back, and the event that tells of it, together or not at all. One
 * that has ended before stays as it is, and one whose time had passed has failed, whatever came of it.
 */
export function endRun(id: string, outcome: store.Outcome): Promise<store.StoredRun> {
  return store.conclude(id, outcome, async (tx, run, meant) => {
    const place = placeOfRun(run)
    const inTime = run.until.getTime() > clock.now() ? meant : interrupted
    const outcome = (await isPaid(tx, place, run, inTime)) ? inTime : interrupted
    await tell(tx, place, 'skill.executed', { runId: run.id, skillId: run.skillId, status: outcome.status })
    return outcome
  })
}

/** Charges a run that succeeded, or gives back what is held for it. False where it should be charged, and nothing is held. */
async function isPaid(tx: store.Transaction, place: Place, run: store.StoredRun, outcome: store.Outcome) {
  if (run.amount === 0) return true
  if (outcome.status === 'succeeded') return settle(tx, place, run.id)
  await release(tx, place, run.id)
  return true
}

/** Ends the runs whose server ended before them. Whoever comes by does it, and each process now and then. */
export async function endOverdue(): Promise<void> {
  for (const { id } of await store.overdue()) await endRun(id, interrupted)
}

/** Has old runs and outputs removed now and then, beside what is being done. */
export function sweepLater(place: Place): void {
  swept.places.set(`${place.tenantId} ${place.environment}`, place)
  if (!isDue(swept.at, sweepMilliseconds)) return
  swept.at = clock.now()
  const places = [...swept.places.values()]
  swept.places.clear()
  void store.sweep(places).catch(logUnavailable)
}

function placeOfRun({ tenantId, environment }: store.StoredRun): Place {
  return { tenantId, environment: environment as Environment }
}

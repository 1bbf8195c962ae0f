import { releaseAllOverdue } from './account/reservations.ts'
import { followPending } from './account/top-ups.ts'
import { currentMetadata } from './attestation/metadata.ts'
import { leaveToOthers, oneAtATime } from './leases/one-at-a-time.ts'
import { log } from './log.ts'
import { indexLogs } from './logs/segments/index-logs.ts'
import { sweepLogs } from './logs/sweep.ts'
import { endOverdue } from './skills/runs/ending.ts'
import { sweepRuns } from './skills/runs/keeping.ts'
import { foldUsage } from './usage/shards/fold.ts'

const everyMilliseconds = 15_000

/** What is due, by name, in the order in which it happens; whatever becomes of one, the others happen. */
const due = {
  // These in every process: each of them is done by one of those that come to it, and none waits for one that was killed.
  'skills: runs whose server died': endOverdue,
  'account: holds that are over': releaseAllOverdue,
  'account: top-ups that are pending': followPending,
  // A file of this machine's, for this process.
  'attestation: metadata whose file has changed': currentMetadata,
  // These in one at a time: they go through much, and may wait.
  'skills: runs, outputs and secrets whose time has passed': alone(sweepRuns),
  'logs: requests whose time has passed, or that are too many': alone(sweepLogs),
  'logs: requests that nothing leads to yet': alone(indexLogs),
  'usage: counts of hours that are over': alone(foldUsage),
}

function alone(happen: () => Promise<void>): () => Promise<void> {
  return () => oneAtATime('retention', happen)
}

const shared = globalThis as { playgroundSweep?: { timer: NodeJS.Timeout; under: Promise<void> } }

/**
 * Has what is due happen though nobody comes by, at once and every 15 seconds: runs are ended whose server died, old ones
 * and what came out of them let go, holds released that are over, top-ups followed that are pending, requests let go that are in the log for long, those indexed that came, what was counted added up, and FIDO's metadata read where its file has changed. However many processes do so, each of it happens once. Once
 * in a process, however often it is asked for.
 */
export function startSweeping(): void {
  if (shared.playgroundSweep) return
  const state = { timer: setInterval(() => turn(), everyMilliseconds).unref(), under: Promise.resolve() }
  let busy = false
  const turn = () => {
    if (busy) return
    busy = true
    state.under = sweep().finally(() => {
      busy = false
    })
  }
  shared.playgroundSweep = state
  turn()
}

/** Ends that; resolves once what is under way has ended. */
export async function stopSweeping(): Promise<void> {
  const state = shared.playgroundSweep
  delete shared.playgroundSweep
  clearInterval(state?.timer)
  await state?.under
  await leaveToOthers().catch((err) => log().warn({ err }, 'another process can do what is due a minute later'))
}

async function sweep(): Promise<void> {
  for (const [what, happen] of Object.entries(due))
    await happen().catch((err) => log().warn({ err, what }, 'what is due could not happen'))
}

import { releaseAllOverdue } from './account/reservations.ts'
import { followPending } from './account/top-ups.ts'
import { currentMetadata } from './attestation/metadata.ts'
import { log } from './log.ts'
import { sweepLogs } from './logs/sweep.ts'
import { endOverdue } from './skills/runs/ending.ts'
import { sweepRuns } from './skills/runs/keeping.ts'

const everyMilliseconds = 15_000

/** What is due, by name, in the order in which it happens; whatever becomes of one, the others happen. */
const due = {
  'skills: runs whose server died': endOverdue,
  'skills: runs, outputs and secrets whose time has passed': sweepRuns,
  'account: holds that are over': releaseAllOverdue,
  'account: top-ups that are pending': followPending,
  'logs: requests whose time has passed, or that are too many': sweepLogs,
  'attestation: metadata whose file has changed': currentMetadata,
}

const shared = globalThis as { playgroundSweep?: { timer: NodeJS.Timeout; under: Promise<void> } }

/**
 * Has what is due happen though nobody comes by, at once and every 15 seconds: runs are ended whose server died, old ones
 * and what came out of them let go, holds released that are over, top-ups followed that are pending, requests let go that are in the log for long, and FIDO's metadata read where its file has changed. However many processes do so, each of it happens once. Once
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
}

async function sweep(): Promise<void> {
  for (const [what, happen] of Object.entries(due))
    await happen().catch((err) => log().warn({ err, what }, 'what is due could not happen'))
}

import { log } from '../log.ts'
import { releaseAllOverdue } from './reservations.ts'
import { followPending } from './top-ups.ts'

const everyMilliseconds = 15_000

const shared = globalThis as { playgroundAccountSweep?: { timer: NodeJS.Timeout; under: Promise<void> } }

/**
 * Has what is due happen though nobody comes by: holds that are over are released, and top-ups followed that are pending.
 * However many processes do so, each of it happens once. Once in a process, however often it is asked for.
 */
export function startSweeping(): void {
  if (shared.playgroundAccountSweep) return
  const state = { timer: setInterval(() => void turn(), everyMilliseconds).unref(), under: Promise.resolve() }
  let busy = false
  const turn = () => {
    if (busy) return
    busy = true
    state.under = sweep()
      .catch((err) => log().warn({ err }, 'account: what is due could not happen'))
      .finally(() => {
        busy = false
      })
  }
  shared.playgroundAccountSweep = state
}

/** Ends that; resolves once what is under way has ended. */
export async function stopSweeping(): Promise<void> {
  const state = shared.playgroundAccountSweep
  delete shared.playgroundAccountSweep
  clearInterval(state?.timer)
  await state?.under
}

async function sweep(): Promise<void> {
  await releaseAllOverdue()
  await followPending()
}

import { isDraining } from './draining.ts'
import { log } from './log.ts'
import { type Sparingly, sparingly } from './sparingly.ts'

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundUnavailable?: { say: Sparingly; refused: number } }

/**
 * Says in the log that requests are refused for now, and why: a full disk refuses all of them, and is said once a minute. Of a
 * process that was told to stop it is no news.
 */
export function logUnavailable(err: unknown): void {
  if (isDraining()) return
  shared.playgroundUnavailable ??= { say: sparingly(), refused: 0 }
  const state = shared.playgroundUnavailable
  state.refused++
  state.say(() => {
    log().error({ err, refused: state.refused }, 'unavailable: requests are refused')
    state.refused = 0
  })
}

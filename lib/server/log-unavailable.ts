import { isDraining } from './draining.ts'
import { log } from './log.ts'
import { type Sparingly, sparingly } from './sparingly.ts'

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundUnavailable?: Map<string, { say: Sparingly; refused: number }> }

/**
 * Says in the log that requests are refused for now, and why: a full disk refuses all of them, and is said once a minute, as is
 * every other reason by itself. Of a process that was told to stop it is no news.
 */
export function logUnavailable(err: unknown): void {
  if (isDraining()) return
  shared.playgroundUnavailable ??= new Map()
  const reason = reasonIn(err)
  const state = shared.playgroundUnavailable.get(reason) ?? { say: sparingly(), refused: 0 }
  shared.playgroundUnavailable.set(reason, state)
  state.refused++
  state.say(() => {
    log().error({ err, refused: state.refused }, 'unavailable: requests are refused')
    state.refused = 0
  })
}

/** One of a few: what storage-failure.ts writes, by its words, since a library may have put an error of its own around it. */
function reasonIn(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return /cannot take this now, and nothing was changed: ([^(]*) \(/.exec(error.message)?.[1] ?? reasonIn(error.cause)
}

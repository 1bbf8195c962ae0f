import { setTimeout as elapse } from 'node:timers/promises'
import { log } from '../../log.ts'
import { endRun, interrupted } from './ending.ts'

// Less than requests under way have at a stop: whoever waits for a run is answered, too.
const graceMilliseconds = 7_000

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundRuns?: { underWay: Map<string, Promise<unknown>>; stop: AbortController } }
shared.playgroundRuns ??= { underWay: new Map(), stop: new AbortController() }
const { underWay, stop } = shared.playgroundRuns

/** Performs and ends a run of this process, under the eyes of `endRuns`, whose signal it is given. */
export async function underWayHere<Result>(
  id: string,
  perform: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const performed = perform(stop.signal)
  underWay.set(id, performed)
  return performed.finally(() => underWay.delete(id))
}

/**
 * Lets the runs of this process end, for a grace; those that last longer have failed then as `interrupted`, and what was held
 * for them is given back. For a process that stops.
 */
export async function endRuns(grace = graceMilliseconds): Promise<void> {
  await Promise.race([Promise.allSettled(underWay.values()), elapse(grace, undefined, { ref: false })])
  for (const id of underWay.keys())
    await endRun(id, interrupted).catch((err) =>
      log().error({ err, runId: id }, 'a run could not be ended at the stop'),
    )
  stop.abort(new Error('The server stops.'))
}

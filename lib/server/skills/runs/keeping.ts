import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { logUnavailable } from '../../log-unavailable.ts'
import { forgetPrevious } from '../store.ts'
import * as store from './keeping/store.ts'

const keptMilliseconds = 30 * 86_400_000
/** As long as an Idempotency-Key is remembered. */
export const outputMilliseconds = 86_400_000
// What the outputs of one place may be together, and by how much they grow here until that is looked at.
const [mostBytes, lookedAtBytes] = [64 * 1024 * 1024, 4 * 1024 * 1024]

// So many rows in one commit hold up nobody; so many commits are made in one sweep.
const [atOnce, commits] = [200, 50]

const shared = globalThis as { playgroundSkillOutputs?: Map<string, number> }
shared.playgroundSkillOutputs ??= new Map()
const grown = shared.playgroundSkillOutputs

/** Is told of an output that a place keeps from now on. The oldest go beside it where they are too much together. */
export function noteKept(place: Place, bytes: number): void {
  const name = `${place.tenantId} ${place.environment}`
  const by = (grown.get(name) ?? 0) + Math.max(bytes, store.smallBytes)
  if (by < lookedAtBytes) return void grown.set(name, by)
  grown.delete(name)
  void store.emptyBeyond(place, mostBytes).catch(logUnavailable)
}

/** Lets runs and outputs go whose time has passed, and secrets that sign no more. */
export async function sweepRuns(): Promise<void> {
  const before = (milliseconds: number) => new Date(clock.now() - milliseconds)
  await inBatches(() => store.removeBefore(before(keptMilliseconds), atOnce))
  await inBatches(() => store.emptyBefore(before(outputMilliseconds), atOnce))
  await forgetPrevious()
}

async function inBatches(sweep: () => Promise<number>): Promise<void> {
  for (let done = 0; done < commits && (await sweep()) === atOnce; done++);
}

import { setTimeout as delay } from 'node:timers/promises'
import { cannotNow, unavailable } from '../problem.ts'
import { write } from './store.ts'

const freshMilliseconds = 1_000
const patience = 2_000

const shared = globalThis as { playgroundWritten?: { at: number; outcome: Promise<void> } }

/**
 * Lets pass while the database takes writes, by a write that really goes to the disk: one a second at most, however many ask.
 *
 * @throws Problem unavailable
 */
export function checkWritable(): Promise<void> {
  const known = shared.playgroundWritten
  if (known && performance.now() - known.at < freshMilliseconds) return known.outcome
  const outcome = inTime(write())
  shared.playgroundWritten = { at: performance.now(), outcome }
  return outcome
}

async function inTime(written: Promise<void>): Promise<void> {
  const controller = new AbortController()
  const late = delay(patience, 'late', { signal: controller.signal, ref: false }).catch(() => 'late')
  const first = await Promise.race([written, late])
  controller.abort()
  if (first === 'late') throw unavailable(cannotNow, undefined)
}

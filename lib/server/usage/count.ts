import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { add, type Count } from './store.ts'

interface Batch {
  counts: Map<string, Count>
  written: Promise<void>
}

const hourMilliseconds = 3_600_000

// One batch is being written while the next one fills: however many requests end at once, they share a transaction.
const shared = globalThis as { playgroundUsage?: { open: Batch | undefined; last: Promise<unknown> } }

/**
 * Counts a request that reached a handler. Resolves once the count is on disk, so that an answer which waits for it is
 * never lost to a crash.
 */
export function count(caller: Caller, operation: string, outcome: string): Promise<void> {
  shared.playgroundUsage ??= { open: undefined, last: Promise.resolve() }
  const state = shared.playgroundUsage
  if (!state.open) {
    const counts = new Map<string, Count>()
    const write = () => {
      if (state.open?.counts === counts) state.open = undefined
      return add([...counts.values()])
    }
    // The driver is synchronous: a write ends in the turn that it began in. The batch stays open to the end of that turn.
    const written = Promise.all([state.last, endOfTurn()]).then(write)
    state.last = written.catch(() => undefined)
    state.open = { counts, written }
  }
  const hour = Math.floor(clock.now() / hourMilliseconds)
  const key = [caller.tenant.id, caller.environment, caller.key.id, operation, outcome, hour].join(' ')
  const kept = state.open.counts.get(key)
  if (kept) kept.requests++
  else {
    state.open.counts.set(key, {
      tenantId: caller.tenant.id,
      environment: caller.environment,
      keyId: caller.key.id,
      operation,
      outcome,
      hour,
      requests: 1,
    })
  }
  return state.open.written
}

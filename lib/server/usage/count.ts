import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { noteCounted } from '../metrics/metrics.ts'
import { add, type Count, forgetSightings, type Seen } from './store.ts'

interface Batch {
  counts: Map<string, Count>
  seen: Seen[]
  written: Promise<void>
}

interface State {
  open: Batch | undefined
  last: Promise<unknown>
  /** Key and address → when that was written last. */
  sightings: Map<string, number>
  sweptAt: number
}

const hourMilliseconds = 3_600_000
const sightingMilliseconds = 1_000
const weekMilliseconds = 7 * 24 * hourMilliseconds

// One batch is being written while the next one fills: however many requests end at once, they share a transaction.
const shared = globalThis as { playgroundUsage?: State }

/** A request that reached its handler, as it is counted. */
export interface Counted {
  operation: string
  /** `ok`, or the problem's code. */
  outcome: string
  /** Requests in the minute of the key's rate bucket, and slots taken, this one among them. */
  requests: number
  inFlight: number
}

/**
 * Counts a request that reached a handler. Resolves once the count is on disk, so that an answer which waits for it is
 * never lost to a crash.
 */
export function count(caller: Caller, { operation, outcome, requests, inFlight }: Counted): Promise<void> {
  const { tenant, environment, key, actor } = caller
  if (!key) return Promise.resolve()
  shared.playgroundUsage ??= { open: undefined, last: Promise.resolve(), sightings: new Map(), sweptAt: 0 }
  const state = shared.playgroundUsage
  const batch = state.open ?? open(state)
  const hour = Math.floor(clock.now() / hourMilliseconds)
  const name = [tenant.id, environment, key.id, operation, outcome, hour].join(' ')
  const kept = batch.counts.get(name)
  if (kept) {
    kept.requests++
    kept.peakPerMinute = Math.max(kept.peakPerMinute, requests)
    kept.peakConcurrent = Math.max(kept.peakConcurrent, inFlight)
  } else {
    const peaks = { peakPerMinute: requests, peakConcurrent: inFlight }
    const row = { tenantId: tenant.id, environment, keyId: key.id, operation, outcome, hour, requests: 1, ...peaks }
    batch.counts.set(name, row)
  }
  sight(state, batch, key.id, actor.address ?? '')
  return batch.written
}

function open(state: State): Batch {
  const batch: Batch = { counts: new Map(), seen: [], written: Promise.resolve() }
  const write = async () => {
    if (state.open === batch) state.open = undefined
    const counts = [...batch.counts.values()]
    await add(counts, batch.seen)
    noteCounted(counts.reduce((all, { requests }) => all + requests, 0))
  }
  // The driver is synchronous: a write ends in the turn that it began in. The batch stays open to the end of that turn.
  batch.written = Promise.all([state.last, endOfTurn()]).then(write)
  state.last = batch.written.catch(() => undefined)
  state.open = batch
  return batch
}

/** Notes where a key was used, at most once a second. */
function sight(state: State, { seen }: Batch, keyId: string, address: string): void {
  const now = clock.now()
  const name = `${keyId} ${address}`
  if (Math.abs(now - (state.sightings.get(name) ?? 0)) < sightingMilliseconds) return
  if (state.sightings.size >= 10_000) state.sightings.clear()
  state.sightings.set(name, now)
  seen.push({ keyId, address, at: new Date(now) })
  if (now - state.sweptAt < hourMilliseconds) return
  state.sweptAt = now
  void forgetSightings(new Date(now - weekMilliseconds)).catch(() => undefined)
}

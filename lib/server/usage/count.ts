import { setImmediate as endOfTurn } from 'node:timers/promises'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import type { Caller } from '../caller.ts'
import { clock, isDue } from '../clock.ts'
import { oneAtATime } from '../leases/one-at-a-time.ts'
import { noteCounted } from '../metrics/metrics.ts'
import { hourMilliseconds } from './range.ts'
import { add, type Count, forgetSightings, type Seen, type Write, writesToAdd } from './store.ts'
import { monthCount } from './threshold.ts'

interface Batch {
  counts: Map<string, Count>
  /** Of tenants with a quota: that, and the requests it counts, of each hour apart: a month may end while this is open. */
  quotas: Map<string, { tenantId: string; hour: number; quota: number; requests: number }>
  seen: Seen[]
  written: Promise<void>
}

interface State {
  open: Batch | undefined
  /** Key and address → when that was written last. */
  sightings: Map<string, number>
  sweptAt: number
}

const sightingMilliseconds = 1_000
const weekMilliseconds = 7 * 24 * hourMilliseconds

// However many requests end at once, they share a commit.
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
 * never lost to a crash. What cannot be counted is not answered, reads neither: every request is, or is 503 and not taken.
 *
 * @throws Problem unavailable where the database cannot be written
 */
export function count(caller: Caller, counted: Counted): Promise<void> {
  const { tenant, environment, actor } = caller
  const { operation, outcome, requests, inFlight } = counted
  const keyId = idOf(caller)
  if (!keyId) return Promise.resolve()
  const state = kept()
  const batch = state.open ?? open(state)
  const row = rowOf(caller, keyId, counted)
  const name = [tenant.id, environment, keyId, operation, outcome, row.hour].join(' ')
  const known = batch.counts.get(name)
  if (known) {
    known.requests++
    known.peakPerMinute = Math.max(known.peakPerMinute, requests)
    known.peakConcurrent = Math.max(known.peakConcurrent, inFlight)
  } else batch.counts.set(name, row)
  if (tenant.monthlyQuota !== null) addToQuota(batch, row, tenant.monthlyQuota)
  sight(state, batch.seen, keyId, actor.address ?? '')
  return batch.written
}

/**
 * Statements that count a caller's request as one that was answered well, for the commit which its answer waits for: the last
 * of that, when nothing can refuse it any more. None where the request is none that its verb counts.
 */
export function writesToCount(caller: Caller): readonly Write[] {
  const { counting, tenant, actor } = caller
  const keyId = idOf(caller)
  if (!counting || !keyId) return []
  counting.written = true
  const { requests, inFlight } = counting
  const row = rowOf(caller, keyId, { operation: counting.operation(), outcome: 'ok', requests, inFlight })
  const seen: Seen[] = []
  sight(kept(), seen, keyId, actor.address ?? '')
  const { monthlyQuota } = tenant
  const isOfQuota = monthlyQuota !== null && keyId !== playgroundClientId(tenant.id)
  const months = isOfQuota ? [monthCount(tenant.id, monthlyQuota, 1, row.hour * hourMilliseconds)] : []
  return writesToAdd({ counts: [row], seen, months })
}

function rowOf({ tenant, environment }: Caller, keyId: string, counted: Counted): Count {
  const { operation, outcome, requests, inFlight } = counted
  const hour = Math.floor(clock.now() / hourMilliseconds)
  const peaks = { peakPerMinute: requests, peakConcurrent: inFlight }
  return { tenantId: tenant.id, environment, keyId, operation, outcome, hour, requests: 1, ...peaks }
}

/** Notes that a key was used, though the request reached no handler: for its last use, which rotations go by. */
export function noteUse(caller: Caller): void {
  const keyId = idOf(caller)
  if (!keyId) return
  const address = caller.actor.address ?? ''
  const state = kept()
  const batch = state.open
  if (batch) sight(state, batch.seen, keyId, address)
  else {
    const seen: Seen[] = []
    sight(state, seen, keyId, address)
    if (seen.length > 0) open(state).seen.push(...seen)
  }
}

function addToQuota({ quotas }: Batch, { tenantId, keyId, hour }: Count, quota: number): void {
  if (keyId === playgroundClientId(tenantId)) return
  const name = `${tenantId} ${hour}`
  quotas.set(name, { tenantId, hour, quota, requests: (quotas.get(name)?.requests ?? 0) + 1 })
}

/** What a request is counted under: the key, or the OAuth client that the token was issued to. */
function idOf({ key, client }: Caller): string | undefined {
  return key?.id ?? client?.id
}

function kept(): State {
  shared.playgroundUsage ??= { open: undefined, sightings: new Map(), sweptAt: 0 }
  return shared.playgroundUsage
}

function open(state: State): Batch {
  const batch: Batch = { counts: new Map(), quotas: new Map(), seen: [], written: Promise.resolve() }
  const close = () => {
    if (state.open === batch) state.open = undefined
  }
  const take = () => {
    close()
    const months = [...batch.quotas.values()].map(({ tenantId, hour, quota, requests }) =>
      monthCount(tenantId, quota, requests, hour * hourMilliseconds),
    )
    return { counts: [...batch.counts.values()], seen: batch.seen, months }
  }
  // Requests end in clusters, one in each turn of the event loop. The batch stays open until the end of the next turn, in
  // which the database writes it: more share a commit so, and none waits longer.
  batch.written = endOfTurn()
    .then(() => add(take))
    .then(noteCounted)
    .finally(close)
  // Where nobody waits for it, as for where a key was seen, nobody is to be told.
  batch.written.catch(() => undefined)
  state.open = batch
  return batch
}

/** Notes where a key was used, at most once a second. */
function sight(state: State, seen: Seen[], keyId: string, address: string): void {
  const now = clock.now()
  const name = `${keyId} ${address}`
  if (!isDue(state.sightings.get(name) ?? 0, sightingMilliseconds)) return
  if (state.sightings.size >= 10_000) state.sightings.clear()
  state.sightings.set(name, now)
  seen.push({ keyId, address, at: new Date(now) })
  if (!isDue(state.sweptAt, hourMilliseconds)) return
  state.sweptAt = now
  void oneAtATime('sightings', () => forgetSightings(new Date(now - weekMilliseconds))).catch(() => undefined)
}

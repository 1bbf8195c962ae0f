import type { Owner } from '../tokens/caller.ts'

// Nonces and the secrets of rounds: in the memory of this process, and nowhere else.

const mostOfAll = 10_000
/** Of one tenant’s one environment: so that whoever fills it leaves room for others. */
const mostOfOne = 2_000

interface Live {
  tenancy: string
  state: unknown
  /** By a clock that nobody sets: secrets are kept no longer than a session lasts. */
  until: number
}

const live = new Map<string, Live>()
const counts = new Map<string, number>()

/** Whether there is room for no more sessions of an owner’s tenant. */
export function isFull(owner: Owner): boolean {
  return live.size >= mostOfAll || (counts.get(tenancyOf(owner)) ?? 0) >= mostOfOne
}

/**
 * Keeps what the first call of a session leaves for the second.
 *
 * @param until as `performance.now()` tells it
 */
export function keep(owner: Owner, name: string, { state, until }: { state: unknown; until: number }): void {
  forget(name)
  const tenancy = tenancyOf(owner)
  live.set(name, { tenancy, state, until })
  counts.set(tenancy, (counts.get(tenancy) ?? 0) + 1)
}

/** What was kept; undefined where this process has none of it. */
export function kept(name: string): { state: unknown } | undefined {
  return live.get(name)
}

/** Forgets what was kept, where there is something. */
export function forget(name: string): void {
  const tenancy = live.get(name)?.tenancy
  if (tenancy === undefined) return
  live.delete(name)
  const left = (counts.get(tenancy) ?? 0) - 1
  if (left > 0) counts.set(tenancy, left)
  else counts.delete(tenancy)
}

/** Forgets all that has expired at a moment. */
export function forgetExpired(now: number): void {
  for (const [name, { until }] of live) if (until <= now) forget(name)
}

function tenancyOf({ tenantId, environment }: Owner): string {
  return JSON.stringify([tenantId, environment])
}

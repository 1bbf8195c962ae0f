import type { Lease } from '#lib/foundation/lease.ts'
import { newLease } from './store.ts'

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundLeases?: Map<string, Lease> }
shared.playgroundLeases ??= new Map()
const leases = shared.playgroundLeases

/**
 * Does something where no other process of this installation is at it: what lets old things go, and folds what was counted.
 * One that is killed leaves it to others a minute later.
 */
export async function oneAtATime(name: string, act: () => Promise<unknown>): Promise<void> {
  const lease = leases.get(name) ?? newLease(name)
  leases.set(name, lease)
  if (await lease.hold()) await act()
}

/** Leaves all of that to other processes, at once. */
export async function leaveToOthers(): Promise<void> {
  for (const lease of leases.values()) await lease.release()
  leases.clear()
}

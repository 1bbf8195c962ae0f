const shared = globalThis as { playgroundClientChanges?: number }

/** How often this process has changed a client or what it takes from its tenant: what was read before is as old as that. */
export function clientChanges(): number {
  return shared.playgroundClientChanges ?? 0
}

/** Tells that a change was made, or may have been: in the moment that it is on disk. */
export function clientsChanged(): void {
  shared.playgroundClientChanges = clientChanges() + 1
}

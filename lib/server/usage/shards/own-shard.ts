import { randomInt } from 'node:crypto'

/** How many there are: of what is counted in an hour there are at most so many rows, however many processes come and go. */
const shards = 64

// The Next bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundShard?: number }

/** The number that this process counts under. Two that have the same wait for each other now and then, and nothing else. */
export function ownShard(): number {
  shared.playgroundShard ??= randomInt(shards)
  return shared.playgroundShard
}

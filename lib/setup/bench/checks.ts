import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../preparation.ts'
import { concurrency, turns } from './load.ts'
import { bestOf, type Cost, type Worker } from './worker.ts'
import type { Facts } from './workers/better-auth.ts'

/** By how much ours is meant to be cheaper. */
export const checkGoal = 5

interface Pair {
  ours: Cost
  theirs: Cost
}

/** The key check alone: ours and better-auth's. */
export interface Checks {
  /** One at a time. */
  alone: Pair
  /** As many at once as there are clients. */
  together: Pair
  /** Ours at once, and the request counted for usage as well. */
  counted: Cost
  versions: { betterAuth: string; apiKey: string }
  /** What one check of better-auth's writes. */
  written: Facts
}

const warmUpMilliseconds = 1_000
const turnMilliseconds = 500

/**
 * Measures the key check in two processes that take turns, so that whatever else the machine does meets both.
 *
 * @throws Error when a key is refused
 */
export async function measureChecks(ours: Worker<object>, theirs: Worker<Facts>): Promise<Checks> {
  const loads = [
    { worker: ours, work: 'check', callers: 1 },
    { worker: theirs, work: 'check', callers: 1 },
    { worker: ours, work: 'check', callers: concurrency },
    { worker: theirs, work: 'check', callers: concurrency },
    { worker: ours, work: 'check and count', callers: concurrency },
  ] as const
  const costs: Cost[][] = loads.map(() => [])
  for (let number = 0; number <= turns; number++) {
    for (const [at, { worker, work, callers }] of loads.entries()) {
      const milliseconds = number === 0 ? warmUpMilliseconds : turnMilliseconds
      const cost = await worker.turn({ work, callers, milliseconds })
      if (number > 0) costs[at]?.push(cost)
    }
  }
  const [oursAlone, theirsAlone, oursTogether, theirsTogether, counted] = costs.map(bestOf) as [
    Cost,
    Cost,
    Cost,
    Cost,
    Cost,
  ]
  return {
    alone: { ours: oursAlone, theirs: theirsAlone },
    together: { ours: oursTogether, theirs: theirsTogether },
    counted,
    versions: { betterAuth: versionOf('better-auth'), apiKey: versionOf('@better-auth/api-key') },
    written: theirs.facts,
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}

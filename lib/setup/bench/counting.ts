import { commitsDuring } from './commits.ts'
import { type Client, run, turns } from './load.ts'
import { bestOf, type Cost, type Worker } from './worker.ts'

/** What it costs to count a request for usage. */
export interface Counting {
  /** In the server under load. */
  requestsPerCommit: number
  /** How many counts shared a commit where the cost was measured: not more than in the server. */
  batch: number
  cpuMicroseconds: number
  /** The same of a count that has a commit to itself. */
  aloneMicroseconds: number
}

const lookMilliseconds = 700
const turnMilliseconds = 400

/**
 * Measures counting as the server under load does it: how many counts share a commit there, read from its database, and
 * what a count costs in batches of that size.
 */
export async function measureCounting(databaseFile: string, tenant: Client[], ours: Worker<object>): Promise<Counting> {
  let requests = 0
  const commits = await commitsDuring(databaseFile, async () => {
    requests = await run(tenant, lookMilliseconds)
  })
  const requestsPerCommit = requests / Math.max(1, commits)
  const batch = Math.min(tenant.length, Math.max(1, Math.floor(requestsPerCommit)))
  const [shared, alone]: Cost[][] = [[], []]
  for (let number = 0; number <= turns; number++) {
    for (const [costs, callers] of [
      [shared, batch],
      [alone, 1],
    ] as const) {
      const cost = await ours.turn({ work: 'count', callers, milliseconds: turnMilliseconds })
      if (number > 0) costs?.push(cost)
    }
  }
  return {
    requestsPerCommit,
    batch,
    cpuMicroseconds: bestOf(shared ?? []).cpuMicroseconds,
    aloneMicroseconds: bestOf(alone ?? []).cpuMicroseconds,
  }
}

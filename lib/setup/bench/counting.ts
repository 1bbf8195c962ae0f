import { commitsDuring } from './commits.ts'
import { type Client, type Measured, run, turns } from './load.ts'
import { bestOf, type Cost, type Worker } from './worker.ts'

/** What it costs to count a request for usage. */
export interface Counting {
  /** In the server under load. */
  requestsPerCommit: number
  /** How many counts shared a commit where the cost was measured: not more than in the server. */
  batch: number
  cpuMicroseconds: number
  /** The same of a tenant with a quota and a webhook endpoint that listens to everything. */
  toldMicroseconds: number
  /** The same of a count that has a commit to itself. */
  aloneMicroseconds: number
}

const lookMilliseconds = 700
const turnMilliseconds = 400

/** Counting and outboxes together cost less of a GET /v1/tenant, in hundredths. */
export const countingGoal = 12

/** Whether they do; true where the CPU of a request could not be measured. */
export function countsCheaply({ toldMicroseconds }: Counting, { cpu }: Measured): boolean {
  return cpu === undefined || toldMicroseconds / 10 / cpu < countingGoal
}

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
  const [shared, told, alone]: Cost[][] = [[], [], []]
  for (let number = 0; number <= turns; number++) {
    for (const [costs, work, callers] of [
      [shared, 'count', batch],
      [told, 'count and tell', batch],
      [alone, 'count', 1],
    ] as const) {
      const cost = await ours.turn({ work, callers, milliseconds: turnMilliseconds })
      if (number > 0) costs?.push(cost)
    }
  }
  return {
    requestsPerCommit,
    batch,
    cpuMicroseconds: bestOf(shared ?? []).cpuMicroseconds,
    toldMicroseconds: bestOf(told ?? []).cpuMicroseconds,
    aloneMicroseconds: bestOf(alone ?? []).cpuMicroseconds,
  }
}

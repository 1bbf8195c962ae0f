import { type Measured, turns } from './load.ts'
import { bestOf, type Cost, type Worker } from './worker.ts'

/** What it costs to write a request to the log that members read. */
export interface Logging {
  /** CPU microseconds of a request that is noted and written, and of the same without. */
  on: number
  off: number
}

const turnMilliseconds = 600
const callers = 16

/** The log costs less of a GET /v1/tenant, in hundredths. */
export const loggingGoal = 2

/** Whether it does; true where the CPU of a request could not be measured. */
export function logsCheaply({ on, off }: Logging, { cpu }: Measured): boolean {
  return cpu === undefined || (on - off) / 10 / cpu < loggingGoal
}

/** Measures requests that are noted as fast as they come, with the lots in which they are written, and the same without. */
export async function measureLogging(ours: Worker<object>): Promise<Logging> {
  const [on, off]: [Cost[], Cost[]] = [[], []]
  for (let number = 0; number <= turns; number++) {
    for (const [costs, work] of [
      [on, 'log'],
      [off, 'no log'],
    ] as const) {
      const cost = await ours.turn({ work, callers, milliseconds: turnMilliseconds })
      if (number > 0) costs.push(cost)
    }
  }
  return { on: bestOf(on).cpuMicroseconds, off: bestOf(off).cpuMicroseconds }
}

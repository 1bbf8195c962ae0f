import { turns } from './load.ts'
import { bestOf, type Cost, startWorker } from './worker.ts'

/** CPU microseconds of verifying one signature of ES256. */
export interface Verifying {
  /** As a sign-in does it, with a key that was seen before. */
  ours: number
  simpleWebAuthn: number
  /** Node alone: the bytes joined and the key imported before. */
  bare: number
}

const turnMilliseconds = 300

/** Measures them in one process, in turns. */
export async function measureVerifying(settings: Record<string, string>): Promise<Verifying> {
  const worker = await startWorker<object>('signatures', settings)
  const works = ['ours', 'SimpleWebAuthn', 'bare'] as const
  const costs: Cost[][] = works.map(() => [])
  for (let number = 0; number <= turns; number++) {
    for (const [at, work] of works.entries()) {
      const cost = await worker.turn({ work, callers: 1, milliseconds: turnMilliseconds })
      if (number > 0) costs[at]?.push(cost)
    }
  }
  const [ours, simpleWebAuthn, bare] = costs.map((each) => bestOf(each).cpuMicroseconds) as [number, number, number]
  return { ours, simpleWebAuthn, bare }
}

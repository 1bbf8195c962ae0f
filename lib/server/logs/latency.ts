import type { Place } from '../caller.ts'
import { keepAnswers } from '../kept-answers.ts'
import { isWithin, keptSince } from './filter.ts'
import { flushLogs } from './note.ts'
import { isRefused } from './row.ts'
import { beforeMoment, scan, untilNow } from './scan.ts'

/** How long answers took, in milliseconds: half of them, and 95 of a hundred, no longer. Null where there were none. */
export interface Latency {
  p50: number | null
  p95: number | null
  /** How many answers it is of. */
  answers: number
}

// Of each step of time the latest answers stand for all: so many of them, out of so many requests.
const [mostAnswers, mostPassed] = [200, 2_000]
const moments = 5_000

// Two hundred that are found soon cost as much as two thousand in which there is none.
const keep = keepAnswers<{ latency: OverTime; passed: number }>(({ passed }) => passed >= mostAnswers)

/**
 * How long the good answers of an operation took in a range, in epoch milliseconds, and in each of some equal steps of it. Of
 * a step with more than two hundred, the latest two hundred count; of many requests, as it was within the last minute.
 */
export async function latencyIn(
  place: Place,
  operation: string,
  { from, to }: { from: number; to: number },
  steps = 1,
): Promise<OverTime> {
  await flushLogs()
  const name = JSON.stringify([place, operation, from, untilNow(to), steps])
  return (await keep(name, () => read(place, operation, { from, to }, steps))).latency
}

type OverTime = Latency & { steps: (Latency & { from: number })[] }

async function read(place: Place, operation: string, { from, to }: { from: number; to: number }, steps: number) {
  let passed = 0
  const all: number[] = []
  const over: (Latency & { from: number })[] = []
  for (let step = 0; step < steps; step++) {
    // Whole milliseconds: moments are kept as such.
    const [first, end] = [step, step + 1].map((at) => Math.round(from + ((to - from) * at) / steps)) as [number, number]
    const found = end <= keptSince() ? { took: [], passed: 0 } : await tookIn(place, operation, first, end)
    over.push({ from: first, ...latencyOf(found.took) })
    all.push(...found.took)
    passed += found.passed
  }
  return { latency: { ...latencyOf(all), steps: over }, passed }
}

async function tookIn(place: Place, operation: string, from: number, to: number) {
  const took: number[] = []
  const lots = { from, to, refused: false, texts: [[JSON.stringify(operation)]] }
  const before = beforeMoment(to, moments)
  const { passed } = await scan(place, lots, { before, most: mostPassed }, ({ row }) => {
    if (row.operation === operation && !isRefused(row) && isWithin(row, from, to)) took.push(row.milliseconds)
    return took.length >= mostAnswers
  })
  return { took, passed }
}

function latencyOf(took: readonly number[]): Latency {
  const sorted = [...took].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
  return { p50: at(0.5), p95: at(0.95), answers: sorted.length }
}

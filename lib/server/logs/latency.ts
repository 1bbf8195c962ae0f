import type { Place } from '../caller.ts'
import { isWithin, keptSince } from './filter.ts'
import { flushLogs } from './note.ts'
import { isRefused } from './row.ts'
import { beforeMoment, scan } from './scan.ts'

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

/**
 * How long the good answers of an operation took in a range, in epoch milliseconds, and in each of some equal steps of it. Of
 * a step with more than two hundred, the latest two hundred count.
 */
export async function latencyIn(
  place: Place,
  operation: string,
  { from, to }: { from: number; to: number },
  steps = 1,
): Promise<Latency & { steps: (Latency & { from: number })[] }> {
  await flushLogs()
  const all: number[] = []
  const over: (Latency & { from: number })[] = []
  for (let step = 0; step < steps; step++) {
    // Whole milliseconds: moments are kept as such.
    const [first, end] = [step, step + 1].map((at) => Math.round(from + ((to - from) * at) / steps)) as [number, number]
    const took = end <= keptSince() ? [] : await tookIn(place, operation, first, end)
    over.push({ from: first, ...latencyOf(took) })
    all.push(...took)
  }
  return { ...latencyOf(all), steps: over }
}

async function tookIn(place: Place, operation: string, from: number, to: number): Promise<number[]> {
  const took: number[] = []
  const lots = { from, to, refused: false, texts: [[JSON.stringify(operation)]] }
  const before = beforeMoment(to, moments)
  await scan(place, lots, { before, most: mostPassed }, ({ row }) => {
    if (row.operation === operation && !isRefused(row) && isWithin(row, from, to)) took.push(row.milliseconds)
    return took.length >= mostAnswers
  })
  return took
}

function latencyOf(took: readonly number[]): Latency {
  const sorted = [...took].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
  return { p50: at(0.5), p95: at(0.95), answers: sorted.length }
}

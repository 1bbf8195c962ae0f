import type { Run } from '../run.ts'
import type { RunRecord } from '../state.ts'

/** So many ceremonies a tab keeps; with the next one the oldest goes. */
export const mostRuns = 50

/** The ceremonies with one more, or with its newer state in its place. */
export function withRecord(runs: readonly RunRecord[], record: RunRecord): readonly RunRecord[] {
  const known = runs.some(({ number }) => number === record.number)
  return known
    ? runs.map((each) => (each.number === record.number ? record : each))
    : [...runs, record].slice(-mostRuns)
}

/** The checked ceremonies with one more or one less; a third takes the place of the first. */
export function withPick(picked: readonly number[], number: number): readonly number[] {
  return picked.includes(number) ? picked.filter((each) => each !== number) : [...picked, number].slice(-2)
}

/** Whether a state of a ceremony follows another of the same. What has ended has none to follow. */
export function isSame(earlier: Run, later: Run): boolean {
  return earlier.status === 'working' && earlier.startedAt === later.startedAt && earlier.kind === later.kind
}

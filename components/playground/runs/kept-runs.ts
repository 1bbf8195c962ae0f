import type { RunRecord } from '../state.ts'
import { keptOf, recordFrom } from './kept-run.ts'
import { mostRuns } from './run-records.ts'

const name = 'playground.runs'
const version = 1

/** The ceremonies that this tab has kept over a reload; none where nothing is kept, or what stands there is not of here. */
export function keptRuns(): { runs: RunRecord[]; opened: number | undefined } {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? '')
    if (kept.version !== version || !Array.isArray(kept.runs)) return none
    const runs: RunRecord[] = []
    for (const value of kept.runs) {
      const record = recordFrom(value)
      if (!record || record.number <= (runs.at(-1)?.number ?? 0)) return none
      runs.push(record)
    }
    const opened = runs.find(({ number }) => number === kept.opened) ?? runs.at(-1)
    return { runs: runs.slice(-mostRuns), opened: opened?.number }
  } catch {
    return none
  }
}

const none = { runs: [], opened: undefined }

/**
 * Keeps the ceremonies that have ended for this tab, without anything secret; where there is no room for all, the oldest
 * go. Without any, nothing is left behind.
 */
export function keepRuns(runs: readonly RunRecord[], opened: number | undefined): void {
  const kept = runs
    .filter(({ run }) => run.status !== 'working')
    .map((record) => ({ ...keptOf(record), imported: record.imported }))
  try {
    sessionStorage.removeItem(name)
    while (kept.length) {
      if (stored(JSON.stringify({ version, opened, runs: kept }))) return
      kept.shift()
    }
  } catch {
    // A browser that keeps nothing for this page: the runs end with it.
  }
}

function stored(text: string): boolean {
  try {
    sessionStorage.setItem(name, text)
    return true
  } catch {
    return false
  }
}

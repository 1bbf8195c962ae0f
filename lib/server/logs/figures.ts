import type { LogFigures, LogFilterInput } from '#lib/contract/logs.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { keepAnswers } from '../kept-answers.ts'
import { timeOfRequest } from '../request-id.ts'
import { filterOf, keptSince } from './filter.ts'
import { flushLogs } from './note.ts'
import { isRefused } from './row.ts'
import { manyPassed, scan } from './scan.ts'
import { countsByStep } from './store.ts'

const steps = 48
/** So many requests are looked at for a filter: of more, the latest. */
const mostPassed = 200_000

const keep = keepAnswers<LogFigures>(({ requests }) => requests >= manyPassed)

/**
 * How many requests there were that fit a filter, and how many of them were refused, over time; of many, as it was within the
 * last minute.
 */
export function logFigures(caller: Caller, query: LogFilterInput): Promise<LogFigures> {
  return keep(JSON.stringify([placeOf(caller), query]), () => read(caller, query))
}

async function read(caller: Caller, query: LogFilterInput): Promise<LogFigures> {
  const from = Math.max(query.from ? Date.parse(query.from) : 0, keptSince())
  const to = Math.max(query.to ? Math.min(Date.parse(query.to), clock.now()) : clock.now(), from + 1)
  const step = Math.ceil((to - from) / steps)
  const counts = Array.from({ length: steps }, () => ({ requests: 0, refused: 0 }))
  const isPlain = Object.entries(query).every(([name, value]) => value === undefined || /^(?:from|to)$/.test(name))
  await flushLogs()
  const countedFrom = isPlain ? await ofLots() : await ofRows()
  const sum = (what: 'requests' | 'refused') => counts.reduce((all, one) => all + one[what], 0)
  return {
    from: new Date(from).toISOString(),
    stepMilliseconds: step,
    steps: counts,
    requests: sum('requests'),
    refused: sum('refused'),
    countedFrom: countedFrom === null ? null : new Date(countedFrom).toISOString(),
  }

  async function ofLots(): Promise<null> {
    for (const { step: at, ...count } of await countsByStep(placeOf(caller), from, to, step)) {
      counts[Math.min(at, steps - 1)] = count
    }
    return null
  }

  async function ofRows(): Promise<number | null> {
    const { lots, matches } = await filterOf(caller, query)
    const { next } = await scan(placeOf(caller), lots, { most: mostPassed }, ({ row }) => {
      if (!matches(row)) return false
      const count = counts[Math.floor(((timeOfRequest(row.id) ?? 0) - from) / step)]
      if (count) count.requests++
      if (count && isRefused(row)) count.refused++
      return false
    })
    return next?.at ?? null
  }
}

import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { noteDropped } from '../metrics/metrics.ts'
import { problemOf } from '../problem.ts'
import { timeOfRequest } from '../request-id.ts'
import { sparingly } from '../sparingly.ts'
import { reasonsWritten } from './lot-reasons.ts'
import { isRefused, type LogRow, written } from './row.ts'
import { add, type NewLot } from './store.ts'

/** So many requests stand in one lot at most. */
export const lotSize = 200
/** In one commit; and in memory, where the database takes nothing. */
const [commitSize, most] = [600, 10_000]
const dropped = 1_000
const patienceMilliseconds = 1_000

interface Noted extends Place {
  ended: number
  row: LogRow
}

interface State {
  /** Oldest first. */
  waiting: Noted[]
  timer: NodeJS.Timeout | undefined
  writing: Promise<void> | undefined
}

// The Next bundle and the entry point are separate module graphs of one process: what waits is theirs together.
const shared = globalThis as { playgroundLogs?: State }
const saySometimes = sparingly()

/**
 * Notes a request for the log of its place. No answer waits for it: it is written with others, within a second. What a
 * process that is killed had not written is lost; of what the database does not take, the oldest beyond ten thousand are
 * dropped, and counted in the metrics.
 */
export function note(place: Place, row: LogRow): void {
  if (env().logRetentionDays === 0) return
  const state = kept()
  state.waiting.push({ tenantId: place.tenantId, environment: place.environment, ended: clock.now(), row })
  if (state.waiting.length > most) drop(state)
  if (state.writing) return
  if (state.waiting.length >= commitSize) write(state, 0)
  else state.timer ??= later(state)
}

/** Writes what waits. Resolves once what this process noted can be read; whatever stands in the way, it does not reject. */
export async function flushLogs(): Promise<void> {
  const state = kept()
  await state.writing
  if (state.waiting.length > 0 && !state.writing) write(state, state.waiting.length)
  await state.writing
}

function kept(): State {
  shared.playgroundLogs ??= { waiting: [], timer: undefined, writing: undefined }
  return shared.playgroundLogs
}

function later(state: State): NodeJS.Timeout {
  return setTimeout(() => {
    state.timer = undefined
    if (!state.writing) write(state, state.waiting.length)
  }, patienceMilliseconds).unref()
}

/** Writes so many of those that wait, and more as long as they fill a commit; the rest waits for its second. */
function write(state: State, count: number): void {
  clearTimeout(state.timer)
  state.timer = undefined
  state.writing = drain(state, count).finally(() => {
    state.writing = undefined
    if (state.waiting.length > 0) state.timer ??= later(state)
  })
}

async function drain(state: State, count: number): Promise<void> {
  for (let left = count; left > 0 || state.waiting.length >= commitSize; ) {
    const noted = state.waiting.splice(0, commitSize)
    left -= noted.length
    try {
      await add(() => lotsOf(noted))
    } catch (error) {
      if (problemOf(error)?.code === 'unavailable') return putBack(state, noted)
      noteDropped(noted.length)
      saySometimes(() => log().error({ err: error }, 'requests could not be written to the log'))
    }
  }
}

/** What the database cannot take now is written later, before what came since. */
function putBack(state: State, noted: Noted[]): void {
  state.waiting = [...noted, ...state.waiting]
  while (state.waiting.length > most) drop(state)
}

function drop({ waiting }: State): void {
  noteDropped(waiting.splice(0, dropped).length)
}

/** What waits, by its place, in the order in which it ended. */
function lotsOf(noted: readonly Noted[]): NewLot[] {
  const places = new Map<string, Noted[]>()
  for (const one of noted) {
    const name = `${one.tenantId} ${one.environment}`
    const ofPlace = places.get(name)
    if (ofPlace) ofPlace.push(one)
    else places.set(name, [one])
  }
  const lots: NewLot[] = []
  for (const ofPlace of places.values()) {
    for (let from = 0; from < ofPlace.length; from += lotSize) lots.push(lotOf(ofPlace.slice(from, from + lotSize)))
  }
  return lots
}

function lotOf(noted: readonly Noted[]): NewLot {
  const [{ tenantId, environment }] = noted as [Noted]
  const rows = noted.map(({ row }) => row)
  // Ids sort as the moments do that they name.
  let [{ id: first }] = rows as [LogRow]
  for (const { id } of rows) if (id < first) first = id
  // Not when it is written: that may be long after, where the database was away.
  const at = (noted.at(-1) as Noted).ended
  return {
    ...{ tenantId, environment, at },
    began: timeOfRequest(first) ?? at,
    requests: rows.length,
    refused: rows.filter(isRefused).length,
    rows: written(rows),
    reasons: reasonsWritten(rows),
  }
}

import type { z } from 'zod'
import type { ConsoleLogEntry, LogEntry, LogList, logQuery } from '#lib/contract/logs.ts'
import { administers, type Caller, type Place, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { behindAll, sortedIdOf } from '../ids.ts'
import { lacking } from '../lacking.ts'
import { invalid, Problem } from '../problem.ts'
import { timeOfRequest } from '../request-id.ts'
import { filterOf, keptSince, visible } from './filter.ts'
import { flushLogs } from './note.ts'
import { type LogRow, linesOf, readLine } from './row.ts'
import { longestMilliseconds, type Placed, scan } from './scan.ts'
import { lotsAround } from './store.ts'
import { viewsOf } from './view.ts'

/** So many requests are passed for one page: what is rare goes on from its cursor. */
const mostPassed = 50_000
/** Within so long, what another process noted is written. */
const soonMilliseconds = 5_000

/**
 * The requests of the caller's environment, the latest first, a page of them; one that another process answered a second ago
 * may not be there yet. Segments lead to an address, to who asked, and to a user; of what else few requests fit, a page may hold
 * less than `limit`, or nothing, and say where to go on.
 *
 * @throws Problem insufficient_scope for a token that acts for a user, invalid_request for a cursor that is none
 */
export async function listLogs(
  caller: Caller,
  { limit = 50, cursor, ...query }: Partial<z.output<typeof logQuery>> = {},
): Promise<LogList> {
  refuseUsers(caller)
  const after = cursor === undefined ? undefined : placedAt(cursor)
  const { lots, matches } = await filterOf(caller, query)
  await flushLogs()
  const found: Placed[] = []
  const before = after && { at: after.at, id: after.id + behindAll }
  const { next } = await scan(placeOf(caller), lots, { ...(before ? { before } : {}), most: mostPassed }, (placed) => {
    const isPast = after?.id === placed.lot.id && placed.number >= after.number
    if (!isPast && matches(placed.row)) found.push(placed)
    return found.length > limit
  })
  const data = await viewsOf(
    caller,
    found.slice(0, limit).map(({ row }) => visible(caller, row)),
  )
  const last = found.length > limit ? found[limit - 1] : undefined
  return { data, nextCursor: last ? cursorOf(last.lot, last.number) : next && cursorOf(next, 0) }
}

/**
 * One request of the caller's environment.
 *
 * @throws Problem insufficient_scope; not_found, with why it may be that
 */
export async function readLog(caller: Caller, requestId: string): Promise<LogEntry> {
  refuseUsers(caller)
  const row = await findRow(placeOf(caller), requestId)
  const { matches } = await filterOf(caller, {})
  if (!row || !matches(row)) throw new Problem('not_found', whyNot(requestId))
  const [view] = await viewsOf(caller, [visible(caller, row)])
  return view as LogEntry
}

/** One request of any of some callers' environments, and of which; null where it is in none of their logs. */
export async function findRequest(callers: readonly Caller[], requestId: string): Promise<ConsoleLogEntry | null> {
  for (const caller of callers) {
    const row = await findRow(placeOf(caller), requestId)
    const [view] = row ? await viewsOf(caller, [visible(caller, row)]) : []
    if (view) return { ...view, environment: caller.environment }
  }
  return null
}

/** One request of a place; undefined where it is not in its log. */
export async function findRow(place: Place, requestId: string): Promise<LogRow | undefined> {
  const began = timeOfRequest(requestId)
  if (began === undefined || began < keptSince()) return undefined
  await flushLogs()
  const text = JSON.stringify(requestId)
  const [lot] = await lotsAround(place, began, began + longestMilliseconds, text)
  const line = lot && linesOf(lot.rows).find((line) => line.startsWith(`[${text}`))
  return line === undefined ? undefined : readLine(line)
}

/** Why a request is not in the log, as far as its id tells. */
export function whyNot(requestId: string): string {
  const began = timeOfRequest(requestId)
  if (began === undefined) return 'This is no id of a request of this server.'
  const days = env().logRetentionDays
  if (days === 0) return 'This server keeps no log of requests.'
  if (began < keptSince())
    return `This request is older than ${days === 1 ? 'a day' : `${days} days`}, for which requests are kept.`
  if (clock.now() - began < soonMilliseconds) {
    return 'This request is not written yet, or another environment’s or tenant’s: ask again in a second.'
  }
  return 'No request of this id is here: it was another environment’s or another tenant’s, or was refused before it was known whose it is.'
}

function refuseUsers(caller: Caller): void {
  if (caller.user || !administers(caller, 'usage:read')) {
    throw lacking(
      caller,
      'usage:read',
      'This needs usage:read over the whole environment, which this token does not hold.',
    )
  }
}

function cursorOf({ at, id }: Placed['lot'], number: number): string {
  return `${at}.${id}.${number}`
}

function placedAt(cursor: string) {
  const [, at, name = '', number] = /^(\d{1,15})\.(\w{1,24})\.(\d{1,6})$/.exec(cursor) ?? []
  const id = sortedIdOf(name)
  if (!id) throw invalid('cursor', 'is not one that a page of this list gave')
  return { at: Number(at), id, number: Number(number) }
}

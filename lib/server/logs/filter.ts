import type { LogFilterInput } from '#lib/contract/logs.ts'
import { type Caller, explainsTo, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { userNamed } from '../passkeys/user.ts'
import { timeOfRequest } from '../request-id.ts'
import { isRefused, type LogRow } from './row.ts'
import { termOf } from './segments/term.ts'
import type { LotFilter } from './store.ts'

/** Which rows, and in which lots they can be. */
export interface RowFilter {
  lots: LotFilter
  matches(row: LogRow): boolean
}

const dayMilliseconds = 24 * 3_600_000

/** The first moment of which there is a log. */
export function keptSince(): number {
  return clock.now() - env().logRetentionDays * dayMilliseconds
}

/** What a caller asks for; a user by id or by name, whichever of them a row has. */
export async function filterOf(caller: Caller, query: LogFilterInput): Promise<RowFilter> {
  const { operation, status, code, reason, requestId } = query
  const address = addressFor(caller, query.address)
  const asker = [query.key, query.client].filter((id) => id !== undefined)
  const user = query.user === undefined ? undefined : await namesOf(caller, query.user)
  const from = Math.max(query.from ? Date.parse(query.from) : 0, keptSince())
  const to = query.to ? Date.parse(query.to) : Number.MAX_SAFE_INTEGER
  const [first, last] = status?.endsWith('xx')
    ? [Number(status[0]) * 100, Number(status[0]) * 100 + 99]
    : [Number(status ?? 0), Number(status ?? 999)]
  const exact = [operation, code, reason, address, requestId, ...asker].filter((text) => text !== undefined)
  return {
    lots: {
      ...{ from, to },
      refused: first >= 400 || code !== undefined || reason !== undefined,
      texts: [...exact.map((text) => [text]), ...(user ? [user] : [])].map((any) =>
        any.map((text) => JSON.stringify(text)),
      ),
      terms: [
        ...(address === undefined ? [] : [[termOf('address', address)]]),
        ...asker.map((id) => [termOf('asker', id)]),
        ...(user ? [user.map((name) => termOf('user', name))] : []),
      ],
    },
    matches: (row) => {
      const at = timeOfRequest(row.id) ?? 0
      return (
        at >= from &&
        at < to &&
        row.status >= first &&
        row.status <= last &&
        (operation === undefined || row.operation === operation) &&
        (code === undefined || row.code === code) &&
        (reason === undefined || visible(caller, row).reason === reason) &&
        (address === undefined || row.address === address) &&
        (requestId === undefined || row.id === requestId) &&
        asker.every((id) => row.askerId === id) &&
        (!user || user.includes(row.userId ?? '') || user.includes(row.username ?? ''))
      )
    },
  }
}

/** A demo key is anybody's: it sees what came from its own address. */
function addressFor({ key, actor }: Caller, address: string | undefined): string | undefined {
  if (!key?.demo) return address
  return address === undefined || address === actor.address ? (actor.address ?? nowhere) : nowhere
}

const nowhere = '-'

/** A row as the caller may see it: in a live environment, which check failed is for keys with `passkeys:debug`. */
export function visible(caller: Caller, row: LogRow): LogRow {
  if (row.code !== 'verification_failed' || explainsTo(caller)) return row
  const untold = { expected: null, actual: null, failed: undefined, checks: undefined }
  return { ...row, ...untold, reason: row.code, detail: 'The credential was not accepted.' }
}

/** Those of a place that were refused, in a range. */
export function refusedIn(from: number, to: number): RowFilter {
  return {
    lots: { from: Math.max(from, keptSince()), to, refused: true, texts: [] },
    matches: (row) => isRefused(row) && isWithin(row, from, to),
  }
}

/** Whether a request began in a range. */
export function isWithin({ id }: LogRow, from: number, to: number): boolean {
  const at = timeOfRequest(id) ?? 0
  return at >= from && at < to
}

async function namesOf(caller: Caller, user: string): Promise<string[]> {
  const found = await userNamed(placeOf(caller), user)
  return [...new Set([user, ...(found ? [found.id, found.username] : [])])]
}

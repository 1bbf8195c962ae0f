import type { LogRow } from './row.ts'

/** Why some requests of a lot were refused: how many, and where in it the latest of them stands. */
export interface LotReason {
  operation: string | null
  code: string
  reason: string
  requests: number
  latest: number
}

/** Why requests that are written together were refused, as it stands beside them; null where none was. */
export function reasonsWritten(rows: readonly LogRow[]): string | null {
  const found = reasonsOf(rows)
  return found.length === 0
    ? null
    : JSON.stringify(
        found.map(({ operation, code, reason, requests, latest }) => [operation, code, reason, requests, latest]),
      )
}

/** What `reasonsWritten` wrote. */
export function reasonsRead(text: string): LotReason[] {
  const cells = JSON.parse(text) as [string | null, string, string, number, number][]
  return cells.map(([operation, code, reason, requests, latest]) => ({ operation, code, reason, requests, latest }))
}

/** The same of rows that were read; of some of them. */
export function reasonsOf(rows: readonly LogRow[], wanted: (row: LogRow) => boolean = () => true): LotReason[] {
  const all = new Map<string, LotReason>()
  for (const [latest, row] of rows.entries()) {
    const { operation, code, reason } = row
    if (row.status < 400 || !code || !reason || !wanted(row)) continue
    const name = nameOf({ operation, code, reason })
    const requests = (all.get(name)?.requests ?? 0) + 1
    all.set(name, { operation, code, reason, requests, latest })
  }
  return [...all.values()]
}

/** What a reason is the same by. */
export function nameOf({ operation, code, reason }: Pick<LotReason, 'operation' | 'code' | 'reason'>): string {
  return `${operation} ${code} ${reason}`
}

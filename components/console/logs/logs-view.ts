import type { Environment } from '#lib/contract/environment.ts'

/** How far back the page looks, unless the address says from when. */
export const ranges = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days' } as const
export type Range = keyof typeof ranges

const hourMilliseconds = 3_600_000
const hours: Record<Range, number> = { '1h': 1, '24h': 24, '7d': 7 * 24 }

/** What requests can be filtered by beside the time, as the address and the API call it, and what the page says. */
export const filters = {
  status: 'Status',
  code: 'Code',
  reason: 'Reason',
  operation: 'Operation',
  key: 'Key',
  client: 'Client',
  address: 'Address',
} as const
export type Filter = keyof typeof filters
export const filterNames = Object.keys(filters) as Filter[]

export type FilterValues = Partial<Record<Filter | 'user', string>>

/** Which requests are looked at, and which of them is open. */
export interface LogsView {
  environment: Environment
  /** Undefined where the address says from when. */
  range: Range | undefined
  from: string
  to: string
  values: FilterValues
  request: string
}

/** The view that an address asks for; what it says wrongly it does not say. */
export function viewOf(search: { get(name: string): string | null }): LogsView {
  const said = (name: string) => search.get(name)?.trim().slice(0, 128) ?? ''
  const from = momentOf(said('from'))
  const to = momentOf(said('to'))
  const range = said('range') in ranges ? (said('range') as Range) : '24h'
  const named = [...filterNames, 'user' as const].map((name) => [name, said(name)] as const)
  return {
    environment: said('environment') === 'live' ? 'live' : 'test',
    range: from || to ? undefined : range,
    from,
    to,
    values: Object.fromEntries(named.filter(([name, value]) => value && (name !== 'status' || isStatus(value)))),
    request: said('request'),
  }
}

/** The view as the server takes it at a moment. */
export function queryOf({ environment, range, from, to, values }: Omit<LogsView, 'request'>, now: number) {
  const since = range ? new Date(now - hours[range] * hourMilliseconds).toISOString() : from
  return { environment, ...(since ? { from: since } : {}), ...(to ? { to } : {}), ...values }
}

/** The address’s members that take every filter away. */
export const everything: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...filterNames, 'user', 'from', 'to', 'range'].map((name) => [name, ''])),
}

/** The address of the page with a filter, or with a request open. */
export function logsPath(environment: Environment, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams({ ...(environment === 'live' ? { environment } : {}), ...query })
  return `/console/logs${search.size ? `?${search}` : ''}`
}

/** Whether a text is an id of a request, and no name. */
export function isRequestId(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
}

function isStatus(text: string): boolean {
  return /^[1-5](?:\d\d|xx)$/.test(text)
}

function momentOf(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? '' : new Date(at).toISOString()
}

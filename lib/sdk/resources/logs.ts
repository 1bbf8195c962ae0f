import type { LogEntry, LogQuery } from '#lib/contract/logs.ts'
import { list } from './list.ts'
import type { Extra, Query, Send } from './send.ts'

export const logs = (send: Send) => ({
  /** One page, newest first, or with `for await` every request of the last days that fits. */
  list: (query: Query<LogQuery> = {}, extra: Extra = {}) => list<LogEntry>(send, '/v1/logs', query, extra),
  /** A request by its id, as errors name it. */
  get: (requestId: string, extra: Extra = {}) =>
    send<LogEntry>('GET', `/v1/logs/${encodeURIComponent(requestId)}`, extra),
})

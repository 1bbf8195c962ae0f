import type {
  ConsoleLogEntry,
  ConsoleLogFiguresQuery,
  ConsoleLogQuery,
  LogFigures,
  LogList,
} from '#lib/contract/logs.ts'
import type { Query } from '../resources/send.ts'
import type { ConsoleSend } from './send.ts'

export const logs = (send: ConsoleSend) => ({
  list: (query: Query<ConsoleLogQuery>) => send<LogList>('GET', '/logs', { query }),
  figures: (query: ConsoleLogFiguresQuery) => send<LogFigures>('GET', '/logs/figures', { query }),
  /** In whichever environment it was. */
  get: (requestId: string) => send<ConsoleLogEntry>('GET', `/logs/${encodeURIComponent(requestId)}`),
})

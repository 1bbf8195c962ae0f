import { type Checks, checkGoal } from '../checks.ts'
import { concurrency } from '../load.ts'
import type { Cost } from '../worker.ts'
import { figure, table, times } from './figure.ts'

/** The key check alone: ours against better-auth's. */
export function checksReport({ alone, together, counted, versions, written }: Checks): string[] {
  const row = (title: string, cost: Cost, ours: Cost) => [
    title,
    figure(cost.perSecond),
    figure(cost.cpuMicroseconds),
    times(cost.cpuMicroseconds, ours.cpuMicroseconds),
    times(ours.perSecond, cost.perSecond),
  ]
  const ratio = ({ ours, theirs }: Checks['alone']) => times(theirs.cpuMicroseconds, ours.cpuMicroseconds)
  return [
    'The key check alone, limits on, no HTTP:',
    '',
    ...table([
      ['', 'a second', 'CPU µs each', '× by CPU', '× by the clock'],
      row('one at a time: ours', alone.ours, alone.ours),
      row('one at a time: better-auth', alone.theirs, alone.ours),
      row(`${concurrency} at once: ours`, together.ours, together.ours),
      row(`${concurrency} at once: better-auth`, together.theirs, together.ours),
      row(`${concurrency} at once: ours, and counted on disk`, counted, together.ours),
    ]),
    '',
    `  better-auth’s check costs ${ratio(alone)} ours one at a time, ${ratio(together)} ours ${concurrency} at once (goal: at least ${checkGoal} ×).`,
    `  Where ours counts the request for usage, too, on disk as the server does: ${times(together.theirs.cpuMicroseconds, counted.cpuMicroseconds)}.`,
    '  Ours: the checksum, whether anything was changed, a hash, the key’s state and addresses, a slot and a request of the minute in memory.',
    `  better-auth: a hash, one SELECT, and ${written.updates} updates of the key’s row (requestCount and lastRequest, updatedAt) in ${written.commits} commits.`,
    `  better-auth ${versions.betterAuth}, @better-auth/api-key ${versions.apiKey}: its own SQLite storage, rate limit on and never reached.`,
    '  Both: a process of its own, taking turns with the other; better-sqlite3, WAL, synchronous = FULL; valid keys, none refused.',
  ]
}

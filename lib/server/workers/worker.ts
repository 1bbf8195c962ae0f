import cluster from 'node:cluster'
import { noteMpcServer } from '../mpc-server/health.ts'
import type { FromWorker, ToWorker } from './workers.ts'

/** Whether this process is one of several that another one started. */
export const isWorker = cluster.isWorker

/**
 * Tells the process that started this one that it serves now, does what that one says from then on, and ends with it. Signals
 * are its business: those for a whole group come to each of them.
 */
export function followLead(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})
  let told = false
  const stopOnce = () => {
    if (!told) void stop()
    told = true
  }
  process.on('message', (message: ToWorker) => {
    if ('stop' in message) stopOnce()
    if ('mpcServer' in message) noteMpcServer(message.mpcServer)
  })
  process.once('disconnect', stopOnce)
  process.send?.({ serving: true } satisfies FromWorker)
}

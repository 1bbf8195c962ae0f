import cluster, { type Worker } from 'node:cluster'
import { log } from '../log.ts'
import { shareMetrics } from './metrics.ts'

// How long a worker that ended at once waits before the next one, at first and at most, and after how long it counts as having
// been well; in milliseconds.
const [firstWait, longestWait] = [250, 10_000]
const well = 30_000

/** What goes from here to a worker, and from there to here. */
export type ToWorker = { stop: true } | { mpcServer: 'ok' | 'down' }
export type FromWorker = { serving: true }

/** The workers of this process. */
export interface Workers {
  /** Resolves once all serve; with the exit code of the first one where that never did. */
  serving: Promise<number | undefined>
  /** Tells all of them, and those that come later, how the MPC server is. */
  tellMpcServer(state: 'ok' | 'down'): void
  /** Lets each end what is under way; resolves once all have ended. */
  stop(): Promise<void>
}

/**
 * Starts processes that serve on one port: the first one alone, so that what is in the way is said once. One that dies is
 * replaced, the later after the sooner it died.
 */
export function startWorkers(count: number): Workers {
  // Each takes connections itself: one that this process had taken for a worker that dies would wait for ever.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  let stopping = false
  let mpcServer: 'ok' | 'down' | undefined
  let wait = firstWait
  shareMetrics()
  const tell = (worker: Worker, message: ToWorker) => {
    // One that is about to be gone hears nothing more, which is no error of this process.
    if (worker.isConnected()) worker.send(message, () => {})
  }

  function begin(): Worker {
    const since = performance.now()
    const worker = cluster.fork()
    worker.on('error', () => {})
    worker.on('message', (message: FromWorker) => {
      if (!('serving' in message)) return
      hearing.add(worker)
      if (mpcServer) tell(worker, { mpcServer })
    })
    worker.once('exit', (exitCode, signal) => {
      if (stopping || !all.has(worker)) return
      all.delete(worker)
      if (performance.now() - since >= well) wait = firstWait
      log().error({ exitCode, signal }, 'a worker ended, and another one takes its place')
      setTimeout(() => {
        if (!stopping) all.add(begin())
      }, wait)
      wait = Math.min(wait * 2, longestWait)
    })
    return worker
  }

  const all = new Set<Worker>()
  const hearing = new WeakSet<Worker>()
  async function beginAll(): Promise<number | undefined> {
    const first = begin()
    const code = await served(first)
    if (code !== undefined) return code
    all.add(first)
    const others = stopping ? [] : Array.from({ length: count - 1 }, begin)
    for (const worker of others) all.add(worker)
    await Promise.all(others.map(served))
    return undefined
  }
  return {
    serving: beginAll(),
    tellMpcServer(state) {
      mpcServer = state
      for (const worker of all) tell(worker, { mpcServer: state })
    },
    async stop() {
      stopping = true
      const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
      // One that does not serve yet has nothing under way, and would not hear.
      const end = (worker: Worker) =>
        hearing.has(worker) ? tell(worker, { stop: true }) : worker.process.kill('SIGKILL')
      await Promise.all(running.map((worker) => ended(worker, () => end(worker))))
    },
  }
}

/** Once a worker serves; its exit code where it ended before. */
function served(worker: Worker): Promise<number | undefined> {
  return new Promise((resolve) => {
    worker.on('message', (message: FromWorker) => 'serving' in message && resolve(undefined))
    worker.once('exit', (code) => resolve(code ?? 1))
  })
}

function ended(worker: Worker, begin: () => void): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) return resolve()
    worker.once('exit', () => resolve())
    begin()
  })
}

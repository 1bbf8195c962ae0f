import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Calls of one kind that a worker makes: by so many callers, each again once answered. */
export interface Turn {
  work: string
  callers: number
  milliseconds: number
}

/** What a call cost in a turn: CPU of the worker's process, user and system, in all its threads. */
export interface Cost {
  perSecond: number
  cpuMicroseconds: number
}

/** A process that makes calls, one turn at a time. */
export interface Worker<Facts> {
  /** What it said of itself when it was ready. */
  facts: Facts
  /** @throws Error when a call of it failed */
  turn(turn: Turn): Promise<Cost>
}

/**
 * Starts `workers/<name>.ts` in a process of its own. It ends with this process.
 *
 * @throws Error when it fails before it is ready
 */
export async function startWorker<Facts>(name: string, settings: Record<string, string>): Promise<Worker<Facts>> {
  const file = fileURLToPath(new URL(`workers/${name}.ts`, import.meta.url))
  const child = fork(file, { env: { ...process.env, ...settings }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const exit = once(child, 'exit').then(() => {
    throw new Error(`The worker ${name} failed.`)
  })
  const next = <Message>() => Promise.race([once(child, 'message').then(([message]) => message as Message), exit])
  return {
    facts: await next<Facts>(),
    turn: (turn) => {
      const cost = next<Cost>()
      child.send(turn)
      return cost
    },
  }
}

/** The least CPU and the most calls a second, each of whichever turn had it: other work can only make a number worse. */
export function bestOf(costs: Cost[]): Cost {
  return {
    perSecond: Math.max(...costs.map(({ perSecond }) => perSecond)),
    cpuMicroseconds: Math.min(...costs.map(({ cpuMicroseconds }) => cpuMicroseconds)),
  }
}

import { cpuMilliseconds } from './cpu.ts'

/** How many clients ask at once: each has a connection of its own, and one request under way. */
export const concurrency = 16

const warmUpMilliseconds = 1_500
const measuredMilliseconds = 4_000

/** Asks once; rejects when the answer is not the one that is measured. */
export type Client = () => Promise<void>

export interface Measured {
  perSecond: number
  /** CPU milliseconds of the server's process, user and system, for one round; undefined where it cannot be read. */
  cpu: number | undefined
  /** The share of a core that this process, the generator, was busy: near 1, it is what limited `perSecond`. */
  generator: number
}

/**
 * Measures a server under clients that each ask again as soon as they are answered.
 *
 * @throws Error when one answer is not the expected one: refusals cost something else
 */
export async function measure(pid: number, clients: Client[]): Promise<Measured> {
  await run(clients, warmUpMilliseconds)
  const [began, busy, before] = [performance.now(), process.cpuUsage(), cpuMilliseconds(pid)]
  const rounds = await run(clients, measuredMilliseconds)
  const after = cpuMilliseconds(pid)
  const { user, system } = process.cpuUsage(busy)
  const took = performance.now() - began
  return {
    perSecond: (rounds * 1000) / took,
    cpu: before === undefined || after === undefined ? undefined : (after - before) / rounds,
    generator: (user + system) / 1000 / took,
  }
}

async function run(clients: Client[], milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds
  let rounds = 0
  await Promise.all(
    clients.map(async (ask) => {
      for (; performance.now() < until; rounds++) await ask()
    }),
  )
  return rounds
}

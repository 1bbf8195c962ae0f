import { cpuMilliseconds } from './cpu.ts'

/** How many clients ask at once: each has a connection of its own, and one request under way. */
export const concurrency = 16

/** How often each load has its turn. */
export const turns = 3

// A server is warm once it has answered so many requests, however long that takes it: what is slower needs longer to be
// compiled. No longer than its pace allows, though.
const warmUpRounds = 8_000
const turnMilliseconds = 700

/** How long loads are measured: milliseconds of warming up, and turns. */
export interface Pace {
  warmUp: { least: number; most: number }
  turns: number
}

const unhurried: Pace = { warmUp: { least: 1_500, most: 4_000 }, turns }

/** Asks once; rejects when the answer is not the one that is measured. */
export type Client = () => Promise<void>

/** What is measured: what clients ask of a server's process. */
export interface Load {
  title: string
  pid: number
  clients: Client[]
}

/** A load's best turn. */
export interface Measured {
  title: string
  perSecond: number
  /** CPU milliseconds of the server's process, user and system, for one round; undefined where it cannot be read. */
  cpu: number | undefined
  /** The share of a core that this process, the generator, was busy: near 1, it is what limited `perSecond`. */
  generator: number
}

/**
 * Measures servers under clients that each ask again as soon as they are answered.
 *
 * The loads take turns, so that whatever else the machine does meets all of them, and the best turn of each counts: other
 * work can only make a number worse.
 *
 * @throws Error when one answer is not the expected one: refusals cost something else
 */
export async function measure(loads: Load[], { warmUp, turns }: Pace = unhurried): Promise<Measured[]> {
  for (const [number, { title, clients }] of loads.entries()) {
    process.stderr.write(`  Warming up ${number + 1} of ${loads.length}: ${title}\n`)
    await warm(clients, warmUp)
  }
  const measured: Measured[][] = loads.map(() => [])
  for (let number = 1; number <= turns; number++) {
    process.stderr.write(`  Measuring, turn ${number} of ${turns}\n`)
    for (const [at, load] of loads.entries()) measured[at]?.push(await turn(load))
  }
  return measured.map(best)
}

async function warm(clients: Client[], { least, most }: Pace['warmUp']): Promise<void> {
  let rounds = await run(clients, least)
  for (let spent = least; rounds < warmUpRounds && spent < most; spent += 500) rounds += await run(clients, 500)
}

async function turn({ title, pid, clients }: Load): Promise<Measured> {
  const [began, busy, before] = [performance.now(), process.cpuUsage(), cpuMilliseconds(pid)]
  const rounds = await run(clients, turnMilliseconds)
  const after = cpuMilliseconds(pid)
  const { user, system } = process.cpuUsage(busy)
  const took = performance.now() - began
  return {
    title,
    perSecond: (rounds * 1000) / took,
    cpu: before === undefined || after === undefined ? undefined : (after - before) / rounds,
    generator: (user + system) / 1000 / took,
  }
}

/** The most rounds a second and the least CPU for one, each of whichever turn had it. */
function best(turns: Measured[]): Measured {
  const fastest = turns.reduce((one, other) => (other.perSecond > one.perSecond ? other : one))
  const cpus = turns.flatMap(({ cpu }) => cpu ?? [])
  return { ...fastest, cpu: cpus.length > 0 ? Math.min(...cpus) : undefined }
}

/** Lets clients ask, each again once answered, for so long; how many answers there were. */
export async function run(clients: Client[], milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds
  let rounds = 0
  await Promise.all(
    clients.map(async (ask) => {
      for (; performance.now() < until; rounds++) await ask()
    }),
  )
  return rounds
}

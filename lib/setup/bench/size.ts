import { join } from 'node:path'
import { postgresqlPrograms } from '../postgresql.mjs'
import { startPostgresql } from '../postgresql-server.ts'
import { runScript } from '../run-script.ts'
import { partOf, type Size } from '../seed/fill.ts'
import { serveApi } from '../serve-api.ts'
import { cpuMilliseconds } from './cpu.ts'
import { type Ask, type Askers, asksOf } from './size/asks.ts'

/** How many times as much CPU a thing may cost where there is much as where there is little. */
export const sizeGoal = 1.2

/** What a thing costs, of the server's process and its database together: CPU milliseconds. */
export interface Sized {
  engine: string
  work: string
  little: number
  much: number
  /** Why it may, where it is not held to the goal. */
  grows?: string | undefined
}

/** As good as empty: of everything one page and a beginning of the next, so that answers are of one length. */
const little: Size = { users: 120, passkeys: 240, keys: 120, logRows: 200, events: 120, days: 1 }

const [turns, warmUpRounds, lot, turnMilliseconds, mostRounds] = [3, 60, 10, 150, 150]
const settings = { ROOT_SECRET: 'a secret of the bench, at least 32 characters', DEMO: 'off', LOG_MAX_ROWS: '20000000' }

/** A server on a database of some size. */
interface Place {
  asks: Ask[]
  cpu: () => number
}

/** Measures everything that is asked of a tenant, beside itself where there is little, on each engine that is here. */
export async function measureSize(dataDir: string, share: number, running: (pid: number) => void): Promise<Sized[]> {
  const sizes = { little, much: partOf(share) }
  const found = await measureEngine('SQLite', (name) => open(join(dataDir, name), sizes[name], {}, () => []))
  if (!postgresqlPrograms()) return found
  // What it does beside its answers is not of one of the two.
  const server = await startPostgresql({ fsync: 'off', autovacuum: 'off', shared_buffers: '512MB' })
  running(server.pid())
  try {
    const more = await measureEngine('PostgreSQL', async (name) => {
      const DATABASE_URL = await server.create(name)
      return open(join(dataDir, `postgresql-${name}`), sizes[name], { DATABASE_URL }, server.processes)
    })
    return [...found, ...more]
  } finally {
    await server.stop()
  }

  async function open(folder: string, size: Size, more: Record<string, string>, processes: () => number[]) {
    const own = { DATA_DIR: folder, ...settings, ...more }
    const filled = await runScript(join(import.meta.dirname, 'size/filling.ts'), [JSON.stringify(size)], own)
    if (filled.code !== 0) throw new Error(`The database was not filled: ${filled.stderr}`)
    const { baseUrl, pid } = await serveApi(folder, { ...own, NODE_ENV: 'production' })
    running(pid)
    const asks = await asksOf(baseUrl, JSON.parse(filled.stdout) as Askers)
    const cpu = () => [pid, ...processes()].reduce((sum, each) => sum + (cpuMilliseconds(each) ?? 0), 0)
    return { asks, cpu }
  }
}

async function measureEngine(engine: string, open: (name: 'little' | 'much') => Promise<Place>): Promise<Sized[]> {
  const [one, other] = [await open('little'), await open('much')]
  const all: Sized[] = []
  for (const { title, once, grows } of one.asks) {
    const same = other.asks.find((ask) => ask.title === title)
    if (!same) continue
    const [little = 0, much = 0] = await beside([
      { once, cpu: one.cpu },
      { once: same.once, cpu: other.cpu },
    ])
    process.stderr.write(`  ${engine}, ${title}: ${little.toFixed(2)} ms, ${much.toFixed(2)} ms\n`)
    all.push({ engine, work: title, little, much, grows })
  }
  return all
}

/** The CPU of each for one round: they take turns, and the best turn of each counts. */
async function beside(each: { once: () => Promise<void>; cpu: () => number }[]): Promise<number[]> {
  for (const { once } of each) for (let round = 0; round < warmUpRounds; round++) await once()
  const costs = each.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, { once, cpu }] of each.entries()) {
      const before = cpu()
      let [rounds, spent] = [0, 0]
      // By what it costs, and not by how long it takes beside whatever else the machine does.
      for (; rounds < mostRounds && spent < turnMilliseconds; spent = cpu() - before)
        for (let round = 0; round < lot; round++, rounds++) await once()
      costs[at] = Math.min(costs[at] ?? 0, spent / rounds)
    }
  }
  return costs
}

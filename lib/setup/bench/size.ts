import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { postgresqlPrograms } from '../postgresql.mjs'
import { startPostgresql } from '../postgresql-server.ts'
import { runScript } from '../run-script.ts'
import { partOf, type Size } from '../seed/fill.ts'
import { freePort } from '../serve.ts'
import { serveApi } from '../serve-api.ts'
import { serveMpc } from '../serve-mpc.ts'
import { cpuMilliseconds, restingMilliseconds } from './cpu.ts'
import { type Ask, type Askers, asksOf } from './size/asks.ts'

/** How many times as much CPU a thing may cost where there is much as where there is little. */
export const sizeGoal = 1.2

/** What a thing costs, of the server's process and its database together: CPU milliseconds. */
export interface Sized {
  engine: string
  work: string
  little: number
  much: number
  /** The same as `much`, where nothing that was dear is kept for others who ask soon. */
  fresh: number | undefined
  /** Why it may, where it is not held to the goal. */
  grows?: string | undefined
}

/**
 * As good as empty: of everything one page and a beginning of the next, of users also where a tenth of them is searched for, and
 * as many days of usage with as much of each key, so that answers are of one length.
 */
const little: Size = {
  users: 600,
  passkeys: 1_200,
  keys: 120,
  busy: 1,
  logRows: 3_000,
  events: 250,
  ...{ deliveries: 3_000, runs: 600, mpcKeys: 3_000, days: 90 },
}

const [turns, warmUp, lot, turnMilliseconds, mostRounds] = [3, { rounds: 60, milliseconds: 500 }, 10, 150, 150]
/** How often a thing that is over is measured again, and in how many processes of each size. */
const [mostTimes, processesOfEach] = [3, 3]
const settings = {
  ROOT_SECRET: 'a secret of the bench, at least 32 characters',
  DEMO: 'off',
  LOG_MAX_ROWS: '20000000',
  MPC_SECRET: 'another one of the bench, of at least 32 characters',
}

/** A server on a database of some size. */
interface Place {
  asks: Ask[]
  cpu: () => number
  /** Has all that is in the log be indexed, as the server does it in the background. */
  index: () => Promise<void>
  end: () => Promise<void>
}

/** Where it is measured. */
export interface SizePlan {
  /** What databases are in; those that it has are taken as they are, whatever the share. */
  folder: string
  /** Whether the folder stays: the system's user whose PostgreSQL is can get into it then, and not into one that goes with the run. */
  stays: boolean
  share: number
  /** One engine alone, and of what is asked that which has a text in its title. */
  engine?: string | undefined
  ask?: string | undefined
  running: (pid: number) => void
}

/** Measures everything that is asked of a tenant, beside itself where there is little, on each engine that is here. */
export async function measureSize({ folder, stays, share, engine, ask = '', running }: SizePlan): Promise<Sized[]> {
  const sizes = { little, much: partOf(share) }
  const wants = (one: string) => engine === undefined || one.toLowerCase() === engine
  const found = wants('SQLite')
    ? await measureEngine('SQLite', (name, how, of) => open(join(folder, name), sizes[name], how, of, () => []))
    : []
  if (!wants('PostgreSQL') || !postgresqlPrograms()) return found
  // What it does beside its answers is not of one of the two.
  const quiet = { fsync: 'off', autovacuum: 'off', shared_buffers: '512MB' }
  const server = await startPostgresql(quiet, stays ? join(folder, 'postgresql') : undefined)
  running(server.pid())
  try {
    const more = await measureEngine('PostgreSQL', async (name, how, of) => {
      const own = join(folder, `postgresql-${name}`)
      const [url, MPC_DATABASE_URL] = existsSync(own)
        ? [server.urlOf(name), server.urlOf(`${name}_mpc`)]
        : [await server.create(name), await server.create(`${name}_mpc`)]
      return open(own, sizes[name], { ...how, DATABASE_URL: url, MPC_DATABASE_URL }, of, server.processes)
    })
    return [...found, ...more]
  } finally {
    await server.stop()
  }

  async function open(
    dataDir: string,
    size: Size,
    more: Record<string, string>,
    of: readonly string[] | undefined,
    processes: () => number[],
  ): Promise<Place> {
    // What rests on kept answers is on pages, and usage.
    const wants = (title: string) =>
      (of ? of.includes(title) : title.includes(ask)) && (!more.NODE_OPTIONS || /^Console:|usage/.test(title))
    const PORT = String(await freePort())
    const BASE_URL = `http://localhost:${PORT}`
    const own = { DATA_DIR: dataDir, ...settings, ...more, PORT, BASE_URL }
    const filled = await runScript(join(import.meta.dirname, 'size/filling.ts'), [JSON.stringify(size)], own)
    if (filled.code !== 0) throw new Error(`The database was not filled: ${filled.stderr}`)
    const mpc = await serveMpc({ ...own, MPC_ISSUER: BASE_URL })
    running(mpc.child.pid as number)
    const { baseUrl, pid, stop } = await serveApi(dataDir, { ...own, MPC_URL: mpc.url, NODE_ENV: 'production' })
    running(pid)
    const asks = await asksOf(baseUrl, JSON.parse(filled.stdout) as Askers, wants)
    // A process that ended keeps what it used: a connection of the database that was idle is one.
    const used = new Map<number, number>()
    const cpu = () => {
      for (const each of [pid, mpc.child.pid as number, ...processes()])
        used.set(each, restingMilliseconds(each) ?? cpuMilliseconds(each) ?? used.get(each) ?? 0)
      return used.values().reduce((sum, one) => sum + one, 0)
    }
    const end = async () => {
      await stop('SIGTERM')
      await mpc.stop()
    }
    const index = async () => {
      const { code, stderr } = await runScript(join(import.meta.dirname, '../index-logs.ts'), ['all'], own)
      if (code !== 0) throw new Error(`The log was not indexed: ${stderr}`)
    }
    return { asks, cpu, index, end }
  }
}

type Open = (name: 'little' | 'much', how: Record<string, string>, of?: readonly string[]) => Promise<Place>

async function measureEngine(engine: string, open: Open): Promise<Sized[]> {
  const all: Sized[] = []
  await measureBoth(engine, [await open('little', {}), await open('much', {})], all)
  // A process has its own ways for as long as it lives, in what it compiled and how its memory lies, and they are worth a tenth of what
  // is measured: what is over in both of two others, too, costs more.
  const over = () => all.filter((one) => one.grows === undefined && isOver(one)).map(({ work }) => work)
  for (let time = 1, of = over(); time < processesOfEach && of.length > 0; time++, of = over()) {
    await measureBoth(engine, [await open('little', {}, of), await open('much', {}, of)], all)
  }
  const anew = await open('much', { NODE_OPTIONS: `--import=${import.meta.resolve('./size/keep-nothing.ts')}` })
  for (const { title, ...ask } of anew.asks) {
    const found = all.find(({ work }) => work === title)
    if (found) found.fresh = (await beside([{ ...ask, cpu: anew.cpu }]))[0]
    process.stderr.write(`  ${engine}, ${title}, nothing kept: ${found?.fresh?.toFixed(2)} ms\n`)
  }
  await anew.end()
  return all
}

/** Measures what each of two is asked, beside the other, and ends them; of what is known already, the least counts. */
async function measureBoth(engine: string, [one, other]: readonly [Place, Place], all: Sized[]): Promise<void> {
  for (const { title, grows, ...ask } of one.asks) {
    const same = other.asks.find((each) => each.title === title)
    if (!same) continue
    const known = all.find(({ work }) => work === title)
    const nothing = { little: Number.POSITIVE_INFINITY, much: Number.POSITIVE_INFINITY }
    const sized: Sized = known ?? { ...nothing, engine, work: title, fresh: undefined, grows }
    if (!known) all.push(sized)
    // What is over by what else the machine did is not over for long.
    for (let time = 0; time < mostTimes && (time === 0 || isOver(sized)); time++) {
      // Else it is what was asked until now that is looked through, here more and there less of it.
      if (/logs\?(?:address|user|key|client)=/.test(title)) await Promise.all([one.index(), other.index()])
      const [least = 0, most = 0] = await beside([
        { ...ask, cpu: one.cpu },
        { ...same, cpu: other.cpu },
      ])
      Object.assign(sized, { little: Math.min(sized.little, least), much: Math.min(sized.much, most) })
    }
    process.stderr.write(`  ${engine}, ${title}: ${sized.little.toFixed(2)} ms, ${sized.much.toFixed(2)} ms\n`)
  }
  await Promise.all([one.end(), other.end()])
}

/** Whether it costs more where there is much than it may. */
export function isOver({ little, much }: Sized): boolean {
  return much > little * sizeGoal
}

/** The CPU of each for one round: they take turns, and the best turn of each counts. */
async function beside(each: (Pick<Ask, 'once' | 'hundreds'> & { cpu: () => number })[]): Promise<number[]> {
  for (const { once, cpu } of each) {
    const before = cpu()
    for (let round = 0; round < warmUp.rounds && cpu() - before < warmUp.milliseconds; round++) await once()
  }
  const costs = each.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < turns; turn++) {
    for (const [at, { once, cpu, hundreds = 1 }] of each.entries()) {
      const before = cpu()
      let [rounds, spent] = [0, 0]
      // By what it costs, and not by how long it takes beside whatever else the machine does.
      for (; rounds < mostRounds && spent < turnMilliseconds; spent = cpu() - before)
        for (let round = 0; round < lot; round++, rounds++) await once()
      costs[at] = Math.min(costs[at] ?? 0, spent / rounds / hundreds)
    }
  }
  return costs
}

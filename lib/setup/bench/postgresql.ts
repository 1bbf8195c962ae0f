import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { postgresqlPrograms } from '../postgresql.mjs'
import { startPostgresql } from '../postgresql-server.ts'
import { redisCommand, startRedis } from '../redis-server.ts'
import { serve } from '../serve.ts'
import type { Keys } from './data.ts'
import { held } from './held.ts'
import { type Client, type Load, type Measured, measure, type Pace } from './load.ts'
import { type Parts, partsOf } from './parts.ts'
import { clients, registrations, signIns, tenant } from './work.ts'
import { startWorker } from './worker.ts'

const pace: Pace = { warmUp: { least: 1_200, most: 2_200 }, turns: 3 }

/** What a server costs with one engine: CPU of its own process, the database's not. */
export type OnEngine = Record<'signIn' | 'register' | 'tenant', Measured>

/** The same work on both engines, and sign-ins at one process and at two that share PostgreSQL and Redis. */
export interface Engines {
  sqlite: OnEngine
  postgresql: OnEngine
  /** Undefined where there is no Redis on this machine. */
  processes: Processes | undefined
}

/** Sign-ins at one process, and at two. */
export interface Processes {
  one: Measured
  two: Measured
  /** Where each has only a share of a core, so that neither PostgreSQL nor the clients go short of one. */
  held: { one: Measured; two: Measured }
  /** What of a sign-in is whose, at one. */
  parts: Parts
}

/** Of a core, for each process that is held. */
export const heldTo = 0.2

type Loads = [signIn: Load, register: Load, tenant: Load]

interface Running {
  /** Is told of each process that is to end with the bench. */
  running(pid: number): void
  settings: Record<string, string>
  /** Where the servers keep what they do not keep in PostgreSQL. */
  dataDir: string
}

/**
 * Measures servers on SQLite and on a PostgreSQL of the bench's own, in turns. That one waits for the disk with each commit, as
 * SQLite does. The clients are one process, which signs with what it prepared before.
 *
 * @returns undefined where there is no PostgreSQL on this machine
 */
export async function measureEngines({ running, settings, dataDir }: Running): Promise<Engines | undefined> {
  if (!postgresqlPrograms()) return undefined
  const server = await startPostgresql({ shared_buffers: '256MB' })
  running(server.pid())
  const redis = redisCommand ? await startRedis() : undefined
  try {
    // The cores are shared: a database that answers late is none that is away.
    const DATABASE_URL = `${await server.create('bench')}&connect_timeout=30`
    const shared = { DATABASE_URL, ROOT_SECRET: randomBytes(32).toString('hex') }
    const started = async (own: Record<string, string>, name: string) => {
      const all = { ...settings, ...own, DATA_DIR: join(dataDir, name) }
      const { baseUrl, child } = await serve('start', all)
      const pid = child.pid as number
      running(pid)
      return { all, pid, baseUrl, connections: clients(baseUrl) }
    }
    const served = async (own: Record<string, string>, engine: string) => {
      const { all, pid, connections } = await started(own, engine)
      const keys = (await startWorker<Keys>('keys-maker', all)).facts.clients
      const load = (what: string, clients: Client[]): Load => ({ title: `${what}, ${engine}`, pid, clients })
      const loads: Loads = [
        load('sign-in', await signIns(connections, keys, engine)),
        load('registration', registrations(connections, keys, `new-${engine}`)),
        load('GET /v1/tenant', tenant(connections, keys)),
      ]
      return { keys, loads }
    }
    const [sqlite, postgresql] = [await served({}, 'SQLite'), await served(shared, 'PostgreSQL')]
    const measured = await measure([...sqlite.loads, ...postgresql.loads], pace)
    const engine = ([signIn, register, of]: Measured[]) => ({ signIn, register, tenant: of }) as OnEngine
    const engines = { sqlite: engine(measured.slice(0, 3)), postgresql: engine(measured.slice(3)) }
    if (!redis) return { ...engines, processes: undefined }

    const both = { ...shared, REDIS_URL: redis.url }
    const pair = [await started(both, 'first'), await started(both, 'second')]
    // Twice as many clients as at one engine: each of two that are held has enough to do, though half of them are at the other.
    const signing = await Promise.all(
      pair.map(async ({ connections, baseUrl }, at) => [
        ...(await signIns(connections, postgresql.keys, `${at}-of-two`)),
        ...(await signIns(clients(baseUrl), postgresql.keys, `${at}-of-two-more`)),
      ]),
    )
    const halves = signing.flatMap((all, at) => all.filter((_, client) => client % pair.length === at))
    const one: Load = { title: 'sign-in, one process', pid: pair[0]?.pid ?? -1, clients: signing[0] ?? [] }
    const two: Load = { title: 'sign-in, two processes', pid: -1, clients: halves }
    const compared = async () => {
      const [ofOne, ofTwo] = (await measure([one, two], pace)) as [Measured, Measured]
      return { one: ofOne, two: ofTwo }
    }
    const free = await compared()
    const web = pair.map(({ pid }) => pid)
    const parts = await partsOf(one, [
      ['web', () => web],
      ['PostgreSQL', server.processes],
      ['Redis', () => [redis.pid]],
    ])
    const end = held(web, heldTo)
    const ofHeld = await compared().finally(end)
    return { ...engines, processes: { ...free, held: ofHeld, parts } }
  } finally {
    await server.stop()
    await redis?.stop()
  }
}

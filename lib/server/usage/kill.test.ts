import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as elapse } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { Operation } from '#lib/contract/operations.ts'
import type { Meter } from '#lib/contract/usage.ts'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import type { Caller } from '../caller.ts'
import { direct } from '../db/database.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { report } from './report.ts'
import { counted as allCounted } from './shards/counted.ts'

// The proof that a request which was answered is counted, once, whatever happens to the server: it is killed at random
// moments of a load, and what it had answered by then is compared with what its database has. USAGE_KILLS=n: more of them.

vi.setConfig({ testTimeout: 120_000 })

const kills = Number(process.env.USAGE_KILLS || (isOnPostgresql ? 1 : 2))
const connections = 16
const begins = { register: 'passkeys.register.begin', authenticate: 'passkeys.authenticate.begin' } as const
const finishes = { register: 'passkeys.register.finish', authenticate: 'passkeys.authenticate.finish' } as const
const operations: Operation[] = ['tenant.read', ...Object.values(begins), ...Object.values(finishes)]
const meterOf: Partial<Record<Meter, Operation>> = {
  'passkey.registered': finishes.register,
  'passkey.authenticated': finishes.authenticate,
  'token.issued': finishes.authenticate,
}
const meterNames = Object.keys(meterOf) as Meter[]

interface LoadKey {
  id: string
  secret: string
  /** Its environment’s, to ask for the figures. */
  caller: Caller
}

/** What was asked of one operation with one key, as the client saw it; or what the server counted. */
interface Tally {
  asked: number
  /** The answer's head was read. */
  answered: number
  /** It was 2xx. */
  good: number
}

const settings = { DATA_DIR: env().dataDir, PORT: String(await freePort()) }
const keys = (await Promise.all(['one', 'other'].map(keysOfNewTenant))).flat()

/** Two keys of a new tenant that may ask often enough for a load. */
async function keysOfNewTenant(slug: string): Promise<LoadKey[]> {
  const { id } = await createTenant({ name: slug, slug })
  const caller = await actFor(id, 'live')
  const newKey = () =>
    createKey(caller, { name: 'load', tier: 'enterprise', scopes: ['passkeys:register', 'passkeys:authenticate'] })
  return Promise.all([newKey(), newKey()]).then((made) => made.map(({ id, secret }) => ({ id, secret, caller })))
}

/** A load on a server: each connection asks again and again with one key, until it is told to end or the server is gone. */
class Load {
  readonly tallies = new Map(
    keys.flatMap(({ id }) =>
      operations.map((operation): [string, Tally] => [`${id} ${operation}`, { asked: 0, answered: 0, good: 0 }]),
    ),
  )
  /** Each key has had an answer of its load. */
  readonly begun = Promise.withResolvers<void>()
  readonly #baseUrl: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections })
  readonly #ended: Promise<unknown>
  #ending = false
  /** Set when the server is about to be killed: from then on requests may fail. */
  dying = false

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
    this.#ended = Promise.all(
      Array.from({ length: connections }, (_, index) => this.#work(keys[index % keys.length] as LoadKey)),
    )
    this.#ended.catch(this.begun.reject)
  }

  /** Lets every request that is under way end. */
  async end(): Promise<void> {
    this.#ending = true
    await this.#ended
    this.#agent.destroy()
  }

  async #work(key: LoadKey): Promise<void> {
    const authenticator = new SoftwareAuthenticator({ origin: this.#baseUrl })
    const username = crypto.randomUUID()
    const passkeys = (path: string) => `/v1/passkeys/${path}`
    try {
      const registration = await this.#ask(key, begins.register, passkeys('register/begin'), { username })
      const credential = authenticator.create(registration.publicKey)
      const { ceremonyId } = registration
      await this.#ask(key, finishes.register, passkeys('register/finish'), { ceremonyId, credential })
      while (!this.#ending) {
        await this.#ask(key, 'tenant.read', '/v1/tenant')
        const begun = await this.#ask(key, begins.authenticate, passkeys('authenticate/begin'), { username })
        const assertion = { ceremonyId: begun.ceremonyId, credential: authenticator.get(begun.publicKey) }
        await this.#ask(key, finishes.authenticate, passkeys('authenticate/finish'), assertion)
        // The same again is refused, by the handler.
        await this.#ask(key, finishes.authenticate, passkeys('authenticate/finish'), assertion)
        const another = await this.#ask(key, begins.register, passkeys('register/begin'), {
          username: crypto.randomUUID(),
        })
        await this.#ask(key, finishes.register, passkeys('register/finish'), {
          ceremonyId: another.ceremonyId,
          credential: authenticator.create(another.publicKey),
        })
      }
    } catch (error) {
      if (!this.dying) throw error
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: the answers’ own suites check them
  #ask({ id, secret }: LoadKey, operation: Operation, path: string, body?: object): Promise<any> {
    const tally = this.tallies.get(`${id} ${operation}`) as Tally
    const headers = { 'X-API-Key': secret, ...(body ? { 'Content-Type': 'application/json' } : {}) }
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, method: body ? 'POST' : 'GET', headers }
      const outgoing = request(`${this.#baseUrl}${path}`, options, (incoming) => {
        const { statusCode = 0 } = incoming
        tally.answered++
        if (statusCode < 300) tally.good++
        // What never reaches a handler is not counted: none of it is in the load.
        if (![200, 201, 400].includes(statusCode)) reject(new Error(`${operation} was answered ${statusCode}`))
        if (keys.every((key) => this.tallies.get(`${key.id} tenant.read`)?.answered)) this.begun.resolve()
        text(incoming).then((json) => resolve(JSON.parse(json)), reject)
      })
      tally.asked++
      outgoing.once('error', reject).end(body && JSON.stringify(body))
    })
  }
}

/** What the database has: requests by key and operation, and meters by key. */
async function counted(): Promise<Map<string, number>> {
  const sql = `SELECT "keyId", "operation", SUM("requests") AS "requests" FROM ${allCounted} GROUP BY 1, 2`
  const rows = await (await direct()).all<{ keyId: string; operation: string; requests: number }>(sql)
  const all = new Map(rows.map(({ keyId, operation, requests }) => [`${keyId} ${operation}`, requests]))
  for (const { id, caller } of keys) {
    const { meters } = await report(caller, { groupBy: 'key' })
    const row = meters.data.find(({ key }) => key === id)
    for (const meter of meterNames) all.set(`${id} ${meter}`, row?.[meter] ?? 0)
  }
  return all
}

/** Puts a server under load for a while and ends both. Each line: at least, counted, at most. */
async function round(milliseconds: number, signal: 'SIGKILL' | 'SIGTERM') {
  const before = await counted()
  const server = await serve('start', settings)
  const load = new Load(server.baseUrl)
  await load.begun.promise
  await elapse(milliseconds)
  if (signal === 'SIGKILL') {
    load.dying = true
    await server.stop(signal)
    await load.end()
  } else {
    await load.end()
    await server.stop(signal)
  }
  const after = await counted()
  const difference = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  const lines = keys.flatMap(({ id }) => {
    const line = (name: string, operation: Operation, of: 'answered' | 'good') => {
      const tally = load.tallies.get(`${id} ${operation}`) as Tally
      const inFlight = tally.asked - tally.answered
      return { name, least: tally[of], counted: difference(`${id} ${name}`), most: tally[of] + inFlight }
    }
    return [
      ...operations.map((operation) => line(operation, operation, 'answered')),
      ...meterNames.map((meter) => line(meter, meterOf[meter] as Operation, 'good')),
    ]
  })
  return lines
}

test.each(Array.from({ length: kills }, (_, at) => at + 1))(
  'what was answered before a kill is counted, and no more than was in flight: kill %i',
  async () => {
    const lines = await round(300 + Math.random() * 900, 'SIGKILL')
    expect(lines.filter(({ least, counted, most }) => counted < least || counted > most)).toEqual([])
    expect(lines.reduce((all, { least, most }) => all + most - least, 0)).toBeGreaterThan(0)
    expect(lines.filter(({ name }) => name === 'tenant.read').every(({ least }) => least > 0)).toBe(true)
  },
)

test('without a kill what was answered is counted exactly', async () => {
  const lines = await round(500, 'SIGTERM')
  expect(lines.filter(({ least, counted, most }) => counted !== least || counted !== most)).toEqual([])
  expect(lines.every(({ least }) => least > 0)).toBe(true)
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapse } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { scopeNames } from '#lib/contract/scopes.ts'
import { clientOf } from '../../server/api/suite/harness.ts'
import { apiUrl, newService } from '../../server/api/suite/oauth-test-clients.ts'
import { closeDatabase, direct } from '../../server/db/database.ts'
import { env } from '../../server/env.ts'
import { createKey } from '../../server/keys/make-key.ts'
import { mpcServiceToken } from '../../server/service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../../server/tenants/tenants.ts'
import { rotate } from '../../server/tokens/signing-keys.ts'
import { counted } from '../../server/usage/shards/counted.ts'
import { startDeployedNginx } from '../deployed-nginx.ts'
import { startIssuer } from '../issuer.ts'
import { nginxCommand } from '../nginx-server.ts'
import { redisCommand, startRedis } from '../redis-server.ts'
import { selfSigned } from '../self-signed.ts'
import { freePort, serve } from '../serve.ts'
import { serveApi } from '../serve-api.ts'
import { serveMpc } from '../serve-mpc.ts'
import { acts, type Stage } from './acts.ts'
import { Asker } from './asker.ts'
import { compare } from './compare.ts'
import { Journal } from './journal.ts'
import { migrateAsLater } from './later-migration.ts'
import { own } from './own-postgresql.ts'
import { type Paces, pacesOf } from './paces.ts'
import { signer } from './signers.ts'
import { isWhole, of } from './whole.ts'

// The whole of a deployment on one machine: nginx as deploy/ has it, web processes and two MPC servers on a PostgreSQL and a
// Redis, under load, while one after the other of them fails. Whole, there are two web servers of two processes each, for two
// minutes; short, two processes without pages, once through.

vi.setConfig({ testTimeout: of(300_000, 900_000), hookTimeout: 120_000 })

const missing = Object.entries({ PostgreSQL: own, Redis: redisCommand, nginx: nginxCommand })
const lacking = missing.flatMap(([name, there]) => (there ? [] : [name]))
if (lacking.length > 0) console.info(`What stands behind nginx is not tried: ${lacking.join(' and ')} is not here.`)

const stops: (() => unknown)[] = []
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
})

interface Ended {
  readonly output: readonly string[]
  stop(signal: NodeJS.Signals): Promise<unknown>
}

/** One of several processes, each at a port of its own. */
class Servers {
  readonly #begin: (port: number) => Promise<Ended>
  readonly #all: { port: number; running: Ended | undefined }[]
  readonly #outputs: (readonly string[])[] = []

  constructor(ports: readonly number[], begin: (port: number) => Promise<Ended>) {
    this.#begin = begin
    this.#all = ports.map((port) => ({ port, running: undefined }))
    stops.push(() => Promise.all(this.#all.map(({ running }) => running?.stop('SIGKILL'))))
  }

  async begin(): Promise<void> {
    for (const one of this.#all) one.running = await this.#begun(one.port)
  }

  /** Kills one, and begins it again. */
  async kill(which: number): Promise<void> {
    const one = this.#all[which]
    if (!one) return
    await one.running?.stop('SIGKILL')
    one.running = undefined
    await elapse(of(200, 3_000))
    one.running = await this.#begun(one.port)
  }

  /** What they logged as errors. */
  complaints(): string {
    const lines = this.#outputs.flatMap((output) => output.join('').split('\n'))
    return lines.filter((line) => /"level":[56]0/.test(line)).join('\n')
  }

  async #begun(port: number): Promise<Ended> {
    const server = await this.#begin(port)
    this.#outputs.push(server.output)
    return server
  }
}

test.skipIf(lacking.length > 0)(
  'whatever fails behind nginx, what was answered is there, and what was not can be asked for again',
  async () => {
    const { server: postgresql, auth, mpc: mpcPlace } = own as NonNullable<typeof own>
    stops.push(() => postgresql.stop(), closeDatabase)
    const directory = mkdtempSync(join(tmpdir(), 'playground-chaos-'))
    stops.push(() => rmSync(directory, { recursive: true, force: true }))
    const tls = selfSigned(directory, ['localhost', 'test.localhost'])
    const ca = readFileSync(tls.certificate, 'utf8')
    const [port, web1, web2, mpc1, mpc2, nobody] = (await Promise.all(Array.from({ length: 6 }, freePort))) as [
      ...[number, number, number, number, number, number],
    ]
    let redis = await startRedis()
    stops.push(() => redis.stop())
    const issuer = await startIssuer()
    stops.push(issuer.stop)

    const { id: tenantId } = await createTenant({ name: 'Shop', slug: 'shop' })
    const caller = await actFor(tenantId, 'live')
    const key = await createKey(caller, { name: 'load', tier: 'enterprise', scopes: [...scopeNames] })
    const { id: paymentMethodId } = await clientOf(key.secret).account.paymentMethods.create({ label: 'Invoice' })
    const service = await newService({ tenantId })

    const common = {
      BASE_URL: 'http://localhost:3000',
      DEMO: 'off',
      REDIS_URL: redis.url,
      TRUSTED_PROXIES: '127.0.0.1',
      NODE_COMPILE_CACHE: `${env().dataDir}/compiled`,
    }
    const web = new Servers([web1, web2], (at) =>
      isWhole
        ? serve('start', { ...common, DATA_DIR: env().dataDir, WORKERS: '2', PORT: String(at) })
        : serveApi(env().dataDir, { ...common, PORT: String(at) }),
    )
    const ofMpc = {
      MPC_ISSUER: issuer.url,
      MPC_ENVIRONMENTS: 'live',
      DATA_DIR: env().dataDir,
      MPC_USAGE_URL: `http://localhost:${web2}/v1/usage/events`,
      MPC_USAGE_TOKEN: await mpcServiceToken(),
    }
    const mpc = new Servers([mpc1, mpc2], (at) => serveMpc({ ...ofMpc, MPC_PORT: String(at) }))
    await Promise.all([web.begin(), mpc.begin()])
    const to = { web: [web1, web2], mpcLive: [mpc1, mpc2], mpcTest: [nobody, nobody] } as const
    const log = join(directory, 'calls.log')
    const nginx = await startDeployedNginx({ port, host: 'localhost', ...to, tls, log, anyRate: true })
    stops.push(nginx.stop)

    const journal = new Journal()
    const paces = pacesOf()
    let over = false
    const ended = () => over
    const stage: Stage = {
      ...{ server: new Timed(journal, `https://localhost:${port}`, ca, paces), journal, key, paymentMethodId, ended },
      origin: 'http://localhost:3000',
      newCode: () => Promise.reject(new Error('Nobody consents here.')),
      service: {
        client_id: service.clientId,
        client_secret: service.clientSecret ?? '',
        resource: apiUrl,
        scope: 'usage:read',
      },
    }
    const people = Array.from({ length: of(1, 4) }, () => acts.people)
    const load = [...people, acts.keepers, acts.payers, acts.services].map((act) => act(stage))
    const azp = key.id
    const live = { aud: 'mpc-server', environment: 'live', providerTenantId: tenantId, azp }
    const url = `https://localhost:${port}`
    const signers = Array.from({ length: of(1, 2) }, () => signer({ issuer, url, journal, ended }, live))
    const all = Promise.all([...load, ...signers])
    all.catch(() => undefined)

    /** Each kind of act is done again, from now on. */
    async function goesOn(after: string): Promise<void> {
      const kinds = ['registration', 'sign-in', 'rotation', 'top-up', 'token', 'signature']
      const before = new Map(journal.done)
      const idle = () => kinds.filter((kind) => (journal.done.get(kind) ?? 0) <= (before.get(kind) ?? 0))
      const done = () => [...journal.done].map(([act, times]) => `${times} × ${act}`).join(', ')
      const told = () =>
        `after ${after}: ${done()}\n${journal.wrong.length > 0 ? web.complaints() + mpc.complaints() : ''}`
      await vi.waitFor(() => expect([journal.wrong.slice(0, 9), idle()], told()).toEqual([[], []]), {
        timeout: 120_000,
        interval: 100,
      })
    }

    const faults: Record<string, () => Promise<unknown>> = {
      'a web server is killed': () => web.kill(0),
      'an MPC server is killed': () => mpc.kill(1),
      'signing keys rotate': () => Promise.all([rotate(), issuer.rotate()]),
      'a later version migrates': () =>
        Promise.all([
          migrateAsLater(auth, 'auth', ['Tenant', 'ApiKey', 'User', 'Passkey', 'Ceremony', 'UsageShard', 'SigningKey']),
          migrateAsLater(mpcPlace, 'mpc', ['Key', 'Session', 'UsageEvent']),
        ]),
      'Redis stops': async () => {
        await redis.stop()
        await elapse(of(200, 5_000))
        redis = await startRedis({ port: redis.port })
      },
      'PostgreSQL stops': async () => {
        await postgresql.kill()
        await elapse(of(500, 10_000))
        await postgresql.start()
      },
      'the other web server is killed': () => web.kill(1),
      'the other MPC server is killed': () => mpc.kill(0),
    }
    await goesOn('the beginning')
    const until = performance.now() + of(0, 120_000)
    do {
      for (const [name, happen] of Object.entries(faults).slice(0, of(6, 8))) {
        await paces.around(name, happen)
        await goesOn(name)
      }
    } while (performance.now() < until)
    over = true
    await all
    const signed = await Promise.all(signers)

    await compare(journal, tenantId, ['tenant.read'])
    const [asked, answered] = [
      signed.reduce((sum, one) => sum + one.asked, 0),
      signed.reduce((sum, one) => sum + one.answered, 0),
    ]
    const sql = `SELECT COALESCE(SUM("requests"), 0) AS "requests" FROM ${counted}
    WHERE "tenantId" = ? AND "operation" = 'mpc.sign.finish' AND "outcome" = 'ok'`
    const signatures = async () => (await (await direct()).first<{ requests: number }>(sql, tenantId))?.requests ?? 0
    await expect.poll(signatures, { timeout: 120_000, interval: 200 }).toBeGreaterThanOrEqual(answered)
    expect(await signatures()).toBeLessThanOrEqual(asked)
    console.info([...journal.done].map(([act, times]) => `${times} × ${act}`).join(', '))
    paces.judge()
  },
)

/** Notes how long answers take. */
class Timed extends Asker {
  readonly #paces: Paces

  constructor(journal: Journal, url: string, ca: string, paces: Paces) {
    super(journal, url, ca)
    this.#paces = paces
  }

  protected override heard(milliseconds: number): void {
    this.#paces.note(milliseconds)
  }
}

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../setup/postgresql-server.ts'
import { closeDatabase, database } from '../db/database.ts'
import { env } from '../env.ts'
import { type Answer, expectProblem, newTenant, send } from './suite/harness.ts'
import { OAuthBrowser } from './suite/oauth-harness.ts'
import { type App, apiUrl, askToken, authorizationUrl, newApp, newService, post } from './suite/oauth-test-clients.ts'

// On a database of its own: its server is ended and hangs here.

vi.setConfig({ testTimeout: 60_000 })

let server: PostgresqlServer
let home: Awaited<ReturnType<typeof newTenant>>
let app: App
let service: App
let accessToken: string

describe.runIf(postgresqlPrograms())('a PostgreSQL server that is away', () => {
  beforeAll(async () => {
    server = await startPostgresql({ fsync: 'off' })
    process.env.ROOT_SECRET = 'a secret of tests, at least 32 characters'
    env().database = { engine: 'postgresql', url: await server.create('auth') }
    home = await newTenant({ scopes: ['passkeys:register', 'passkeys:authenticate', 'keys:manage', 'usage:read'] })
    service = await newService()
    app = await newApp({ tenantId: service.tenantId })
    await home.client.tenant()
    await authorize()
    const asked = { grant_type: 'client_credentials', resource: apiUrl, scope: 'usage:read' }
    accessToken = (await askToken(service, asked)).body.access_token
  })
  afterAll(async () => {
    await closeDatabase()
    await server.stop()
  })

  const json = (method: string, path: string, body?: object) =>
    send(method, path, {
      headers: { 'X-API-Key': home.key.secret, 'Content-Type': 'application/json', Origin: 'http://localhost:3000' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  const tokens = () =>
    askToken(service, { grant_type: 'client_credentials', resource: apiUrl }).then(({ status, body, headers }) => ({
      ...{ status, headers, body: { code: body.error } },
    }))
  const pushed = async () =>
    post('/oauth/par', Object.fromEntries(new URL((await authorizationUrl(app)).url).searchParams))

  async function authorize(): Promise<string> {
    const answer = await new OAuthBrowser().fetch((await authorizationUrl(app)).url)
    return `${answer.status} ${answer.headers.get('location')} ${await answer.text()}`
  }

  const requests: Record<string, () => Promise<Answer>> = {
    'a read of the API': () => json('GET', '/v1/tenant'),
    'a read of the API with an access token': () => {
      // As of a process that has not read the keys that sign for a while.
      delete (globalThis as { playgroundRing?: unknown }).playgroundRing
      return send('GET', '/v1/tenant', { headers: { Authorization: `Bearer ${accessToken}` } })
    },
    'a list': () => json('GET', '/v1/keys'),
    'a ceremony': () => json('POST', '/v1/passkeys/register/begin', { username: 'ada' }),
    'a new key': () => json('POST', '/v1/keys', { name: 'New', scopes: ['usage:read'] }),
    'a sign-in to the Console': () => json('POST', '/console/api/sign-in/begin'),
  }

  test.each([
    ['was ended', () => server.kill(), () => server.start()],
    ['hangs', async () => server.hang(), async () => server.goOn()],
  ] as const)(
    'one that %s: every request is answered as unavailable, and all goes on once it is back',
    async (_, end, back) => {
      const keys = (await json('GET', '/v1/keys')).body.data.length
      await end()
      const answers = await Promise.all(Object.values(requests).map((ask) => ask()))
      const refused = await Promise.all([tokens(), pushed()])
      const page = await authorize()
      expect((await send('GET', '/livez')).status).toBe(200)
      await expect.poll(async () => (await send('GET', '/readyz')).status).toBe(503)
      await back()
      for (const answer of answers) {
        expectProblem(answer, [503, 'unavailable'])
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      for (const { status, headers } of refused) {
        expect(status).toBe(503)
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      }
      expect(page).toContain('temporarily_unavailable')
      await expect.poll(async () => (await send('GET', '/readyz')).status).toBe(200)
      for (const ask of Object.values(requests)) expect((await ask()).status).toBeLessThan(300)
      expect([(await tokens()).status, (await pushed()).status]).toEqual([200, 201])
      expect(await authorize()).toContain('/interaction/')
      expect((await json('GET', '/v1/keys')).body.data).toHaveLength(keys + 1)
    },
  )

  test('a later version that migrates table by table, and whoever reads them in another order, both come to their end', async () => {
    const later = new pg.Client({ connectionString: server.urlOf('auth') })
    await later.connect()
    const lock = (table: string) => later.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`)
    await later.query('BEGIN')
    await lock('Tenant')
    const read = json('GET', '/v1/tenant')
    const keys = database().then(
      (db) => db.$queryRaw<{ keys: bigint }[]>`
      SELECT count(*) AS "keys" FROM "ApiKey" JOIN "Tenant" ON "Tenant"."id" = "ApiKey"."tenantId"`,
    )
    const waiting = `SELECT count(*)::int AS "readers" FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE relname = 'Tenant' AND NOT granted`
    await expect.poll(async () => (await later.query(waiting)).rows[0].readers, { timeout: 20_000 }).toBe(2)
    await lock('ApiKey')
    await later.query('COMMIT')
    await later.end()
    expect([(await read).status, Number((await keys)[0]?.keys)]).toEqual([200, expect.any(Number)])
  })

  test('what waited for a lock of one that hangs was refused, and is not done once it goes on', async () => {
    const [locker, watcher] = [0, 1].map(() => new pg.Client({ connectionString: server.urlOf('auth') }))
    if (!locker || !watcher) throw new Error('unreachable')
    for (const client of [locker, watcher]) client.on('error', () => {})
    await Promise.all([locker.connect(), watcher.connect()])
    const count = async (sql: string) =>
      (await watcher.query<{ count: number }>(`SELECT count(*)::int AS "count" FROM ${sql}`)).rows[0]?.count
    const waiting = () => count('pg_locks WHERE NOT granted')
    const ceremonies = () => count('"Ceremony"')
    const begun = await ceremonies()
    await locker.query('BEGIN')
    await locker.query('LOCK TABLE "Ceremony" IN EXCLUSIVE MODE')
    const asked = json('POST', '/v1/passkeys/register/begin', { username: 'grace' })
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1)
    server.hang()
    const refused = await asked
    server.goOn()
    expectProblem(refused, [503, 'unavailable'])
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    await locker.query('COMMIT')
    expect(await ceremonies()).toBe(begun)
    await expect.poll(async () => (await send('GET', '/readyz')).status).toBe(200)
    expect((await json('POST', '/v1/passkeys/register/begin', { username: 'grace' })).status).toBe(200)
    expect(await ceremonies()).toBe((begun ?? 0) + 1)
    await Promise.all([locker.end(), watcher.end()])
  })
})

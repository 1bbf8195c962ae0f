import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgbouncerCommand, startPgbouncer } from '../../setup/pgbouncer-server.ts'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../setup/postgresql-server.ts'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import { closeDatabase, openDatabase } from '../db/database.ts'
import { env } from '../env.ts'
import { baseUrl, newTenant, register, signIn } from './suite/harness.ts'

// The server's connections are PgBouncer's, which gives each transaction another of two connections to PostgreSQL.

let server: PostgresqlServer
let pooler: Awaited<ReturnType<typeof startPgbouncer>>

describe.runIf(pgbouncerCommand && postgresqlPrograms())('behind PgBouncer', () => {
  beforeAll(async () => {
    server = await startPostgresql({ fsync: 'off' })
    pooler = await startPgbouncer(await server.create('auth'))
    process.env.ROOT_SECRET = 'a secret of tests, at least 32 characters'
    env().database = { engine: 'postgresql', url: pooler.url }
    // Its migrations are made through it.
    await openDatabase()
  })
  afterAll(async () => {
    await closeDatabase()
    await pooler?.stop()
    await server?.stop()
  })

  test('what a connection keeps between two transactions is another’s or nobody’s', async () => {
    const clients = Array.from({ length: 6 }, () => new pg.Client({ connectionString: pooler.url }))
    await Promise.all(clients.map((client) => client.connect()))
    const named = { name: 'kept', text: 'SELECT 1' }
    const outcomes = await Promise.allSettled(
      clients.map(async (client) => {
        for (let time = 0; time < 3; time++) await client.query(named)
      }),
    )
    await Promise.all(clients.map((client) => client.end()))
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code)
    // “Prepared statement exists already”, or “does not exist”.
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.filter((code) => code !== '42P05' && code !== '26000')).toEqual([])
  })

  test('no sequence is left by the migrations', async () => {
    const client = new pg.Client({ connectionString: pooler.url })
    await client.connect()
    const { rows } = await client.query('SELECT "sequencename" FROM "pg_sequences"')
    await client.end()
    expect(rows).toEqual([])
  })

  test('many register and sign in at once, with passkeys that are kept, and keys are rotated', async () => {
    const home = await newTenant({
      type: 'live',
      scopes: ['passkeys:register', 'passkeys:authenticate', 'passkeys:manage', 'keys:manage'],
    })
    const users = Array.from({ length: 12 }, (_, at) => ({
      username: `user-${at}`,
      authenticator: new SoftwareAuthenticator({ origin: baseUrl }),
    }))
    await Promise.all(users.map(({ username, authenticator }) => register(home.client, authenticator, username)))
    const signedIn = await Promise.all(
      users.map(({ username, authenticator }) => signIn(home.client, authenticator, username)),
    )
    expect(signedIn.map(({ user }) => user.username)).toEqual(users.map(({ username }) => username))
    const { passkeys } = await home.stored()
    expect(passkeys.map(({ signCount }) => signCount)).toEqual(users.map(() => 1n))
    const made = await home.client.keys.create({ name: 'New', type: 'live', scopes: ['passkeys:register'] })
    const rotated = await Promise.all([1, 2, 3].map(() => home.client.keys.rotate(made.id)))
    expect(new Set(rotated.map(({ predecessorId }) => predecessorId))).toEqual(new Set([made.id]))
    const { data } = await home.client.keys.list()
    expect(data.filter(({ predecessorId }) => predecessorId === made.id)).toHaveLength(3)
  })
})

import { createPublicKey, randomUUID, verify } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Issuer, startIssuer } from '../../setup/issuer.ts'
import { mpcUser } from '../../setup/mpc-user.ts'
import { pgbouncerCommand, startPgbouncer } from '../../setup/pgbouncer-server.ts'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../setup/postgresql-server.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// The MPC server's connections are PgBouncer's, which gives each transaction another of two connections to PostgreSQL.

describe.runIf(pgbouncerCommand && postgresqlPrograms())('the MPC server behind PgBouncer', () => {
  let server: PostgresqlServer
  let pooler: Awaited<ReturnType<typeof startPgbouncer>>
  let issuer: Issuer
  let mpc: Awaited<ReturnType<typeof serveMpc>>

  beforeAll(async () => {
    server = await startPostgresql({ fsync: 'off' })
    pooler = await startPgbouncer(await server.create('mpc'))
    issuer = await startIssuer()
    // Its migrations are made through it.
    mpc = await serveMpc({
      MPC_ISSUER: issuer.url,
      MPC_DATABASE_URL: pooler.url,
      MPC_SECRET: 'another secret of tests, at least 32 characters',
      MPC_USAGE_TOKEN: 'st_mpc_of-this-test',
    })
  })
  afterAll(async () => {
    await mpc?.stop()
    await issuer?.stop()
    await pooler?.stop()
    await server?.stop()
  })

  test('many make keys at once and sign with them, each signature counted by its key and as usage', async () => {
    const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
    const azp = randomUUID()
    const users = await Promise.all(
      Array.from({ length: 6 }, () => mpcUser(issuer, mpc.url, { sub: `usr_${randomUUID()}`, azp })),
    )
    const made = await Promise.all(
      users.map(async (user) => {
        const key = await user.makeKey()
        const signatures = await Promise.all([1, 2].map(() => user.signed(key, message)))
        const { key: kept } = await user.keys.get({ keyId: key.id }, user.headers())
        return { id: key.id, signatures, kept }
      }),
    )
    for (const { signatures, kept } of made) {
      expect(kept?.signatures).toBe(2n)
      const x = Buffer.from(kept?.publicKey ?? []).toString('base64url')
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
      expect(signatures.map((signature) => verify(null, message, publicKey, signature))).toEqual([true, true])
    }
    const lists = await Promise.all(users.map(({ keys, headers }) => keys.list({}, headers())))
    expect(lists.map(({ keys }) => keys.map(({ id }) => id))).toEqual(made.map(({ id }) => [id]))
    // Two calls of a key's making, two of each signature, one to get it and one to list it.
    await expect.poll(() => issuer.usage.filter(({ data }) => data.azp === azp).length).toBe(6 * 8)
  })

  test('no sequence is left by the migrations', async () => {
    const client = new pg.Client({ connectionString: pooler.url })
    await client.connect()
    const { rows } = await client.query('SELECT "sequencename" FROM "pg_sequences"')
    await client.end()
    expect(rows).toEqual([])
  })
})

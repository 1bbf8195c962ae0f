import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Issuer, startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../setup/postgresql-server.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// A PostgreSQL of its own: it is ended and hangs here.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describe.runIf(postgresqlPrograms())('an MPC server whose PostgreSQL server is away', () => {
  const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
  let server: PostgresqlServer
  let issuer: Issuer
  let mpc: Awaited<ReturnType<typeof serveMpc>>

  // On a busy machine a server may be away for a moment without having been ended.
  const sooner = <Result>(work: () => Promise<Result>) => vi.waitFor(work, { timeout: 30_000 })

  beforeAll(async () => {
    server = await startPostgresql({ fsync: 'off' })
    issuer = await startIssuer()
    mpc = await serveMpc({
      MPC_ISSUER: issuer.url,
      MPC_DATABASE_URL: await server.create('mpc'),
      MPC_SECRET: 'another secret of tests, at least 32 characters',
    })
  })
  afterAll(async () => {
    await mpc?.stop()
    await issuer?.stop()
    await server?.stop()
  })

  test.each([
    ['was ended', () => server.kill(), () => server.start()],
    ['hangs', async () => server.hang(), async () => server.goOn()],
  ] as const)(
    'one that %s: calls are refused as unavailable, with when to try again; all goes on once it is back',
    async (_, end, back) => {
      const user = await mpcUser(issuer, mpc.url)
      const made = await sooner(() => user.makeKey())
      await sooner(() => user.signed(made, message))
      await end()
      const calls = [
        user.keys.list({}, user.headers()),
        user.keys.get({ keyId: made.id }, user.headers()),
        user.keys.freeze({ keyId: made.id }, user.headers()),
        user.beginSignature(made, message),
      ]
      const refused = await Promise.all(calls.map(refusalOf))
      await back()
      for (const one of refused)
        expect(one).toMatchObject({
          code: 'Unavailable',
          reason: 'unavailable',
          retryAfter: expect.stringMatching(/^[1-9]/),
        })

      const get = async () => (await user.keys.get({ keyId: made.id }, user.headers())).key
      const { signatures = 0n, frozen } = (await sooner(get)) ?? {}
      expect([signatures >= 1n, frozen]).toEqual([true, false])
      expect(await sooner(() => user.signed(made, message))).toHaveLength(64)
      expect(((await sooner(get))?.signatures ?? 0n) > signatures).toBe(true)
      expect([mpc.child.exitCode, mpc.child.signalCode]).toEqual([null, null])
    },
  )
})

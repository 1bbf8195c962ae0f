import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeDatabase } from '../../server/db/database.ts'
import { examine } from '../../server/doctor/doctor.ts'
import { env } from '../../server/env.ts'
import { postgresqlPrograms } from '../postgresql.mjs'
import { serveApi } from '../serve-api.ts'
import { expectFull, expectHealed, expectReads, expectRefused, newShop, outlast, type Shop } from './refusing.ts'
import { hasOwnDisk, type RefusingPostgresql, refusingPostgresql } from './refusing-postgresql.ts'
import { expectBalanced } from './sound.ts'
import { isWhole } from './whole.ts'

// A server whose PostgreSQL refuses for a while, as those see it who ask it meanwhile. It has a database server of its own.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

describe.runIf(postgresqlPrograms())('a PostgreSQL that refuses', () => {
  let postgresql: RefusingPostgresql
  let server: Awaited<ReturnType<typeof serving>>
  let shop: Shop

  const serving = () =>
    serveApi(env().dataDir, { DATABASE_URL: postgresql.url, BASE_URL: 'http://localhost:3000', DEMO: 'off' })

  beforeAll(async () => {
    postgresql = await refusingPostgresql('auth')
    process.env.ROOT_SECRET = 'a secret of tests, at least 32 characters'
    env().database = { engine: 'postgresql', url: postgresql.url }
    server = await serving()
    shop = await newShop(server.url)
  })
  afterAll(async () => {
    expect(await server?.stop('SIGTERM')).toBe(0)
    await expectBalanced()
    await closeDatabase()
    await postgresql?.stop()
  })

  /** Asserts what the doctor finds, who comes to the database afresh. */
  async function expectFound(said: RegExp, remedy: RegExp): Promise<void> {
    await closeDatabase()
    expect((await examine()).find(({ check }) => check === 'database')).toEqual({
      ...{ check: 'database', status: 'failed' },
      ...{ said: expect.stringMatching(said), remedy: expect.stringMatching(remedy) },
    })
    await closeDatabase()
  }

  test('read-only: all that writes is refused, and the log and the doctor say why', async () => {
    const meanwhile = () => expectFound(/cannot be used: it may only be read/, /the server that takes writes/)
    await outlast(server.url, shop, postgresql.readOnly, { meanwhile })
    expect(server.output.join('')).toMatch(/read-only transaction.*unavailable: requests are refused/)
  })

  test.runIf(isWhole)('read-only: a standby is no other, and no server starts on it, which says why', async () => {
    const meanwhile = async () => {
      await expectFound(/cannot be used: it may only be read/, /the server that takes writes/)
      await expect(serving()).rejects.toThrow(/cannot be used: it may only be read/)
    }
    await outlast(server.url, shop, postgresql.standby, { meanwhile })
  })

  test('lock: another process’s is waited for beside the loop, and then said; what was refused is not done later', async () => {
    await outlast(server.url, shop, postgresql.locked, { milliseconds: 20_000, patience: 13_000 })
    // None of those that were refused was begun later.
    const [{ count } = { count: 0 }] = await postgresql.rows<{ count: number }>(
      'SELECT count(*)::int AS "count" FROM "Ceremony"',
    )
    expect(count).toBe(shop.done.get('a ceremony'))
  })

  test.runIf(hasOwnDisk)(
    'disk: once it is full what finds no room is refused, and nothing that was answered is lost',
    async () => {
      await expectHealed(server.url, shop)
      const makeRoom = postgresql.full()
      await expectFull(server.url, shop)
      await makeRoom()
      await expectHealed(server.url, shop)
    },
  )

  test('damage: what stands on pages that were overwritten is refused and said, and all else goes on', async () => {
    await expectHealed(server.url, shop)
    const putBack = await postgresql.damaged('TopUp', 'Ceremony')
    const { 'a top-up': topUp, 'a ceremony': ceremony, ...others } = shop.writes
    for (const [what, write] of Object.entries(others))
      await expect.poll(async () => [what, (await write()).code]).toEqual([what, undefined])
    for (let times = 0; times < 10; times++) {
      // At once: what shares a commit or a round trip with them is not refused with them.
      const refused = [topUp?.(), ceremony?.()]
      const answers = Object.entries(others).map(async ([what, write]) => [what, (await write()).code])
      expect(await Promise.all(answers)).toEqual(Object.keys(others).map((what) => [what, undefined]))
      for (const answer of await Promise.all(refused)) if (answer) expectRefused('what stands there', answer)
    }
    await expectReads(server.url, ['/readyz', '/livez'])
    expect(server.output.join('')).toMatch(/a page of it is damaged.*invalid page in block 0.*requests are refused/)
    await expectFound(/is damaged: its server has met [1-9]\d* pages with a wrong checksum/, /the last backup/)
    await putBack()
    await postgresql.rows('SELECT pg_stat_reset()')
    await expectHealed(server.url, shop)
  })

  test.runIf(isWhole)(
    'damage: pages that nobody has met are found, and those that a start needs start no server',
    async () => {
      const [putBack, putBackToo] = [
        await postgresql.damaged('PaymentMethod'),
        await postgresql.damaged('_prisma_migrations'),
      ]
      await expectFound(/cannot be used: a page of it is damaged/, /the last backup/)
      await expect(serving()).rejects.toThrow(/cannot be used: a page of it is damaged.*put the last backup back/)
      await putBackToo()
      await postgresql.rows('SELECT pg_stat_reset()')
      await expectFound(/is damaged: invalid page in block 0/, /the last backup/)
      await putBack()
      await expectHealed(server.url, shop)
    },
  )
})

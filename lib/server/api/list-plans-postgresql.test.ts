import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migratePostgresql } from '../../../prisma/migrate-postgresql.ts'
import { modelsOf } from '../../../prisma/to-models.ts'
import { beginAsking, statementsAsked, walks, walksAmongMuch } from '../../setup/list-plans.ts'
import { openOrders } from '../../setup/open-orders.ts'
import { postgresqlPrograms } from '../../setup/postgresql.mjs'
import { type PostgresqlServer, startPostgresql } from '../../setup/postgresql-server.ts'
import { rowsOfOthers } from '../../setup/rows-of-others.ts'

// A file of its own: a process has one database.

describe.skipIf(!postgresqlPrograms())('on PostgreSQL', { timeout: 120_000 }, () => {
  let server: PostgresqlServer
  let url: string

  beforeAll(async () => {
    server = await startPostgresql({ fsync: 'off', full_page_writes: 'off' })
    // A machine that is busy with tests is no server that is away.
    url = `${await server.create('lists')}&connect_timeout=30`
    await migratePostgresql(url, join(process.cwd(), 'prisma/auth/postgresql/migrations'))
    await rowsOfOthers(url)
    Object.assign(process.env, {
      DATABASE_URL: url,
      ROOT_SECRET: 'a secret of tests, at least 32 characters',
      DEMO: 'on',
    })
  })
  afterAll(async () => {
    const { closeDatabase } = await import('../db/database.ts')
    await closeDatabase()
    await server?.stop()
  })

  test('no list and no search of the API and the Console goes through a table', async () => {
    const { askEveryList } = await import('../../setup/every-list.ts')
    const answers = await askEveryList()
    expect(answers.filter(({ status }) => status !== 200 && status !== 404)).toEqual([])
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(70)
    const { questions, steps } = await walks({ engine: 'postgresql', url })
    expect(questions).toBeGreaterThan(100)
    expect(steps).toEqual([])
    expect(await walksAmongMuch(url)).toEqual([])
    expect(openOrders(modelsOf('auth'), statementsAsked())).toEqual([])
  })

  test('nothing that a user, their browser or an app of theirs asks goes through a table', async () => {
    const { askAllOfUsers } = await import('../../setup/every-read-of-users.ts')
    expect((await askAllOfUsers()).filter(({ status }) => status !== 200)).toEqual([])
    const { questions, steps } = await walks({ engine: 'postgresql', url })
    expect(questions).toBeGreaterThan(20)
    expect(steps).toEqual([])
    expect(await walksAmongMuch(url)).toEqual([])
    expect(openOrders(modelsOf('auth'), statementsAsked())).toEqual([])
  })

  test('one that goes through a table is found, and one that walks along an index that leads nowhere', async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const ask = async (sql: string) => {
      beginAsking()
      await client.query(sql, ['x'])
      return [...(await walks({ engine: 'postgresql', url })).steps, ...(await walksAmongMuch(url))]
    }
    const found = [
      await ask('SELECT "id" FROM "User" WHERE "displayName" = $1'),
      await ask('SELECT "id" FROM "User" WHERE "displayName" = $1 ORDER BY "id" LIMIT 1'),
    ]
    await client.end()
    // By the planner's own choice for this value, and for any.
    const ofUsers = new Array(3).fill(expect.objectContaining({ table: 'User' }))
    expect(found).toEqual([ofUsers, ofUsers])
  })
})

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { PrismaClient } from '../../../prisma/auth/sqlite/generated/client.ts'
import { migrate } from '../../../prisma/migrate.ts'
import { runScript } from '../../setup/run-script.ts'

let file: string
const clients: PrismaClient[] = []

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'playground-exclusive-')), 'x.db')
  migrate(file)
})
afterEach(() => Promise.all(clients.splice(0).map((client) => client.$disconnect())))

function connect(patience?: number): PrismaClient {
  const client = new PrismaClient({
    adapter: exclusive(new PrismaBetterSqlite3({ url: `file:${file}`, timeout: 10 }), undefined, patience),
  })
  clients.push(client)
  return client
}

const tenant = (slug: string) => ({ data: { id: slug, slug, name: slug } })
const slugs = async (client: PrismaClient) =>
  (await client.tenant.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug)

test('a query from elsewhere is not undone with a transaction that it came into', async () => {
  const db = connect()
  const within = Promise.withResolvers<void>()
  const transaction = db.$transaction(async (tx) => {
    await tx.tenant.create(tenant('undone'))
    within.resolve()
    // The event loop turns here: the query below is sent while the transaction is open.
    await tx.tenant.findMany()
    throw new Error('no')
  })
  await within.promise
  const outside = db.tenant.create(tenant('kept'))
  await expect(transaction).rejects.toThrow('no')
  await outside
  expect(await slugs(db)).toEqual(['kept'])
})

test('a query from elsewhere sees nothing that was not committed', async () => {
  const db = connect()
  const within = Promise.withResolvers<void>()
  const transaction = db.$transaction(async (tx) => {
    await tx.tenant.create(tenant('one'))
    within.resolve()
    await tx.tenant.create(tenant('two'))
  })
  await within.promise
  const seen = await slugs(db)
  await transaction
  expect([[], ['one', 'two']]).toContainEqual(seen)
  expect(await slugs(db)).toEqual(['one', 'two'])
})

/** What each of many processes does: 10 times, reads a number and writes the next. */
const counting = `
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3')
  const { PrismaClient } = await import('./prisma/auth/sqlite/generated/client.ts')
  const { exclusive } = await import('./lib/foundation/exclusive-adapter.ts')
  const db = new PrismaClient({ adapter: exclusive(new PrismaBetterSqlite3({ url: 'file:' + process.env.FILE, timeout: 10 }), undefined, 15000) })
  const where = { id: 'sum' }
  const increment = () => db.$transaction(async (tx) => {
    const { name } = await tx.tenant.findUniqueOrThrow({ where })
    await tx.tenant.update({ where, data: { name: String(Number(name) + 1) } })
  }, { maxWait: 15000, timeout: 15000 })
  await Promise.all(Array.from({ length: 10 }, increment))
  await db.$disconnect()`

test('what a transaction reads stays true until it commits, whichever process else writes', async () => {
  const db = connect()
  await db.tenant.create({ data: { id: 'sum', slug: 'sum', name: '0' } })
  const args = ['--eval', counting]
  const runs = await Promise.all(
    Array.from({ length: 3 }, () => runScript('--input-type=module', args, { FILE: file })),
  )
  expect(runs.map(({ code, stderr }) => code === 0 || stderr)).toEqual([true, true, true])
  expect((await db.tenant.findUniqueOrThrow({ where: { id: 'sum' } })).name).toBe('30')
})

test('a transaction that failed lets the next one begin', async () => {
  const db = connect()
  for (let turn = 0; turn < 3; turn++) {
    await expect(
      db.$transaction(async (tx) => {
        await tx.tenant.create(tenant('twice'))
        await tx.tenant.create(tenant('twice'))
      }),
    ).rejects.toMatchObject({ code: 'P2002' })
  }
  await db.$transaction(async (tx) => tx.tenant.create(tenant('after')))
  expect(await slugs(db)).toEqual(['after'])
})

test('a transaction that runs out of time is undone, and the next one begins', async () => {
  const db = connect()
  const slow = db.$transaction(
    async (tx) => {
      await tx.tenant.create(tenant('slow'))
      await expect.poll(() => tx.tenant.count().catch(() => 'over'), { timeout: 5_000 }).toBe('over')
    },
    { timeout: 100 },
  )
  await expect(slow).rejects.toMatchObject({ code: 'P2028' })
  await db.$transaction(async (tx) => tx.tenant.create(tenant('after')))
  expect(await slugs(db)).toEqual(['after'])
})

test('of writes that share a commit, one that is refused is undone alone', async () => {
  const db = connect()
  const names = ['a', 'b', 'a', 'c', 'd', 'b']
  const outcomes = await Promise.allSettled(names.map((name) => db.tenant.create(tenant(name))))
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'rejected',
  ])
  expect(await slugs(connect())).toEqual(['a', 'b', 'c', 'd'])
})

test('a write is answered when another process can read it', async () => {
  const db = connect()
  const other = connect()
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await db.tenant.create(tenant(`t${index}`))
      expect(await other.tenant.findUnique({ where: { id: `t${index}` } })).not.toBeNull()
    }),
  )
})

test('writes that come while a transaction is open all go through after it', async () => {
  const db = connect()
  const within = Promise.withResolvers<void>()
  const transaction = db.$transaction(async (tx) => {
    await tx.tenant.create(tenant('first'))
    within.resolve()
    await tx.tenant.findMany()
  })
  await within.promise
  await Promise.all([db.tenant.create(tenant('second')), db.tenant.create(tenant('third')), transaction])
  expect(await slugs(db)).toEqual(['first', 'second', 'third'])
})

test('writes that cannot be committed are refused, all of them, and the next ones go through', async () => {
  const db = connect(500)
  const lock = new Database(file)
  lock.exec('BEGIN IMMEDIATE')
  const outcomes = await Promise.allSettled(['a', 'b'].map((slug) => db.tenant.create(tenant(slug))))
  lock.exec('COMMIT')
  lock.close()
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await slugs(db)).toEqual([])
  await db.tenant.create(tenant('c'))
  expect(await slugs(db)).toEqual(['c'])
})

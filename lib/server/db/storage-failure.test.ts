import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Direct } from '#lib/foundation/direct.ts'
import { exclusive } from '#lib/foundation/exclusive-adapter.ts'
import { PrismaClient } from '../../../prisma/auth/sqlite/generated/client.ts'
import { migrate } from '../../../prisma/migrate.ts'
import { problemOf } from '../problem.ts'

// SQLite refuses for real: it may take no further page, it may not write, another connection has the lock.

let file: string
let db: PrismaClient
let direct: Direct

beforeEach(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'playground-failure-')), 'x.db')
  migrate(file)
  const connected = Promise.withResolvers<Direct>()
  const adapter = exclusive(new PrismaBetterSqlite3({ url: `file:${file}`, timeout: 10 }), connected.resolve, 100)
  db = new PrismaClient({ adapter })
  await db.tenant.create(tenant('before'))
  direct = await connected.promise
})
afterEach(() => db.$disconnect())

const tenant = (slug: string, name = slug) => ({ data: { id: slug, slug, name } })
const large = 'x'.repeat(40_000)
const slugs = async () => (await db.tenant.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug)
const pragma = async (text: string) => (await db.$queryRawUnsafe<Record<string, bigint>[]>(`PRAGMA ${text}`))[0]

async function noRoom(): Promise<() => Promise<unknown>> {
  const { page_count } = (await pragma('page_count')) ?? {}
  await pragma(`max_page_count = ${page_count}`)
  return () => pragma('max_page_count = 1000000')
}

async function noWriting(): Promise<() => Promise<unknown>> {
  await pragma('query_only = ON')
  return () => pragma('query_only = OFF')
}

async function locked(): Promise<() => Promise<unknown>> {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  return async () => other.exec('ROLLBACK').close()
}

const insert = 'INSERT INTO "Tenant" ("id", "slug", "name") VALUES (?, ?, ?)'

/** Every way to write, each of which begins with something that could stay behind. */
const ways: Record<string, () => Promise<unknown>> = {
  'a write of Prisma’s': () => db.tenant.create(tenant('a', large)),
  'raw SQL': () => db.$executeRaw`INSERT INTO "Tenant" ("id", "slug", "name") VALUES ('a', 'a', ${large})`,
  'statements of the connection’s own': () =>
    direct.write(() => [
      [insert, 'a', 'a', 'small'],
      [insert, 'b', 'b', large],
    ]),
  'a transaction': () =>
    db.$transaction(async (tx) => {
      await tx.tenant.create(tenant('a'))
      await tx.tenant.create(tenant('b', large))
    }),
  'a transaction that goes on after it was refused': () =>
    db.$transaction(async (tx) => {
      await tx.tenant.create(tenant('a', large)).catch(() => undefined)
      await tx.tenant.create(tenant('b'))
    }),
}

/** A problem, or Prisma's error around one. */
const refused = { code: 'unavailable' }

describe.each([
  ['without room', noRoom],
  ['without the right to write', noWriting],
  ['under another’s lock', locked],
] as const)('%s', (_, begin) => {
  test.each(Object.entries(ways))('%s is refused as unavailable, and nothing of it stays', async (_way, write) => {
    const end = await begin()
    const error = await write().catch((error) => error)
    expect(problemOf(error)).toMatchObject({ status: 503, details: { headers: { 'Retry-After': '2' } } })
    expect(await slugs()).toEqual(['before'])
    expect(await direct.first('SELECT "slug" FROM "Tenant"')).toEqual({ slug: 'before' })
    await end()
    await write()
    expect((await slugs())[0]).toBe('a')
  })

  test('writes that share a commit with it are refused too, and all go through afterwards', async () => {
    const end = await begin()
    const writes = () => Promise.allSettled([db.tenant.create(tenant('c')), ways['a write of Prisma’s']?.()])
    const outcomes = await writes()
    expect(outcomes).toEqual([
      { status: 'rejected', reason: expect.objectContaining(refused) },
      { status: 'rejected', reason: expect.objectContaining(refused) },
    ])
    expect(await slugs()).toEqual(['before'])
    await end()
    expect((await writes()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await slugs()).toEqual(['a', 'before', 'c'])
  })
})

test('a transaction whose turn does not come in time is refused as unavailable, and nothing of it stays', async () => {
  const begun = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const first = db.$transaction(async (tx) => {
    await tx.tenant.create(tenant('first'))
    begun.resolve()
    await gate.promise
  })
  await begun.promise
  const second = () => db.$transaction((tx) => tx.tenant.create(tenant('second')), { maxWait: 50 })
  const error = await second().catch((error) => error)
  expect(problemOf(error)).toMatchObject({ status: 503, details: { headers: { 'Retry-After': '2' } } })
  gate.resolve()
  await first
  expect(await slugs()).toEqual(['before', 'first'])
  await second()
  expect(await slugs()).toEqual(['before', 'first', 'second'])
})

test('a transaction that does not end in time is refused as unavailable, and undone whole', async () => {
  const slow = db.$transaction(
    async (tx) => {
      await tx.tenant.create(tenant('slow'))
      await expect.poll(() => tx.tenant.count().catch(problemOf)).toMatchObject({ status: 503 })
      await tx.tenant.create(tenant('late'))
    },
    { timeout: 50 },
  )
  expect(problemOf(await slow.catch((error) => error))).toMatchObject({ status: 503 })
  expect(await slugs()).toEqual(['before'])
})

test('a lock that ends in time was waited for, beside everything else and in order', async () => {
  const end = await locked()
  const write = (slug: string) => direct.write(() => [[insert, slug, slug, slug]])
  const writes: Promise<unknown>[] = [db.$transaction((tx) => tx.tenant.create(tenant('t')))]
  for (const slug of ['a', 'b', 'c']) {
    writes.push(write(slug))
    await turn()
    expect(await slugs()).toEqual(['before'])
  }
  await end()
  await Promise.all(writes)
  const kept = await db.$queryRaw<{ slug: string }[]>`SELECT "slug" FROM "Tenant" ORDER BY rowid`
  expect(kept.map(({ slug }) => slug).filter((slug) => slug !== 't')).toEqual(['before', 'a', 'b', 'c'])
  expect(kept).toHaveLength(5)
})

import Database from 'better-sqlite3'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { env } from '../env.ts'
import { closeDatabase, database, dateOf, direct } from './database.ts'

const insert = `INSERT INTO "Tenant" ("id", "slug", "name") VALUES (?, ?, 'x')`
const write = async (slug: string) => (await direct()).write(() => [[insert, slug, slug]])
const named = async (slug: string) =>
  (await direct()).first<{ name: string }>(`SELECT "name" FROM "Tenant" WHERE "slug" = ?`, slug)
const slugs = async () => {
  const tenants = await (await database()).tenant.findMany({ orderBy: { slug: 'asc' } })
  return tenants.map(({ slug }) => slug)
}

beforeEach(async () => {
  await (await database()).tenant.deleteMany()
})
afterAll(closeDatabase)

/** A transaction that has written, and stays open until `end` is called. */
async function open(slug: string) {
  const [within, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const transaction = (await database()).$transaction(async (tx) => {
    await tx.tenant.create({ data: { id: slug, slug, name: 'x' } })
    within.resolve()
    await ended.promise
    await tx.tenant.update({ where: { id: slug }, data: { name: 'y' } })
  })
  await within.promise
  return { transaction, end: ended.resolve, fail: () => ended.reject(new Error('no')) }
}

test('a read that is sent while a transaction is open sees what it committed, and nothing before', async () => {
  const { transaction, end } = await open('a')
  const read = named('a')
  end()
  expect(await read).toEqual({ name: 'y' })
  await transaction
})

test('a write that is sent while a transaction is open is not undone with it', async () => {
  const { transaction, fail } = await open('undone')
  const written = write('kept')
  fail()
  await expect(transaction).rejects.toThrow('no')
  await written
  expect(await slugs()).toEqual(['kept'])
})

test('of writes that share a commit with Prisma’s, one that is refused is undone alone', async () => {
  const db = await database()
  const create = (slug: string) => db.tenant.create({ data: { id: slug, slug, name: 'x' } })
  const outcomes = await Promise.allSettled([write('a'), create('b'), write('a'), write('c'), create('d')])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(await slugs()).toEqual(['a', 'b', 'c', 'd'])
})

test('a write is answered when another connection can read it, and the other’s write is read at once', async () => {
  const other = new Database(fileOf(env().database))
  await write('a')
  expect(other.prepare('SELECT "name" FROM "Tenant" WHERE "slug" = ?').pluck().get('a')).toBe('x')
  expect(await named('a')).toEqual({ name: 'x' })
  other.prepare('UPDATE "Tenant" SET "name" = ?').run('y')
  expect(await named('a')).toEqual({ name: 'y' })
  other.close()
})

test('what is opened after a close is the new connection', async () => {
  await write('a')
  await closeDatabase()
  expect(await named('a')).toEqual({ name: 'x' })
})

test('a date that Prisma wrote is read as Prisma reads it, and nothing is found as nothing', async () => {
  const createdAt = new Date('2026-03-29T01:02:03.456Z')
  await (await database()).tenant.create({ data: { id: 'a', slug: 'a', name: 'x', createdAt } })
  const row = await (await direct()).first<{ createdAt: string; rpId: string | null; monthlyQuota: number | null }>(
    'SELECT "createdAt", "rpId", "monthlyQuota" FROM "Tenant"',
  )
  expect(dateOf(row?.createdAt ?? '')).toEqual(createdAt)
  expect(dateOf(row?.rpId ?? null)).toBeNull()
  expect(await named('b')).toBeUndefined()
})

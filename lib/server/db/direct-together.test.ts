import { expect, test } from 'vitest'
import type { Sql, Write } from '#lib/foundation/direct.ts'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import { database, direct, transaction } from './database.ts'

// What is asked in one turn shares a round trip, or a commit: on PostgreSQL, too.

const insert = `INSERT INTO "Setting" ("name", "value") VALUES (?, ?)`
const oneValue = `SELECT "value" FROM "Setting" WHERE "name" = ?`
const take = `DELETE FROM "Setting" WHERE "name" = ?`
const many = Array.from({ length: 40 }, (_, at) => String(at))

const write = async (...statements: Write[]) => (await direct()).write(() => statements)
const value = async (name: string) => (await (await direct()).first<{ value: string }>(oneValue, name))?.value

test('of writes that share a commit, one that is refused is refused alone, and every other is kept once', async () => {
  await write([insert, 'there', 'before'])
  const grow = `UPDATE "Setting" SET "value" = "value" || 'x' WHERE "name" = 'there'`
  const outcomes = await Promise.allSettled([
    ...many.slice(0, 20).map((name) => write([insert, `kept-${name}`, name], [grow])),
    write([insert, 'there', 'after'], [insert, 'refused', 'x']),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual([...Array(20).fill('fulfilled'), 'rejected'])
  expect(await value('there')).toBe(`before${'x'.repeat(20)}`)
  expect(await value('refused')).toBeUndefined()
  expect(await value('kept-19')).toBe('19')
})

test('of writes that share a commit, what cannot be said is undone alone', async () => {
  const fails = async () =>
    (await direct()).write(() => [
      { first: [insert, 'half', 'x'] as const, next: () => unsaid() },
      [insert, 'other half', 'x'],
    ])
  const outcomes = await Promise.allSettled([write([insert, 'said', 'x']), fails(), write([insert, 'said too', 'x'])])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await Promise.all(['said', 'said too', 'half'].map(value))).toEqual([
    'x',
    'x',
    isOnPostgresql ? undefined : 'x',
  ])
})

function unsaid(): Sql[] {
  throw new Error('no')
}

test('of writes that take one thing in one commit, one gets it, and what follows is written for that one alone', async () => {
  await write([insert, 'once', 'x'])
  const changes = await Promise.all(
    many.map((name) => write({ first: [take, 'once'], next: () => [[insert, `got-${name}`, name]] })),
  )
  expect(changes.toSorted()).toEqual([...Array(39).fill(0), 2])
  const got = await Promise.all(many.map((name) => value(`got-${name}`)))
  expect(got.filter((each) => each !== undefined)).toEqual([String(changes.indexOf(2))])
})

test('reads of one turn are answered each with its own, also beside one that fails', async () => {
  const db = await direct()
  await Promise.all(many.map((name) => write([insert, `read-${name}`, name])))
  const wrong = () => db.first(`SELECT CAST(CAST(? AS TEXT) AS INTEGER) + "none" FROM "Setting"`, 'x')
  for (let time = 0; time < 12; time++) {
    const failing = Array.from({ length: 3 }, () => expect(wrong()).rejects.toThrow())
    expect(await Promise.all(many.map((name) => value(`read-${name}`)))).toEqual(many)
    await Promise.all(failing)
  }
})

test('what is asked often has a table’s new column from when it is there', async () => {
  const [db, prisma] = [await direct(), await database()]
  await prisma.$executeRawUnsafe(`CREATE TABLE "Growing" ("id" INTEGER)`)
  await write([`INSERT INTO "Growing" ("id") VALUES (7)`])
  const all = () => Promise.all(many.map(() => db.first('SELECT * FROM "Growing"')))
  expect(await all()).toEqual(many.map(() => ({ id: 7 })))
  await prisma.$executeRawUnsafe(`ALTER TABLE "Growing" ADD COLUMN "more" TEXT DEFAULT 'y'`)
  expect(await db.first('SELECT * FROM "Growing"')).toEqual({ id: 7, more: 'y' })
  expect(await all()).toEqual(many.map(() => ({ id: 7, more: 'y' })))
})

test.runIf(isOnPostgresql)('who waits for a lock keeps nobody else waiting', async () => {
  await write([insert, 'locked', '0'])
  const [isLocked, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = transaction(async (tx) => {
    await tx.$executeRawUnsafe(`UPDATE "Setting" SET "value" = '1' WHERE "name" = 'locked'`)
    isLocked.resolve()
    await ended.promise
  })
  await isLocked.promise
  const append = `UPDATE "Setting" SET "value" = "value" || '2' WHERE "name" = 'locked'`
  let isWritten = false
  const waiting = Promise.all([write([append]), write([append])]).then(() => {
    isWritten = true
  })
  await Promise.all(many.map((name) => write([insert, `beside-${name}`, name])))
  expect(isWritten).toBe(false)
  ended.resolve()
  await Promise.all([holding, waiting])
  expect(await value('locked')).toBe('122')
})

import { afterAll, expect, test } from 'vitest'
import { stampOfText } from '#lib/foundation/postgresql-rows.ts'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import { closeDatabase, database, dateOf, stampOf } from './database.ts'

afterAll(closeDatabase)

const create = async (id: string, createdAt: Date) =>
  (await database()).tenant.create({ data: { id, slug: id, name: 'x', createdAt } })
const kept = async () => (await database()).tenant.count()

test('stored text sorts as time does', async () => {
  const times = [
    '0001-01-01T00:00:00.000Z',
    '0999-12-31T23:59:59.999Z',
    '1000-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00.000Z',
    '2026-11-26T00:00:00.000Z',
    '2026-11-26T00:00:00.001Z',
    '9999-12-31T23:59:59.999Z',
  ].map((text) => new Date(text))
  const stamps = times.map(stampOf)
  expect([...stamps].sort()).toEqual(stamps)
  expect(stamps.map(dateOf)).toEqual(times)
  for (const [at, time] of times.entries()) await create(`t${at}`, time)
  const rows = await (await database()).$queryRaw<{ at: string }[]>`
    SELECT CAST("createdAt" AS TEXT) AS "at" FROM "Tenant" ORDER BY "createdAt"`
  expect(rows.map(({ at }) => (isOnPostgresql ? stampOfText(at) : at))).toEqual(stamps)
})

test.each(['9999-12-31T23:59:59-12:00', '+010000-01-01T00:00:00Z', '0001-01-01T00:00:00+12:00', '0000-12-31'])(
  '%s, which would sort wrongly, is not written, by whichever way',
  async (text) => {
    const [date, before] = [new Date(text), await kept()]
    const db = await database()
    expect(() => stampOf(date)).toThrow(RangeError)
    await expect(create('never', date)).rejects.toThrow('outside the years')
    await expect(db.$transaction(async (tx) => tx.tenant.updateMany({ data: { createdAt: date } }))).rejects.toThrow(
      'outside the years',
    )
    await expect(db.$executeRaw`UPDATE "Tenant" SET "createdAt" = ${date}`).rejects.toThrow('outside the years')
    expect(await kept()).toBe(before)
  },
)

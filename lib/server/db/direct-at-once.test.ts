import { expect, test } from 'vitest'
import type { Sql } from '#lib/foundation/direct.ts'
import { direct } from './database.ts'

// On PostgreSQL, too.

const names = ['one', 'other']
const upsert = `
  INSERT INTO "Setting" ("name", "value") VALUES (?, '1')
  ON CONFLICT ("name") DO UPDATE SET "value" = CAST(CAST("Setting"."value" AS INTEGER) + 1 AS TEXT)`

test('writes that wait for each other, as each has what another one wants, are all kept, each once', async () => {
  const db = await direct()
  const write = (order: string[]) => db.write(() => order.map((name): Sql => [upsert, name]))
  await Promise.all(Array.from({ length: 4 }, (_, at) => write(at % 2 ? names : names.toReversed())))
  for (const name of names) {
    expect(await db.first(`SELECT "value" FROM "Setting" WHERE "name" = ?`, name)).toEqual({ value: '4' })
  }
})

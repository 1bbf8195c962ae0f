import { expect, test } from 'vitest'
import { openOrders } from './open-orders.ts'

const models = `
model Thing {
  id        String    @id
  place     String
  number    Int
  madeAt    DateTime
  endsAt    DateTime?
  @@unique([place, number])
}
`
const leaves = (sql: string) => openOrders(models, [sql]).map((open) => open.leaves)
const alike = ['which of two alike comes first']
const nulls = ['where NULL stands']

test.each([
  ['SELECT * FROM "Thing" ORDER BY "madeAt", "id"', []],
  ['SELECT * FROM "Thing" ORDER BY "madeAt" DESC LIMIT 5', alike],
  ['SELECT `main`.`Thing`.`id` FROM `main`.`Thing` ORDER BY `main`.`Thing`.`madeAt` ASC LIMIT ? OFFSET ?', alike],
  ['SELECT "public"."Thing"."id" FROM "public"."Thing" ORDER BY "public"."Thing"."id" ASC LIMIT $1', []],
  ['SELECT * FROM "Thing" WHERE "place" = ? ORDER BY "number" LIMIT ?', []],
  ['SELECT * FROM "Thing" WHERE "place" = CAST($1 AS TEXT) ORDER BY "number" DESC', []],
  ['SELECT * FROM "Thing" ORDER BY "number"', alike],
  ['SELECT * FROM "Thing" ORDER BY "endsAt", "id"', nulls],
  ['SELECT * FROM "Thing" ORDER BY "endsAt" DESC NULLS LAST, "id"', []],
  ['SELECT * FROM "Thing" WHERE "endsAt" <= ? ORDER BY "endsAt", "id"', []],
  ['SELECT "number", "madeAt" FROM "Thing" WHERE "place" IN (?,?) ORDER BY "number" ASC', []],
  ['SELECT "madeAt" FROM "Thing" ORDER BY "madeAt" LIMIT 1', []],
  ['SELECT "madeAt", "place" FROM "Thing" ORDER BY "madeAt" LIMIT 1', alike],
  ['SELECT count(*) FROM (SELECT 1 FROM "Thing" t ORDER BY t."madeAt" LIMIT 9) AS "some"', alike],
  ['SELECT row_number() OVER (PARTITION BY "place" ORDER BY "madeAt" DESC, "id" DESC) AS "at" FROM "Thing"', []],
  ['SELECT row_number() OVER (PARTITION BY "place" ORDER BY "madeAt" DESC) AS "at" FROM "Thing"', alike],
  ['SELECT "place", count(*) FROM "Thing" GROUP BY "place" ORDER BY "place"', []],
  ['SELECT "id" FROM "Thing" WHERE "id" = ?', []],
])('%s leaves open: %j', (sql, expected) => {
  expect(leaves(sql)).toEqual(expected)
})

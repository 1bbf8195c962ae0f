import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// A store knows no engine: what only one of them has is written where engines are known. Two functions have another name in
// PostgreSQL, which postgresql-sql.ts puts in: instr and group_concat.

const ofOneEngine = [
  /\b(?:json_each|json_extract|json_group_array|unixepoch|strftime|julianday|datetime|printf|ifnull|iif|glob)\s*\(/i,
  /\bINSERT OR (?:REPLACE|IGNORE)\b|\bREPLACE INTO\b|\browid\b|\bPRAGMA\b|\bsqlite_\w+|\bCOLLATE NOCASE\b/,
  /\b(?:to_timestamp|date_trunc|generate_series|string_agg|array_agg|jsonb?_\w+|greatest|least|now)\s*\(/i,
  /\bILIKE\b|\bSKIP LOCKED\b|\bFOR (?:NO KEY )?UPDATE\b|\bDISTINCT ON\b|::(?:text|int|bigint|jsonb?|timestamp)\b|= ANY ?\(|\bpg_\w+/,
]

/** The SQL of a text: what stands in its literals, where one begins with a statement or goes on with one. */
function sqlIn(text: string): string[] {
  const literals = [...text.matchAll(/`[^`]*`|'(?:[^'\\\n]|\\.)*'/g)].map(([literal]) => literal)
  return literals.filter((literal) => /\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES|ORDER BY)\b/.test(literal))
}

const foreign = (text: string) => sqlIn(text).filter((sql) => ofOneEngine.some((pattern) => pattern.test(sql)))

test.each([
  ['`SELECT strftime("%s", "at") FROM "T"`', '`SELECT "at" FROM "T"`'],
  ['\'INSERT OR IGNORE INTO "T" VALUES (?)\'', '\'INSERT INTO "T" VALUES (?) ON CONFLICT ("id") DO NOTHING\''],
  ['`SELECT "id" FROM "T" FOR UPDATE`', '`UPDATE "T" SET "a" = ? WHERE "id" = ?`'],
  ['`SELECT "a"::text FROM "T"`', '`SELECT CAST("a" AS TEXT) FROM "T"`'],
])('%s is found, and %s is not', (one, other) => {
  expect([foreign(one).length, foreign(other).length]).toEqual([1, 0])
})

test('no store asks in the words of one engine', () => {
  // Engines are known where a database is opened, moved, brought up to date and examined.
  const known = /^lib\/(?:mpc\/)?server\/(?:db|doctor)\/|\.test\.ts$|-for-tests\.ts$|\/suite\//
  const files = globSync(['lib/server/**/*.ts', 'lib/mpc/server/**/*.ts']).filter((file) => !known.test(file))
  const asking = files.filter((file) => sqlIn(readFileSync(file, 'utf8')).length > 0)
  expect(asking.length).toBeGreaterThan(25)
  expect(files.flatMap((file) => foreign(readFileSync(file, 'utf8')).map((sql) => `${file}: ${sql}`))).toEqual([])
})

import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  holdsDatabase,
  longOnPostgresql,
  notOnPostgresql,
  oneAfterTheOther,
  onPostgresql,
  withDatabase,
} from './on-postgresql.ts'
import { through } from './vitest.config.ts'

test('what the API’s files share registers no hook as it loads: a worker that has it already would not have the hook', () => {
  const shared = globSync('lib/server/api/suite/*.ts').filter((file) => !file.endsWith('.test.ts'))
  expect(shared.length).toBeGreaterThan(5)
  const hooked = shared.filter((file) => /^(?:before|after)(?:All|Each)\(/m.test(readFileSync(file, 'utf8')))
  expect(hooked).toEqual([])
})

test('every file that a server is asked is there', () => {
  expect(
    Object.values(through)
      .flat()
      .filter((file) => globSync(file).length === 0),
  ).toEqual([])
})

test.each(['start', 'next'] as const)('what is expected of the server “%s” alone is asked of it', (kind) => {
  const special = globSync('lib/server/api/suite/*.test.ts').filter((file) =>
    new RegExp(`mount [!=]== '${kind}'|skipIf\\(mount === 'in memory'\\)`).test(readFileSync(file, 'utf8')),
  )
  expect(special.length).toBeGreaterThan(2)
  expect(special.filter((file) => !through[kind].includes(file))).toEqual([])
})

test('every test with a database runs on PostgreSQL, too, or is one of those that do not, and why', () => {
  const left = [...Object.keys(notOnPostgresql), ...longOnPostgresql]
  expect(left.filter((file) => !holdsDatabase(file))).toEqual([])
  expect(new Set(left).size).toBe(left.length)
  const those = onPostgresql()
  expect(those.length).toBeGreaterThan(left.length)
  expect([...new Set([...those, ...left])].sort()).toEqual(withDatabase())
})

test('what one process runs after other files names nothing of a process; what kills one has its own', () => {
  const those = oneAfterTheOther()
  expect(those).toContain('lib/server/keys/grant.test.ts')
  expect(those).not.toContain('lib/server/usage/kill.test.ts')
  expect(those.filter((file) => /process\.|child_process/.test(readFileSync(file, 'utf8')))).toEqual([])
})

test('what runs there opens no file of SQLite’s, but in a test that is left out', () => {
  const opens = /from 'better-sqlite3'|\bfileOf\b|query-plans/
  const those = onPostgresql().filter((file) => opens.test(readFileSync(file, 'utf8')))
  expect(those.filter((file) => !readFileSync(file, 'utf8').includes('\ntestOnSqlite('))).toEqual([])
})

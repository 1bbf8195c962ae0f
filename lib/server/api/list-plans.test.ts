import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { modelsOf } from '../../../prisma/to-models.ts'
import { askEveryList } from '../../setup/every-list.ts'
import { askAllOfUsers } from '../../setup/every-read-of-users.ts'
import { beginAsking, statementsAsked, walks } from '../../setup/list-plans.ts'
import { openOrders } from '../../setup/open-orders.ts'
import { plansOf } from '../../setup/query-plans.ts'
import { env } from '../env.ts'

// Where an index leads to what is asked, it is as quick among a million rows as among a thousand.

test('no list and no search of the API and the Console goes through a table, on SQLite', async () => {
  const answers = await askEveryList()
  expect(answers.filter(({ status }) => status !== 200 && status !== 404)).toEqual([])
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(70)
  const { questions, steps } = await walks(env().database)
  expect(questions).toBeGreaterThan(100)
  expect(steps).toEqual([])
  expect(openOrders(modelsOf('auth'), statementsAsked())).toEqual([])
  const ofOneUser = plansOf('`Passkey`.`userId` = ?').filter((step) => /^SEARCH main\.Passkey /.test(step))
  expect(ofOneUser).toContainEqual(expect.stringContaining('Passkey_userId_createdAt_idx'))
  expect(ofOneUser.filter((step) => step.includes('tenantId=?'))).toEqual([])
}, 120_000)

test('nothing that a user, their browser or an app of theirs asks goes through a table, on SQLite', async () => {
  expect((await askAllOfUsers()).filter(({ status }) => status !== 200)).toEqual([])
  const { questions, steps } = await walks(env().database)
  expect(questions).toBeGreaterThan(20)
  expect(steps).toEqual([])
  expect(openOrders(modelsOf('auth'), statementsAsked())).toEqual([])
}, 120_000)

test('one that goes through a table is found', async () => {
  beginAsking()
  const sql = 'SELECT "id" FROM "User" WHERE "displayName" = ?'
  const database = new Database(fileOf(env().database))
  database.prepare(sql)
  database.close()
  expect(await walks(env().database)).toEqual({ questions: 1, steps: [{ table: 'User', step: 'SCAN User', sql }] })
})

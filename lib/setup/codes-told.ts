import { afterAll, expect } from 'vitest'
import { type ErrorCode, errors } from '../contract/errors.ts'
import { errorsOf } from '../contract/operation-errors.ts'
import { type Operation, operations } from '../contract/operations.ts'
import { direct } from '../server/db/database.ts'
import { counted } from '../server/usage/shards/counted.ts'

// What each operation answered in a file's tests is counted as usage is. Documentation names every code that it may answer,
// so none of these is another one.

afterAll(async () => {
  const sql = `SELECT DISTINCT "operation", "outcome" FROM ${counted}`
  const answered = await (await direct()).all<{ operation: string; outcome: string }>(sql)
  const untold = answered.filter(
    ({ operation, outcome }) =>
      operation in operations && outcome in errors && !errorsOf(operation as Operation).includes(outcome as ErrorCode),
  )
  expect(untold).toEqual([])
})

import { afterAll, expect } from 'vitest'
import { type ErrorCode, errors } from '../contract/errors.ts'
import { errorsOf } from '../contract/operation-errors.ts'
import { type Operation, operations } from '../contract/operations.ts'
import { database } from '../server/db/database.ts'

// What each operation answered in a file's tests is counted as usage is. Documentation names every code that it may answer,
// so none of these is another one.

afterAll(async () => {
  const counted = await (await database()).usageCount.groupBy({ by: ['operation', 'outcome'] })
  const untold = counted.filter(
    ({ operation, outcome }) =>
      operation in operations && outcome in errors && !errorsOf(operation as Operation).includes(outcome as ErrorCode),
  )
  expect(untold).toEqual([])
})

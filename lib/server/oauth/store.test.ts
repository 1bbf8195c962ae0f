import { expect, test } from 'vitest'
import { database } from '../db/database.ts'
import { recordOf } from './records.ts'
import { save, sweep } from './store.ts'

const many = Array.from({ length: 450 }, (_, at) => `${at}`)
const count = async (where = {}) => (await database()).oAuthRecord.count({ where })

test('all that has expired goes, however much, and nothing else', async () => {
  const records = (kind: string, seconds?: number) =>
    Promise.all(many.map((name) => save(recordOf(kind, name, { clientId: 'cli' }, seconds))))
  await records('Session', -3_601)
  await records('Grant', 60)
  await records('Client')
  expect(await count()).toBe(1_350)
  await sweep()
  expect([await count({ kind: 'Session' }), await count()]).toEqual([0, 900])
})

import { expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { database, stampOf } from '../db/database.ts'
import { recordId, recordOf } from './records.ts'
import { find, findAnswer, forgetAnswers, rotate, save, sweep } from './store.ts'

const many = Array.from({ length: 450 }, (_, at) => `${at}`)
const count = async (where = {}) => (await database()).oAuthRecord.count({ where })

test('all that has expired goes, however much, and nothing else', async () => {
  const records = (kind: string, seconds?: number) =>
    Promise.all(many.map((name) => save(recordOf(kind, name, { clientId: 'cli' }, seconds))))
  await records('Session', -1)
  await records('Grant', 60)
  await records('Client')
  expect(await count()).toBe(1_350)
  await sweep()
  expect([await count({ kind: 'Session' }), await count()]).toEqual([0, 900])
})

test('answers go, however many, and the tokens that they brought stay', async () => {
  const successors = many.map((name) => recordOf('RefreshToken', `next ${name}`, { clientId: 'cli' }, 60))
  for (const [at, successor] of successors.entries()) {
    const first = recordOf('RefreshToken', many[at] ?? '', { clientId: 'cli' }, 60)
    await save(first)
    expect(await rotate(first.id, successor, 'sealed')).toBe(true)
  }
  const kept = await (await database()).oAuthRecord.create({
    data: {
      id: 'other',
      kind: 'RefreshToken',
      payload: 'sealed',
      answer: 'sealed',
      expiresAt: stampOf(new Date(clock.now() + 60_000)),
    },
  })
  expect(await findAnswer(recordId('RefreshToken', '449'))).toBe('sealed')
  await forgetAnswers(successors.map(({ id }) => id))
  expect(await count({ NOT: { answer: null } })).toBe(1)
  expect(await find(kept.id)).toBeDefined()
  for (const { id } of successors) expect(await find(id)).toBeDefined()
})

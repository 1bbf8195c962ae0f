import { expect, test } from 'vitest'
import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { aboutOf, durationWords, wordsOf } from './delivery-words.ts'

const now = new Date().toISOString()
const delivery = (more: Partial<DeliveryView>): DeliveryView => ({
  id: 'dlv_1',
  webhookId: 'we_1',
  eventId: 'msg_1',
  type: 'key.created',
  subject: 'backend',
  test: false,
  status: 'pending',
  attempts: 0,
  lastAttemptAt: null,
  lastStatus: null,
  lastFailure: null,
  lastMilliseconds: null,
  nextAttemptAt: now,
  createdAt: now,
  ...more,
})
const line = (more: Partial<DeliveryView>, enabled = true) => {
  const { said, result, note } = wordsOf(delivery(more), enabled)
  return [said, result, note.replace(/\d\d:\d\d$/, 'HH:MM')]
}
const failed = { lastStatus: 503, lastFailure: 'status', lastMilliseconds: 210 } as const

test('a line says what became of it, how the last try ended, and what is next', () => {
  const delivered = { status: 'delivered', lastStatus: 200, lastMilliseconds: 84, nextAttemptAt: null } as const
  expect(line({ ...delivered, attempts: 1 })).toEqual(['Delivered', '200', '84 ms'])
  expect(line({ ...delivered, attempts: 3 })).toEqual(['Delivered', '200', 'at try 3'])
  expect(line({})).toEqual(['Under way', '', 'first try'])
  expect(line({ ...failed, attempts: 3 })).toEqual(['Not delivered', '503', '3 tries, next HH:MM'])
  expect(line({ lastFailure: 'timeout', attempts: 1 })).toEqual(['Not delivered', 'timeout', '1 try, next HH:MM'])
  const over = { status: 'failed', nextAttemptAt: null } as const
  expect(line({ ...failed, ...over, attempts: 10 })).toEqual(['Not delivered', '503', '10 tries, given up'])
  expect(line(over)).toEqual(['Not delivered', '', 'no try, given up'])
  expect(line({ ...failed, attempts: 2, nextAttemptAt: null })).toEqual(['Not delivered', '503', '2 tries, next now'])
  const off = (more: Partial<DeliveryView>) => line({ ...more, nextAttemptAt: null }, false)
  expect(off({ ...failed, attempts: 2 })).toEqual(['Not delivered', '503', '2 tries, now off'])
  expect(off({})).toEqual(['Not delivered', '', 'no try, now off'])
  expect(off({ ...failed, ...over, attempts: 2 })).toEqual(['Not delivered', '503', '2 tries, given up'])
})

test('an example is about nobody', () => {
  expect(aboutOf({ test: false, subject: 'ada' })).toBe('ada')
  expect(aboutOf({ test: true, subject: 'ada' })).toBe('test event')
})

test('a duration below a second is in milliseconds', () => {
  expect([durationWords(999), durationWords(15_000)]).toEqual(['999 ms', '15.0 s'])
})

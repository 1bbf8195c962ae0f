import { expect, test } from 'vitest'
import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { newsOf } from './log-news.ts'

const at = (n: number, more: Partial<DeliveryView> = {}) =>
  ({
    ...{ id: `dlv_${n}`, type: 'key.created', subject: 'backend', status: 'pending', attempts: 0 },
    ...{ createdAt: new Date(n * 1000).toISOString(), lastStatus: null, lastFailure: null, nextAttemptAt: null },
    ...more,
  }) as DeliveryView
const arrived = { status: 'delivered', attempts: 1, lastStatus: 200 } as const

test('one new line is read out with what became of it, several as their number', () => {
  expect(newsOf([at(1)], [at(2, arrived), at(1)])).toBe('key.created, backend: delivered.')
  expect(newsOf([], [at(1, { subject: null })])).toBe('key.created: under way.')
  expect(newsOf([at(1)], [at(3), at(2), at(1)])).toBe('2 new deliveries.')
})

test('a line that turns out is read out once, and nothing where nothing changed', () => {
  expect(newsOf([at(1)], [at(1, arrived)])).toBe('key.created, backend: delivered.')
  expect(newsOf([at(1, arrived)], [at(1, arrived)])).toBeUndefined()
})

test('older lines that a further page brought are no news', () => {
  expect(newsOf([at(5)], [at(5), at(4), at(3)])).toBeUndefined()
})

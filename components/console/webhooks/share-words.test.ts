import { expect, test } from 'vitest'
import { shareOf } from './share-words.ts'

const hours = (...pairs: [deliveries: number, delivered: number][]) => ({
  hours: pairs.map(([deliveries, delivered]) => ({ from: '2026-06-01T00:00:00.000Z', deliveries, delivered })),
})

test('the share is of all hours together, and never rounded up to what is not true', () => {
  expect(shareOf(hours([1_000, 1_000], [662, 642])).percent).toBe('98.7 %')
  expect(shareOf(hours([9_999, 9_998])).percent).toBe('99.9 %')
  expect(shareOf(hours([3, 3])).percent).toBe('100 %')
})

test('where nothing was told there is no share', () => {
  expect(shareOf(hours([0, 0]))).toEqual({ percent: '–', delivered: 0, deliveries: 0 })
})

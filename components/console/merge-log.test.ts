import { expect, test } from 'vitest'
import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { appendLog as append, mergeLog as merge } from './merge-log.ts'

const idOf = ({ id }: DeliveryView) => id
const mergeLog = (before: Parameters<typeof merge<DeliveryView>>[0], head: Parameters<typeof merge<DeliveryView>>[1]) =>
  merge(before, head, idOf)
const appendLog = (
  before: Parameters<typeof append<DeliveryView>>[0],
  page: Parameters<typeof append<DeliveryView>>[1],
) => append(before, page, idOf)

/** Delivery number `n`, told at second `n`. */
const at = (n: number, more: Partial<DeliveryView> = {}) =>
  ({ id: `dlv_${n}`, createdAt: new Date(n * 1000).toISOString(), status: 'delivered', ...more }) as DeliveryView
const page = (nextCursor: string | null, ...numbers: number[]) => ({ data: numbers.map((n) => at(n)), nextCursor })
const ids = ({ items }: { items: readonly DeliveryView[] }) => items.map(({ id }) => Number(id.slice(4)))

test('new lines come on top, what a further page brought stays, and nothing between them is lost', () => {
  const log = appendLog(mergeLog(undefined, page('dlv_4', 6, 5, 4)), page('dlv_1', 3, 2, 1))
  const later = mergeLog(log, page('dlv_6', 8, 7, 6))
  expect(ids(later)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  expect(later.cursor).toBe('dlv_1')
})

test('where the page reaches it is right: a line that changed has changed, one that is gone is gone', () => {
  const log = mergeLog(undefined, page('dlv_4', 6, 5, 4))
  const later = mergeLog(log, { data: [at(6, { status: 'failed' }), at(4)], nextCursor: 'dlv_4' })
  expect(ids(later)).toEqual([6, 4])
  expect(later.items[0]?.status).toBe('failed')
  expect(ids(mergeLog(log, page(null, 6)))).toEqual([6])
})

test('where more came than a page holds, nothing is shown with a gap in it', () => {
  const log = appendLog(mergeLog(undefined, page('dlv_4', 6, 5, 4)), page(null, 3, 2))
  const later = mergeLog(log, page('dlv_20', 22, 21, 20))
  expect(ids(later)).toEqual([22, 21, 20])
  expect(later.cursor).toBe('dlv_20')
})

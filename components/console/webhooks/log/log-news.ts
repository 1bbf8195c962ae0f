import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { aboutOf, wordsOf } from './delivery-words.ts'

/** What came into a log since it was read before, in a sentence to be read out; undefined where nothing did. */
export function newsOf(before: readonly DeliveryView[], after: readonly DeliveryView[]): string | undefined {
  const known = new Map(before.map((delivery) => [delivery.id, wordsOf(delivery).said]))
  const latest = before[0]?.createdAt ?? ''
  const came = after.filter(({ id, createdAt }) => !known.has(id) && createdAt >= latest)
  const turned = after.filter((delivery) => known.has(delivery.id) && known.get(delivery.id) !== wordsOf(delivery).said)
  const [one] = came.length ? came : turned
  if (!one) return undefined
  if (came.length > 1) return `${came.length} new deliveries.`
  return `${[one.type, aboutOf(one)].filter(Boolean).join(', ')}: ${wordsOf(one).said.toLowerCase()}.`
}

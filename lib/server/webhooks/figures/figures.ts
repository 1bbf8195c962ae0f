import { mostCounted } from '#lib/contract/most-counted.ts'
import type { WebhookFigures } from '#lib/contract/webhooks.ts'
import type { Caller } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { readWebhook } from '../endpoints.ts'
import { countsBetween, latencies, undeliveredSince, waiting } from './store.ts'

const hourMilliseconds = 3_600_000

// However many look, figures are read once in so long at most, and once in twenty times as long as reading them takes.
const [freshMilliseconds, restful] = [1_000, 20]

const kept = new Map<string, { figures: Promise<WebhookFigures>; until: number }>()

/**
 * How an endpoint does: its last 24 hours, and what waits; as it was a moment ago.
 *
 * @throws Problem not_found
 */
export async function webhookFigures(caller: Caller, id: string): Promise<WebhookFigures> {
  await readWebhook(caller, id)
  const began = performance.now()
  for (const [endpoint, { until }] of kept) if (until <= began) kept.delete(endpoint)
  const known = kept.get(id)
  if (known) return known.figures
  const reading = { figures: figuresOf(id), until: Number.POSITIVE_INFINITY }
  kept.set(id, reading)
  const read = () => {
    const now = performance.now()
    reading.until = now + Math.max(freshMilliseconds, (now - began) * restful)
  }
  const forget = () => kept.delete(id)
  reading.figures.then(read, forget)
  return reading.figures
}

async function figuresOf(id: string): Promise<WebhookFigures> {
  const now = Math.floor(clock.now() / hourMilliseconds)
  const hours: WebhookFigures['hours'] = []
  // One after the other: between two of them others have their turn.
  for (let hour = now - 23; hour <= now; hour++) {
    const [from, to] = [new Date(hour * hourMilliseconds), new Date((hour + 1) * hourMilliseconds)]
    hours.push({ from: from.toISOString(), ...(await countsBetween(id, from, to)) })
  }
  const { count, since } = await waiting(id, mostCounted + 1)
  const oldest = await undeliveredSince(id)
  const sorted = (await latencies(id, 100)).toSorted((one, other) => one - other)
  return {
    hours,
    waiting: count,
    waitingSince: since?.toISOString() ?? null,
    undeliveredSince: oldest?.toISOString() ?? null,
    medianMilliseconds: sorted[Math.floor(sorted.length / 2)] ?? null,
  }
}

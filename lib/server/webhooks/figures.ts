import type { WebhookFigures } from '#lib/contract/webhooks.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { byHour, latencies, undeliveredSince, waiting } from './deliveries/store.ts'
import { readWebhook } from './endpoints.ts'

const hourMilliseconds = 3_600_000

/**
 * How an endpoint does: its last 24 hours, and what waits.
 *
 * @throws Problem not_found
 */
export async function webhookFigures(caller: Caller, id: string): Promise<WebhookFigures> {
  await readWebhook(caller, id)
  const now = Math.floor(clock.now() / hourMilliseconds)
  const hours = Array.from({ length: 24 }, (_, index) => now - 23 + index)
  const [rows, { count, since }, oldest, answers] = await Promise.all([
    byHour(id, hours),
    waiting(id),
    undeliveredSince(id),
    latencies(id, 100),
  ])
  const sorted = answers.toSorted((one, other) => one - other)
  return {
    hours: rows
      .toSorted((one, other) => Number(one.hour - other.hour))
      .map(({ hour, deliveries, delivered }) => ({
        from: new Date(Number(hour) * hourMilliseconds).toISOString(),
        deliveries: Number(deliveries),
        delivered: Number(delivered),
      })),
    waiting: count,
    waitingSince: since?.toISOString() ?? null,
    undeliveredSince: oldest?.toISOString() ?? null,
    medianMilliseconds: sorted[Math.floor(sorted.length / 2)] ?? null,
  }
}

import { randomUUID } from 'node:crypto'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { minuteSeconds, type Slot, type Spent, spentBy } from './counted.ts'
import { ask, giveBack, type RedisLink } from './redis-link.ts'

/** Takes one of a bucket's slots among all processes; undefined where Redis does not answer. */
export async function takeSlotInRedis(bucket: string, limit: number): Promise<Slot | undefined> {
  const key = `playground:slots:${bucket}`
  const lease = randomUUID()
  return ask(
    async (link) => {
      const [granted, taken] = await link.client.takeSlot(key, lease, limit)
      let held = granted === 1
      const release = () => {
        if (held) giveBack(link, key, lease)
        held = false
      }
      return { granted: held, taken, release }
    },
    (link) => giveBack(link, key, lease),
  )
}

/** Counts an event of a bucket's minute among all processes; undefined where Redis does not answer. */
export async function spendInRedis(policy: string, bucket: string, limit: number): Promise<Spent | undefined> {
  return ask((link) => spentBy(rate(link, policy, limit).consume(bucket)))
}

function rate(link: RedisLink, policy: string, limit: number): RateLimiterRedis {
  const name = `${policy}/${limit}`
  let limiter = link.rates.get(name)
  if (!limiter) {
    limiter = new RateLimiterRedis({
      storeClient: link.client,
      keyPrefix: `playground:${policy}`,
      points: limit,
      duration: minuteSeconds,
      // Past the limit, the rest of the minute is refused without asking.
      inMemoryBlockOnConsumed: limit + 1,
    })
    link.rates.set(name, limiter)
  }
  return limiter
}

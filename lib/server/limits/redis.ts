import { randomUUID } from 'node:crypto'
import type { Slot, Spent } from './counted.ts'
import { spendIn } from './redis-client.ts'
import { ask, giveBack } from './redis-link.ts'

/** Takes one of a bucket's slots among all processes; undefined where Redis does not say. */
export async function takeSlotInRedis(bucket: string, limit: number): Promise<Slot | undefined> {
  const key = `slots:${bucket}`
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

/** Counts an event of a bucket's minute among all processes; undefined where Redis does not say. */
export async function spendInRedis(policy: string, bucket: string, limit: number): Promise<Spent | undefined> {
  return ask(({ client }) => spendIn(client, policy, bucket, limit))
}

import { reserve } from '../account/reservations.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import * as store from './runs/store.ts'

/** A run as a server leaves it that died: under way, its price held, both until a moment. */
export async function lostRun(place: Place, { amount, until }: { amount: number; until: Date }) {
  const id = newId('run')
  const input = { inputBytes: 4, inputHash: '' }
  const actor = { actorType: 'key', actorId: 'key', actorName: 'backend', userId: null }
  const run = { id, ...place, skillId: 'work', skillVersion: '1', ...actor, ...input, amount }
  await store.begin(
    { ...run, milliseconds: until.getTime() - clock.now() },
    1_000,
    async () => undefined,
    async (tx, { until }) => {
      if (amount > 0) await reserve(tx, place, { amount, currency: 'USD', runId: id, until })
    },
  )
  return { id, status: async () => (await store.find(place, id))?.status }
}

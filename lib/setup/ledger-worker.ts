import { setTimeout as elapse } from 'node:timers/promises'
import { readAccount } from '../server/account/account.ts'
import { release, releaseAllOverdue, reserve, settle } from '../server/account/reservations.ts'
import { decideTopUp, followPending, fund } from '../server/account/top-ups.ts'
import type { Place } from '../server/caller.ts'
import { database } from '../server/db/database.ts'
import { problemOf } from '../server/problem.ts'
import { actFor } from '../server/tenants/tenants.ts'

// A process that moves money at random, as servers do that share a database, for whoever proves that the books stay right:
// `node ledger-worker.ts <tenantId> <seed> <operations>`. It says a line of JSON for each outcome once that is on disk, and may
// be killed at any moment. What it does follows from its seed alone; when, from the machine.

/** What came of an operation. */
export type Outcome =
  | { of: 'fund'; key: string; topUpId: string; status: string }
  | { of: 'decide'; topUpId: string; status: string }
  | { of: 'reserve'; runId: string; held: boolean }
  | { of: 'settle' | 'release'; runId: string; done: boolean }

const [tenantId = '', seed = '', operations = ''] = process.argv.slice(2)
const environments = ['test', 'live'] as const
const cards = ['pm_card_ok', 'pm_card_ok', 'pm_card_declined', 'pm_card_pending'] as const
const atOnce = 6

let state = Number(seed)
/** From 0 up to but without `below`; the mulberry32 of the seed. */
function random(below: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
}
const one = <Item>(of: readonly Item[]): Item => of[random(of.length)] as Item
const say = (outcome: Outcome) => process.stdout.write(`${JSON.stringify(outcome)}\n`)

const [test, live] = await Promise.all(environments.map((environment) => actFor(tenantId, environment)))
if (!(test && live)) throw new Error('There is no such tenant.')
/** Few enough that workers meet: Idempotency-Keys and runs of one name come again and again. */
const name = () => `${random(400)}`

const acts: (() => Promise<void>)[] = [
  async () => {
    const caller = one([test, live])
    const paymentMethodId = caller === test ? one(cards) : (process.env.METHOD ?? '')
    const request = { amount: 100 + random(400), paymentMethodId }
    const key = `${caller.environment}-${name()}`
    const { id, status } = await fund(caller, request, key)
    say({ of: 'fund', key, topUpId: id, status })
    if (status === 'pending' && random(2)) await decide(id)
  },
  async () => {
    const place: Place = { tenantId, environment: one(environments) }
    const runId = `run-${place.environment}-${name()}-${random(8)}`
    const held = { amount: 1 + random(200), currency: 'USD' as const, runId, until: new Date(Date.now() + random(400)) }
    await (await database()).$transaction((tx) => reserve(tx, place, held))
    say({ of: 'reserve', runId, held: true })
    if (random(3)) await elapse(random(100))
    await Promise.all(Array.from({ length: 1 + random(3) }, () => end(place, runId)))
  },
  async () => {
    const place: Place = { tenantId, environment: one(environments) }
    await end(place, `run-${place.environment}-${name()}-${random(8)}`)
  },
  async () => void (await one([releaseAllOverdue, followPending, () => readAccount(one([test, live]))])()),
]

async function end(place: Place, runId: string): Promise<void> {
  const of = one(['settle', 'release'] as const)
  const done = await (await database()).$transaction((tx) => (of === 'settle' ? settle : release)(tx, place, runId))
  say({ of, runId, done })
}

async function decide(topUpId: string): Promise<void> {
  const { status } = await decideTopUp(topUpId, one(['succeeded', 'declined'] as const))
  say({ of: 'decide', topUpId, status })
}

let left = Number(operations)
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (left-- > 0) {
      await one([acts[0], acts[0], acts[1], acts[1], acts[1], acts[2], acts[3]] as typeof acts)().catch((error) => {
        // What is refused changes nothing: a balance that is too small, a key or a run that was used before.
        if (!problemOf(error) && (error as { code?: string }).code !== 'P2002') throw error
      })
    }
  }),
)

import { randomUUID } from 'node:crypto'
import type { Environment } from '#lib/contract/environment.ts'
import { clock, later, watchForSetBack } from '../../clock.ts'
import { log } from '../../log.ts'
import { noteWebhookLag } from '../../metrics/metrics.ts'
import { sparingly } from '../../sparingly.ts'
import { onWake } from '../wake.ts'
import { attempt, notMade } from './attempt.ts'
import { disableIfDead } from './disable.ts'
import { type DueEndpoint, firstDue, longestDue, waiting } from './due/store.ts'
import { Slots } from './slots.ts'
import * as store from './store.ts'
import { sweepNowAndThen } from './sweep.ts'

// How often is looked for what other processes told or gave back, how long a delivery is this process's own, and how long
// those under way may last at the end. All in milliseconds.
const pollMilliseconds = 1_000
const leaseMilliseconds = 60_000
const graceMilliseconds = 7_000

// In one look: deliveries that are due, endpoints, and deliveries to one that is off.
const [dueAtOnce, endpointsAtOnce, droppedAtOnce] = [500, 64, 200]

const slots = new Slots()
const underWay = new Map<Promise<void>, store.Claimed>()
const saySometimes = sparingly()

let sending = false
let timer: NodeJS.Timeout | undefined
let turning: Promise<void> | undefined
let sweeping: Promise<void> | undefined
let again = false
let abort = new AbortController()
/** The endpoint that was looked at last, where the look ended before all were. */
let after = ''
let setBack = watchForSetBack()
/** By how much the clock was set back since deliveries followed it; at the beginning nobody knows. */
let behind: number | undefined

/** From now on this process sends what is due, as soon as it is told or by looking for it. A second time changes nothing. */
export function beginSending(): void {
  if (sending) return
  sending = true
  abort = new AbortController()
  setBack = watchForSetBack()
  behind = 0
  onWake(wake)
  wake()
}

/**
 * Takes nothing more, and waits for what is under way; what lasts too long is ended, and is due again at once, here or in
 * another process.
 */
export async function endSending(): Promise<void> {
  if (!sending) return
  sending = false
  onWake(undefined)
  clearTimeout(timer)
  timer = undefined
  await turning
  await sweeping
  const grace = setTimeout(() => abort.abort(new Error('The server stops.')), graceMilliseconds)
  const claimed = [...underWay.values()]
  await Promise.all(underWay.keys())
  clearTimeout(grace)
  // Of those that ended well none has its lease any more.
  if (claimed.length > 0) await store.giveBack([...new Set(claimed.map(({ lease }) => lease))]).catch(say)
}

/** Sends all that is due by the clock, and waits for what comes of it; for whoever sends by hand. */
export async function sendDue(): Promise<void> {
  do await fill()
  while ((await Promise.all(underWay.keys())).length > 0)
}

function wake(): void {
  again = true
  if (turning || !sending) return
  clearTimeout(timer)
  turning = turn().finally(() => {
    turning = undefined
    if (again) wake()
  })
}

/** Takes what is due until nothing is, or no slot is free; then waits for the next. */
async function turn(): Promise<void> {
  let wait = pollMilliseconds
  try {
    while (again && sending) {
      again = false
      await followClock()
      const first = await firstDue()
      const ahead = first ? first.getTime() - clock.now() : Number.POSITIVE_INFINITY
      noteWebhookLag(Math.max(0, -ahead))
      // What is due and finds no slot waits for one that ends.
      if (ahead > 0) wait = Math.min(ahead, pollMilliseconds)
      else again = (await fill()) > 0 || again
    }
  } catch (error) {
    say(error)
  }
  if (!sending) return
  // Beside the sending, which does not wait for it.
  sweeping ??= sweepNowAndThen(() => sending)
    .catch(say)
    .finally(() => {
      sweeping = undefined
    })
  timer = setTimeout(wake, wait)
  timer.unref()
}

/** Where the clock was set back, what was to be sent within the time that it was set back by is not put off by that. */
async function followClock(): Promise<void> {
  const back = setBack()
  if (back !== undefined) behind = (behind ?? 0) + back
  if (behind === undefined) return
  await store.bringForward(behind, leaseMilliseconds)
  behind = undefined
}

/**
 * Takes what is due, as far as there are slots; how much it was. First where something is due longest; where so much is due
 * there that others may wait behind it, at each endpoint in its turn, too.
 */
async function fill(): Promise<number> {
  const { endpoints, all } = await longestDue(dueAtOnce)
  let found = await takeFrom(endpoints)
  if (all) return found
  do {
    const page = await waiting(after, endpointsAtOnce)
    after = page.length < endpointsAtOnce ? '' : (page.at(-1)?.endpointId ?? '')
    found += await takeFrom(page.filter(({ due }) => due))
  } while (found === 0 && after !== '' && !slots.full)
  return found
}

async function takeFrom(endpoints: DueEndpoint[]): Promise<number> {
  const off = endpoints.filter(({ enabled }) => !enabled).map(({ endpointId }) => endpointId)
  const dropped = off.length > 0 ? await store.giveUp(off, droppedAtOnce) : 0
  const wanted = endpoints
    .filter(({ enabled }) => enabled)
    .map((one) => ({ ...one, tenantId: one.tenantId ?? '' }))
    .map((one) => ({ ...one, most: slots.takeAll(one) }))
    .filter(({ most }) => most > 0)
  if (wanted.length === 0) return dropped
  let claimed: store.Claimed[] = []
  try {
    claimed = await store.claim(randomUUID(), later(leaseMilliseconds), wanted)
  } finally {
    for (const one of wanted) {
      const taken = claimed.filter(({ endpointId }) => endpointId === one.endpointId).length
      slots.release(one.most - taken, one)
    }
  }
  for (const delivery of claimed) send(delivery)
  return dropped + claimed.length
}

function send(delivery: store.Claimed): void {
  const sent = deliver(delivery)
    .catch(say)
    .finally(() => {
      slots.release(1, delivery)
      underWay.delete(sent)
      wake()
    })
  underWay.set(sent, delivery)
}

async function deliver(delivery: store.Claimed): Promise<void> {
  const { endpointId, tenantId, environment } = delivery
  const attempted = await attempt(delivery, abort.signal).catch((error) => {
    abort.signal.throwIfAborted()
    say(error)
    return notMade(delivery)
  })
  await store.settle(delivery, attempted)
  // One attempt that fails says nothing of an endpoint: a whole schedule does.
  if (attempted.outcome !== 'failed') return
  await disableIfDead({ tenantId, environment: environment as Environment }, endpointId, attempted.gone)
}

function say(err: unknown): void {
  if (abort.signal.aborted) return
  saySometimes(() => log().error({ err }, 'webhooks cannot be sent now; what is due is tried again'))
}

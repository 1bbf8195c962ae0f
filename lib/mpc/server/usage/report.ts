import { clock, later } from '../clock.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { deliver, NotDelivered } from './deliver.ts'
import * as store from './store.ts'

// Events in one batch; how long after a call it is sent, so that calls of one moment go together; and how long the first and the
// longest wait after a failure are. All in milliseconds but the first.
const batch = 50
const gathering = 250
const [firstWait, longestWait] = [1_000, 60_000]
/** How long an event is kept that was set aside, or that nobody took. */
const keptMilliseconds = 90 * 24 * 3_600_000

let timer: NodeJS.Timeout | undefined
let running: Promise<void> | undefined
let wait = firstWait
/** What was said of the failure that lasts. */
let failing: string | undefined
let more = false
let stopped = true

/** From now on usage is reported, what waits from before first. */
export function beginReporting(): void {
  stopped = false
  schedule(0)
}

/** There is something to report. */
export function wake(): void {
  more = true
  if (!failing) schedule(gathering)
}

/** Ends after the report that is under way. What is not acknowledged stays in the database for the next start. */
export async function endReporting(): Promise<void> {
  stopped = true
  clearTimeout(timer)
  timer = undefined
  await running
}

function schedule(milliseconds: number): void {
  if (stopped || timer || running || !env().usage.token) return
  timer = clock.after(milliseconds, () => {
    timer = undefined
    running = reportAll().finally(() => {
      running = undefined
      if (failing) schedule(wait)
      else if (more) schedule(gathering)
    })
  })
  timer.unref()
}

/** Sends all that waits, batch by batch, until nothing does or one is not taken. */
async function reportAll(): Promise<void> {
  more = false
  try {
    for (let sent = batch; sent === batch && !stopped; ) sent = await reportSome()
    if (failing) log().warn('usage is reported again')
    failing = undefined
    wait = firstWait
  } catch (err) {
    const why = whyNot(err)
    if (failing !== why) log().warn({ err }, why)
    failing = why
    wait = Math.min(wait * 2, longestWait)
  }
}

async function reportSome(): Promise<number> {
  const events = await store.oldest(batch)
  if (events.length === 0) return 0
  const { taken, refused } = await deliver(events)
  await store.settle(taken, refused)
  for (const { id, reason } of refused) {
    log().warn({ event: id, reason }, 'an event of usage is set aside: the usage service refuses it')
  }
  return events.length
}

function whyNot(error: unknown): string {
  const status = error instanceof NotDelivered ? error.status : 0
  if (status !== 401 && status !== 403) return 'usage cannot be reported now; it is kept, and tried again'
  return 'usage is kept: the usage service does not take MPC_USAGE_TOKEN. Make a token at the auth server (npm run --silent admin -- service-tokens create --for mpc), set it and start this server again.'
}

/** Forgets events that were set aside, or found no taker, 90 days ago. */
export async function removeOld(): Promise<void> {
  const count = await store.removeOld(later(-keptMilliseconds))
  if (count > 0) log().warn({ count }, 'events of usage were not taken within 90 days and are removed')
}

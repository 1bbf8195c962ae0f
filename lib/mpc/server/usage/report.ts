import { env } from '../env.ts'
import { log } from '../log.ts'
import * as store from './store.ts'

// Events in one batch; how long after a call it is sent, so that calls of one moment go together; and how long the first and the
// longest wait after a failure are. All in milliseconds but the first.
const batch = 50
const gathering = 250
const [firstWait, longestWait] = [1_000, 60_000]
const patience = 10_000

let timer: NodeJS.Timeout | undefined
let running: Promise<void> | undefined
let wait = firstWait
let failing = false
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
  timer = setTimeout(() => {
    timer = undefined
    running = reportAll().finally(() => {
      running = undefined
      if (failing) schedule(wait)
      else if (more) schedule(gathering)
    })
  }, milliseconds)
  timer.unref()
}

/** Sends all that waits, batch by batch, until nothing does or one is not taken. */
async function reportAll(): Promise<void> {
  more = false
  try {
    for (let sent = batch; sent === batch && !stopped; ) sent = await reportSome()
    if (failing) log().warn('usage is reported again')
    failing = false
    wait = firstWait
  } catch (err) {
    if (!failing) log().warn({ err }, 'usage cannot be reported now; it is kept, and tried again')
    failing = true
    wait = Math.min(wait * 2, longestWait)
  }
}

async function reportSome(): Promise<number> {
  const events = await store.oldest(batch)
  if (events.length === 0) return 0
  const { url, token } = env().usage
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
    body: `[${events.map(({ event }) => event).join(',')}]`,
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  })
  if (!answer.ok) throw new Error(`Usage was answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  await answer.arrayBuffer()
  await store.remove(events.map(({ id }) => id))
  return events.length
}

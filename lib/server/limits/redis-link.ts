import { randomUUID } from 'node:crypto'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { type Sparingly, sparingly } from '../sparingly.ts'
import { isRefusal, type LimitsRedis, openRedis, reasonOf, spendIn } from './redis-client.ts'
import { leaseMilliseconds } from './take-slot-script.ts'

const answerMilliseconds = 250
const openingMilliseconds = 1_000
const beatMilliseconds = 1_000
const tickMilliseconds = 25

// Who was away has more to show than who was not: with one measure for both, an answer time near it would open and
// shut the link all the time.
const beatsToReturn = 5
const returnMilliseconds = 100

/** This process's connection to Redis, and whether Redis can be relied on now. */
export interface RedisLink {
  client: LimitsRedis
  /** Undefined until `opening` settles. */
  up: boolean | undefined
  /** Settles when Redis was seen to work, or is not to be waited for. */
  opening: Promise<void>
  timer: NodeJS.Timeout
  beating?: Promise<void> | undefined
  /** Good beats in a row. */
  beats: number
  /** What it last went down with, and why something of one bucket was refused since the last beat. */
  failure?: unknown
  refused?: string | undefined
  /** What the log said last. */
  saidUp: boolean
  sayState: Sparingly
  sayRefusal: Sparingly
  /** Given back, and Redis has not confirmed it. */
  unconfirmed: Map<string, Lease>
}

interface Lease {
  key: string
  /** When it has ended by itself. */
  ends: number
}

const shared = globalThis as { playgroundRedis?: RedisLink | undefined }

/**
 * Asks Redis, if there is one. After a question without an answer, nobody asks until Redis is seen to work again: a
 * Redis that hangs costs the requests of one moment a quarter of a second, and the others nothing. What Redis refuses
 * is the affair of the one bucket that it was asked for, unless the next beat is refused as well.
 *
 * @param undo for a question that may have arrived though no answer came
 * @returns undefined where Redis does not say
 */
export async function ask<Answer>(
  question: (link: RedisLink) => Promise<Answer>,
  undo?: (link: RedisLink) => void,
): Promise<Answer | undefined> {
  const link = redisLink()
  await link?.opening
  if (!link?.up) return undefined
  try {
    return await within(answerMilliseconds, question(link))
  } catch (error) {
    fail(link, error)
    if (!isRefusal(error)) undo?.(link)
    return undefined
  }
}

/** Gives a lease back. Where Redis does not hear of it, it is told again when it is back. */
export function giveBack(link: RedisLink, key: string, lease: string): void {
  link.unconfirmed.set(lease, { key, ends: performance.now() + leaseMilliseconds })
  tell(link, key, lease)
}

/** The link, made on first use; undefined without REDIS_URL. */
export function redisLink(): RedisLink | undefined {
  const { redisUrl } = env()
  if (redisUrl) shared.playgroundRedis ??= open(redisUrl)
  return shared.playgroundRedis
}

/** Ends the connection, after all that was written to it. */
export async function closeRedis(): Promise<void> {
  const link = shared.playgroundRedis
  if (!link) return
  shared.playgroundRedis = undefined
  clearInterval(link.timer)
  await within(answerMilliseconds, link.client.quit()).catch(() => link.client.disconnect())
}

function open(url: string): RedisLink {
  const client = openRedis(url)
  const connected = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    client.once('close', reject)
  })
  const name = randomUUID()
  const link: RedisLink = {
    client,
    up: undefined,
    opening: within(
      openingMilliseconds,
      connected.then(() => beat(link, name)),
    ).catch((error) => goDown(link, error)),
    timer: setInterval(() => link.up !== undefined && void beat(link, name), beatMilliseconds).unref(),
    beats: 0,
    saidUp: true,
    sayState: sparingly(),
    sayRefusal: sparingly(),
    unconfirmed: new Map(),
  }
  client.on('error', (error) => goDown(link, error))
  client.on('close', () => goDown(link))
  client.on('ready', () => void beat(link, name))
  return link
}

/** Sees whether Redis works, one look at a time. */
function beat(link: RedisLink, name: string): Promise<void> {
  link.beating ??= look(link, name).finally(() => {
    link.beating = undefined
    say(link)
  })
  return link.beating
}

/** Asks what requests ask, under a name that nobody else has: a Redis that is only read from, or full, does not work. */
async function look(link: RedisLink, name: string): Promise<void> {
  const { client } = link
  try {
    const asked = Promise.all([client.takeSlot(`beat:${name}`, 'beat', 2), spendIn(client, 'beats', name, 1_000)])
    await within(link.up === false ? returnMilliseconds : answerMilliseconds, asked)
  } catch (error) {
    return goDown(link, error)
  }
  if (!isOurs(link)) return
  for (const [lease, { key, ends }] of link.unconfirmed) {
    if (ends > performance.now()) tell(link, key, lease)
    else link.unconfirmed.delete(lease)
  }
  sayRefused(link)
  link.beats++
  if (link.up === undefined || link.beats >= beatsToReturn) link.up = true
}

function tell(link: RedisLink, key: string, lease: string): void {
  within(answerMilliseconds, link.client.zrem(key, lease)).then(
    () => link.unconfirmed.delete(lease),
    (error) => fail(link, error),
  )
}

/** Memory is no bucket's own: a Redis on the edge of being full would count some requests of each, and not others. */
function fail(link: RedisLink, error: unknown): void {
  if (isRefusal(error) && reasonOf(error) !== 'OOM') link.refused ??= reasonOf(error)
  else goDown(link, error)
}

function goDown(link: RedisLink, error?: unknown): void {
  link.beats = 0
  link.refused = undefined
  if (link.up === false || !isOurs(link)) return
  link.up = false
  link.failure = error
  say(link)
}

/** Says a change in the log, once a minute at most; one that came sooner, and has lasted, then. */
function say(link: RedisLink): void {
  const { up = true, saidUp, failure } = link
  if (!isOurs(link) || up === saidUp) return
  link.sayState(() => {
    link.saidUp = up
    if (up) return log().warn('Redis is back: limits are counted there again')
    const what = isRefusal(failure) ? 'refuses to count' : 'does not answer'
    log().warn({ reason: reasonOf(failure) }, `Redis ${what}: limits are counted in this process`)
  })
}

function sayRefused(link: RedisLink): void {
  const { refused: reason } = link
  link.refused = undefined
  if (!reason) return
  link.sayRefusal(() => {
    log().warn({ reason }, 'Redis refuses to count for some bucket: that one is counted in this process')
  })
}

/** Of one that was closed, nothing is said. */
function isOurs(link: RedisLink): boolean {
  return link === shared.playgroundRedis
}

/**
 * An answer that comes in time: in time that this process had to hear it. One in which it was busy itself, as it is where it
 * begins, is not taken for Redis's silence: however long, it is one tick.
 */
function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('no answer'))
    let left = milliseconds / tickMilliseconds
    const tick = () => (--left > 0 ? wait() : setImmediate(late))
    const wait = () => {
      timer = setTimeout(tick, tickMilliseconds)
    }
    let timer = setTimeout(tick, tickMilliseconds)
    answer.then(resolve, reject).finally(() => {
      left = 0
      clearTimeout(timer)
    })
  })
}

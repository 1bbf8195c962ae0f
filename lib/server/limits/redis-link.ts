import { Redis } from 'ioredis'
import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { takeSlotScript } from './take-slot-script.ts'

const answerMilliseconds = 250
const openingMilliseconds = 1_000
const beatMilliseconds = 1_000

interface LimitsRedis extends Redis {
  /** Answers whether the slot was free (1 or 0), and how many are taken now. */
  takeSlot(key: string, lease: string, limit: number): Promise<[granted: number, taken: number]>
}

/** This process's connection to Redis, and whether Redis can be relied on now. */
export interface RedisLink {
  client: LimitsRedis
  up: boolean
  /** Settles when the first connection stands, or is not to be waited for. */
  opening: Promise<void>
  beat: NodeJS.Timeout
  rates: Map<string, RateLimiterRedis>
  /** Lease → key: given back, and Redis has not confirmed it. */
  unconfirmed: Map<string, string>
}

const shared = globalThis as { playgroundRedis?: RedisLink | undefined }

/**
 * Asks Redis, if there is one. After a question without an answer, nobody asks until Redis is seen to work again: a
 * Redis that hangs costs the requests of one moment a quarter of a second, and the others nothing.
 *
 * @param undo for a question that may have arrived though no answer came
 * @returns undefined where Redis does not answer
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
    goDown(link, error)
    undo?.(link)
    return undefined
  }
}

/** Gives a lease back. Where Redis does not hear of it, it is told again when it is back. */
export function giveBack(link: RedisLink, key: string, lease: string): void {
  link.unconfirmed.set(lease, key)
  within(answerMilliseconds, link.client.zrem(key, lease)).then(
    () => link.unconfirmed.delete(lease),
    (error) => goDown(link, error),
  )
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
  clearInterval(link.beat)
  await within(answerMilliseconds, link.client.quit()).catch(() => link.client.disconnect())
}

function open(url: string): RedisLink {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    // What got no answer is not sent again later, when nobody waits for it any more.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: 2_000,
    // Of a connection that died without a word: the beat asks every second.
    socketTimeout: 5_000,
    retryStrategy: (times) => Math.min(times * 100, 2_000) + Math.random() * 100,
    scripts: { takeSlot: takeSlotScript },
  }) as LimitsRedis
  const connected = new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    client.once('close', reject)
  })
  const link: RedisLink = {
    client,
    up: true,
    opening: within(openingMilliseconds, connected).catch((error) => goDown(link, error)),
    beat: setInterval(() => void beat(link), beatMilliseconds).unref(),
    rates: new Map(),
    unconfirmed: new Map(),
  }
  client.on('error', (error) => goDown(link, error))
  client.on('close', () => goDown(link))
  client.on('ready', () => void beat(link))
  return link
}

/** Sees whether Redis works, by what requests ask of it: one that is only read from, or full, does not. */
async function beat(link: RedisLink): Promise<void> {
  try {
    await within(answerMilliseconds, link.client.takeSlot('playground:beat', 'beat', 2))
  } catch (error) {
    return goDown(link, error)
  }
  if (!isOurs(link)) return
  for (const [lease, key] of link.unconfirmed) giveBack(link, key, lease)
  if (link.up) return
  link.up = true
  log().warn('Redis is back: limits are counted there again')
}

function goDown(link: RedisLink, error?: unknown): void {
  if (!link.up || !isOurs(link)) return
  link.up = false
  log().warn({ reason: reasonOf(error) }, 'Redis cannot be reached: limits are counted in this process')
}

/** Of one that was closed, nothing is said. */
function isOurs(link: RedisLink): boolean {
  return link === shared.playgroundRedis
}

/** A code and no more: messages may quote the URL or a command, and the password with it. */
function reasonOf(error: unknown): string {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  return code ?? /^[A-Z]{3,}/.exec(message)?.[0] ?? 'no answer'
}

/**
 * An answer that comes in time. What has arrived already is still heard when time is up, so that a moment in which this
 * process was busy is not taken for Redis's silence.
 */
function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error('no answer'))
    const timer = setTimeout(() => setImmediate(late), milliseconds)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

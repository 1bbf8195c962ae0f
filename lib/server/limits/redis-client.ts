import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { minuteSeconds, type Spent, spendOf } from './counted.ts'
import { takeSlotScript } from './take-slot-script.ts'

/** A connection to Redis, and what is asked over it. Keys are without their prefix. */
export interface LimitsRedis extends Redis {
  /** Answers whether the slot was free (1 or 0), and how many are taken now. */
  takeSlot(key: string, lease: string, limit: number): Promise<[granted: number, taken: number]>
}

/** A version that keeps anything else under these names has another number, so that no two of them clash. */
const keyPrefix = 'playground:v1:'

/** Opens a connection, which opens itself again for as long as it is not ended. */
export function openRedis(url: string): LimitsRedis {
  return new Redis(url, {
    keyPrefix,
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
}

/** Counts an event of a bucket's minute. */
export function spendIn(client: LimitsRedis, policy: string, bucket: string, limit: number): Promise<Spent> {
  return spendOf(rate(client, policy, limit), bucket)
}

const rates = new WeakMap<LimitsRedis, Map<string, RateLimiterRedis>>()

function rate(client: LimitsRedis, policy: string, limit: number): RateLimiterRedis {
  const known = rates.get(client) ?? new Map<string, RateLimiterRedis>()
  rates.set(client, known)
  const name = `${policy}/${limit}`
  let limiter = known.get(name)
  if (!limiter) {
    limiter = new RateLimiterRedis({
      storeClient: client,
      keyPrefix: policy,
      points: limit,
      duration: minuteSeconds,
      // Past the limit, the rest of the minute is refused without asking.
      inMemoryBlockOnConsumed: limit + 1,
    })
    known.set(name, limiter)
  }
  return limiter
}

/** Whether Redis answered, and the answer was that it will not. */
export function isRefusal(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ReplyError'
}

/** Why a question failed: a code and no more, for messages may quote the URL or a command, and the password with it. */
export function reasonOf(error: unknown): string {
  const { code, message = '' } = (error ?? {}) as { code?: string; message?: string }
  return code ?? (/\bOOM\b/.exec(message) ?? /^[A-Z]{3,}/.exec(message))?.[0] ?? 'no answer'
}

import ipaddr from 'ipaddr.js'
import { Problem } from '../problem.ts'
import type { Slot, Spent } from './counted.ts'
import type { Limits } from './limits-of.ts'
import { forgetMemory, spendInMemory, takeSlotInMemory } from './memory.ts'
import { bucketHeaders, failuresHeaders } from './rate-limit-headers.ts'
import { spendInRedis, takeSlotInRedis } from './redis.ts'
import { closeRedis, redisLink } from './redis-link.ts'

export type { Limits } from './limits-of.ts'

/** A request that may go on. */
export interface Admission {
  /** Requests in the bucket's current minute and slots taken, this request among them. */
  requests: number
  inFlight: number
  /** How many requests the minute has. */
  limit: number
  /** `RateLimit-Policy` and `RateLimit`. */
  headers: Record<string, string>
  /** Gives the slot back; any number of times. Never throws. */
  release(): void
}

const failuresPerMinute = 300

/**
 * Takes a slot, then a request of the bucket's minute. Who is refused a slot spends no request; who is refused a request
 * holds no slot.
 *
 * Counted in Redis, among all processes, where REDIS_URL is set and Redis answers; else in this process.
 *
 * @throws Problem concurrency_limited, rate_limited, with the violated policy and Retry-After
 */
export async function admit(bucket: string, limits: Limits): Promise<Admission> {
  const slot = await takeSlot(bucket, limits.concurrent)
  if (!slot.granted) throw concurrencyLimited(limits)
  const spent = await spend('requests', bucket, limits.requestsPerMinute)
  if (!spent.granted) {
    slot.release()
    throw rateLimited(limits, slot, spent)
  }
  const requests = { r: limits.requestsPerMinute - spent.count, t: secondsOf(spent) }
  const headers = bucketHeaders(limits, { requests, concurrent: { r: limits.concurrent - slot.taken } })
  return {
    requests: spent.count,
    inFlight: slot.taken,
    limit: limits.requestsPerMinute,
    headers,
    release: slot.release,
  }
}

/**
 * Notes that a key from an address was refused. Addresses that are not known share one bucket, and so do those of one
 * IPv6 network, which one host can have all of.
 *
 * @throws Problem rate_limited once there were more than 300 in a minute
 */
export async function noteFailure(address: string | undefined): Promise<void> {
  const spent = await spend('failures', networkOf(address), failuresPerMinute)
  if (spent.granted) return
  const seconds = secondsOf(spent)
  throw new Problem(
    'rate_limited',
    `More than ${failuresPerMinute} API keys from this address were refused within a minute. Come again in ${seconds} s, with a key that is valid.`,
    {
      headers: { 'Retry-After': String(seconds), ...failuresHeaders(failuresPerMinute, seconds) },
      violatedPolicies: ['failures'],
    },
  )
}

/** Whether something that nobody is refused for, but that is to be kept rare, is one of the first so many of a minute. */
export async function isWithin(bucket: string, perMinute: number): Promise<boolean> {
  return (await spend('noted', bucket, perMinute)).granted
}

/**
 * Where limits are counted now; at first after Redis was asked, which takes a second at most. Degraded: REDIS_URL is set and
 * Redis does not work, so each process counts for itself.
 */
export async function limitsHealth(): Promise<{ store: 'memory' | 'redis'; degraded: boolean }> {
  const link = redisLink()
  await link?.opening
  return { store: link?.up ? 'redis' : 'memory', degraded: link?.up === false }
}

/** Ends the connection to Redis and forgets what was counted here. */
export async function closeLimits(): Promise<void> {
  forgetMemory()
  await closeRedis()
}

async function takeSlot(bucket: string, limit: number): Promise<Slot> {
  const slot = redisLink() && (await takeSlotInRedis(bucket, limit))
  return slot ?? takeSlotInMemory(bucket, limit)
}

async function spend(policy: string, bucket: string, limit: number): Promise<Spent> {
  const spent = redisLink() && (await spendInRedis(policy, bucket, limit))
  return spent ?? spendInMemory(policy, bucket, limit)
}

function concurrencyLimited(limits: Limits): Problem {
  return new Problem(
    'concurrency_limited',
    `Only ${limits.concurrent} requests may be under way at once, and so many are. Come again when one has ended, or in 1 s.`,
    {
      headers: { 'Retry-After': '1', ...bucketHeaders(limits, { concurrent: { r: 0 } }) },
      violatedPolicies: ['concurrent'],
    },
  )
}

function rateLimited(limits: Limits, slot: Slot, spent: Spent): Problem {
  const seconds = secondsOf(spent)
  const left = { requests: { r: 0, t: seconds }, concurrent: { r: limits.concurrent - slot.taken + 1 } }
  return new Problem(
    'rate_limited',
    `Only ${limits.requestsPerMinute} requests may come within a minute, and so many have. Come again in ${seconds} s.`,
    { headers: { 'Retry-After': String(seconds), ...bucketHeaders(limits, left) }, violatedPolicies: ['requests'] },
  )
}

/** Until the minute ends, and never none. */
function secondsOf({ milliseconds }: Spent): number {
  return Math.max(1, Math.ceil(milliseconds / 1000))
}

/** What counts as one visitor: an IPv4 address, an IPv6 network of 64 bits. */
export function networkOf(address = 'unknown'): string {
  if (!ipaddr.IPv6.isValid(address)) return address
  const groups = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`
}

import { type BareItem, type Item, serializeList } from 'structured-headers'
import { minuteSeconds } from './counted.ts'
import type { Limits } from './limits-of.ts'

/** What is left of a policy's quota and, where it has a window, the seconds until there is all of it again. */
export interface Left {
  r: number
  t?: number
}

const policies = new Map<string, string>()

/**
 * `RateLimit-Policy` and `RateLimit` of a bucket; what is not known is left out.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10
 */
export function bucketHeaders(limits: Limits, left: { requests?: Left; concurrent: Left }): Record<string, string> {
  const { requests, concurrent } = left
  return { 'RateLimit-Policy': policyOf(limits), RateLimit: requests ? bothLeft(requests, concurrent) : list(left) }
}

/** What `list` writes of both: every answer says it, and integers are written as they are (RFC 9651 §4.1.4). */
function bothLeft({ r, t }: Left, concurrent: Left): string {
  return `"requests";r=${r};t=${t}, "concurrent";r=${concurrent.r}`
}

/** The same of an address that failed too often. */
export function failuresHeaders(quota: number, seconds: number): Record<string, string> {
  return {
    'RateLimit-Policy': list({ failures: { q: quota, w: minuteSeconds } }),
    RateLimit: list({ failures: { r: 0, t: seconds } }),
  }
}

function policyOf({ requestsPerMinute, concurrent }: Limits): string {
  const name = `${requestsPerMinute}/${concurrent}`
  let policy = policies.get(name)
  if (!policy) {
    policy = list({
      requests: { q: requestsPerMinute, w: minuteSeconds },
      concurrent: { q: concurrent, qu: 'concurrent-requests' },
    })
    policies.set(name, policy)
  }
  return policy
}

/** Names with their parameters, in the order that they are given in. */
function list(items: Record<string, object>): string {
  return serializeList(
    Object.entries(items).map(
      ([name, parameters]): Item => [name, new Map(Object.entries<BareItem>({ ...parameters }))],
    ),
  )
}

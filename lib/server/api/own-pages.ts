import type { Context, Next } from 'hono'
import { env } from '../env.ts'
import { admit } from '../limits/limits.ts'
import { Problem } from '../problem.ts'
import { clientAddress, visitorNetwork } from './client-address.ts'
import type { ApiEnv } from './context.ts'

// A sign-in takes half a dozen requests, and an office behind one address begins its day with hundreds; what asks more often
// than that is no people.
const limits = { requestsPerMinute: 3_000, concurrent: 50 }

/**
 * What takes a cookie takes changes from this server's own pages only: browsers say where a request comes from, and pages
 * cannot forge it.
 *
 * @throws Problem origin_not_allowed
 */
export async function fromOwnPages(c: Context, next: Next): Promise<void> {
  const { origin } = new URL(env().baseUrl)
  if (!/^(?:GET|HEAD)$/.test(c.req.method) && c.req.header('origin') !== origin) {
    throw new Problem('origin_not_allowed', `Changes are made from the pages at ${origin}, and from nowhere else.`)
  }
  await next()
}

/** Lets so many requests of a visitor to the pages for an app's users in; where the server can tell nobody apart, all. */
export async function throttled(c: Context, next: Next): Promise<void> {
  const visitor = visitorNetwork(c)
  if (!visitor) return next()
  const { release } = await admit(`interaction ${visitor}`, limits)
  await next().finally(release)
}

/** From where a request comes, and with which browser. */
export function fromOf(c: Context<ApiEnv>) {
  const userAgent = c.req.header('user-agent')?.slice(0, 256)
  return { address: clientAddress(c), requestId: c.get('requestId'), userAgent }
}

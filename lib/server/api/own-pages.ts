import type { Context, Next } from 'hono'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'

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

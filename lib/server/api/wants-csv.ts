import type { Context } from 'hono'
import { accepts } from 'hono/accepts'

/** Whether the caller asks for CSV rather than JSON; the answer says that it depends on that. */
export function wantsCsv(c: Context): boolean {
  c.header('Vary', 'Accept', { append: true })
  const supports = ['application/json', 'text/csv']
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === 'text/csv'
}

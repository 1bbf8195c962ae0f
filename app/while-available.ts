import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { logUnavailable } from '#lib/server/log-unavailable.ts'
import { toldOf } from '#lib/server/problem.ts'

/**
 * What a page reads. While the database refuses, the browser is led to where that is said with status 503, and comes back
 * from there: Next gives a page that fails the status 500, and no words without a script.
 */
export async function whileAvailable<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    if (toldOf(error)?.code !== 'unavailable') throw error
    logUnavailable(error)
    redirect(`/unavailable?next=${encodeURIComponent((await headers()).get('x-path') ?? '/')}`)
  }
}

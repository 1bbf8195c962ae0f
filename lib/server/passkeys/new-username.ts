import { whyNoUsername } from '#lib/contract/names.ts'
import { invalid } from '../problem.ts'

/**
 * Refuses a username that nobody new may have. Whoever had it before this was asked keeps it, and signs in by it.
 *
 * @throws Problem invalid_request
 */
export function refuseUnfit(username: string): void {
  const message = whyNoUsername(username)
  if (message) throw invalid('username', message)
}

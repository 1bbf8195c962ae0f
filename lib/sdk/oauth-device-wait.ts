import { ConnectionError } from './connection-error.ts'
import type { OAuthError } from './oauth-error.ts'
import type { DeviceExchange } from './oauth-shapes.ts'
import { pace } from './pace.ts'

/** Seconds between two questions to a server that is away, at the most. */
const longestInterval = 60

/**
 * Asks until the person has answered; less often where no answer comes, as long as the codes can live.
 *
 * @throws what is an answer of another kind; the signal's reason, at once
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
export async function whilePending<Answer>(
  ask: () => Promise<Answer>,
  { signal, interval = 5, expiresIn = 1_800 }: Pick<DeviceExchange, 'signal' | 'interval' | 'expiresIn'>,
): Promise<Answer> {
  if (!(interval >= 0 && expiresIn >= 0)) throw new TypeError('interval and expiresIn are seconds, 0 or more.')
  const end = Date.now() + expiresIn * 1_000
  for (let seconds = interval; ; ) {
    await pace.pause(seconds * 1_000, signal)
    try {
      return await ask()
    } catch (error) {
      signal?.throwIfAborted()
      const code = (error as Partial<OAuthError>).error
      if (isAway(error) && Date.now() < end) seconds = Math.min(2 * seconds || 1, longestInterval)
      else if (code === 'slow_down') seconds += 5
      else if (code !== 'authorization_pending') throw error
    }
  }
}

/** No answer came, or one that says nothing of the codes. */
function isAway(error: unknown): boolean {
  return error instanceof ConnectionError || /^(?:429|50[234])$/.test(`${(error as Partial<OAuthError>).status}`)
}

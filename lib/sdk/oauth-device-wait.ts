import { ConnectionError } from './connection-error.ts'
import type { OAuthError } from './oauth-error.ts'
import type { DeviceExchange } from './oauth-shapes.ts'
import { pace } from './pace.ts'

/** So often in a row the server may be away. */
const mostLost = 10

/**
 * Asks until the person has answered; less often where no answer comes.
 *
 * @throws what is an answer of another kind, or the last of many that did not come; the signal's reason, at once
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
export async function whilePending<Answer>(
  ask: () => Promise<Answer>,
  { signal, interval = 5 }: Pick<DeviceExchange, 'signal' | 'interval'>,
): Promise<Answer> {
  if (!(interval >= 0)) throw new TypeError('interval is seconds, 0 or more.')
  let [seconds, lost] = [interval, 0]
  for (;;) {
    await pace.pause(seconds * 1_000, signal)
    try {
      return await ask()
    } catch (error) {
      signal?.throwIfAborted()
      const code = isAway(error) ? 'away' : (error as Partial<OAuthError>).error
      lost = code === 'away' ? lost + 1 : 0
      if (code === 'slow_down' || (code === 'away' && lost <= mostLost)) seconds += 5
      else if (code !== 'authorization_pending') throw error
    }
  }
}

/** No answer came, or one that says nothing of the codes. */
function isAway(error: unknown): boolean {
  return error instanceof ConnectionError || /^50[234]$/.test(`${(error as Partial<OAuthError>).status}`)
}

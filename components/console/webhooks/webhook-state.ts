import type { WebhookView } from '#lib/contract/webhooks.ts'

export interface WebhookState {
  tone: 'ok' | 'warn' | 'bad' | 'plain'
  /** One or two words for a badge. */
  label: string
  /** What happened; undefined where all is well. */
  title?: string
  /** Why, and what to do. */
  todo?: string
}

/** Whether an endpoint is sent to, and where not, why and what to do. */
export function stateOf(view: Pick<WebhookView, 'enabled' | 'disabledReason' | 'failingSince'>): WebhookState {
  const { enabled, disabledReason, failingSince } = view
  if (enabled && failingSince)
    return {
      tone: 'warn',
      label: 'Failing',
      title: 'The last tries did not arrive',
      todo: 'Open the last lines of the log: each says what happened and what to do. Each event is tried again for a day; when one is given up after five days without success, the server turns the endpoint off.',
    }
  if (enabled) return { tone: 'ok', label: 'Enabled' }
  if (disabledReason === 'gone')
    return {
      tone: 'bad',
      label: 'Turned off',
      title: 'The server turned this endpoint off: it answered 410 Gone',
      todo: 'With 410 an endpoint says that it wants nothing more. If that was a mistake, let it answer 2xx, turn it on again, and use “Recover from…” for what it missed.',
    }
  if (disabledReason === 'failing')
    return {
      tone: 'bad',
      label: 'Turned off',
      title: 'The server turned this endpoint off: nothing arrived for five days',
      todo: 'Look at the last lines of the log for the reason and mend it. Then turn the endpoint on again, send a test event, and use “Recover from…” for what it missed.',
    }
  return {
    tone: 'plain',
    label: 'Turned off',
    title: 'Somebody turned this endpoint off',
    todo: 'Nothing is sent while it is off, and what happens meanwhile is kept for it. Turned on again, “Recover from…” sends it.',
  }
}

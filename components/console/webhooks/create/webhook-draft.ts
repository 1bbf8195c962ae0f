import type { Environment } from '#lib/contract/environment.ts'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import type { WebhookCreate } from '#lib/contract/webhooks.ts'
import { urlMistake } from '../../endpoint/url-words.ts'

/** An endpoint that is being thought of. */
export interface WebhookDraft {
  environment: Environment
  url: string
  events: readonly WebhookEventType[]
  description: string
}

export function emptyDraft(environment: Environment): WebhookDraft {
  return { environment, url: '', events: [], description: '' }
}

/** What is missing before the server can be asked. */
export function draftMistakes({ url, events }: WebhookDraft): Partial<Record<'url' | 'events', string>> {
  const mistake = urlMistake(url)
  return {
    ...(mistake ? { url: mistake } : {}),
    ...(events.length ? {} : { events: 'Choose at least one event.' }),
  }
}

/** The draft as the server wants it. */
export function requestOf(draft: WebhookDraft): WebhookCreate & { environment: Environment } {
  const { environment, url, events, description } = draft
  return { environment, url: url.trim(), events: [...events], description: description.trim() }
}

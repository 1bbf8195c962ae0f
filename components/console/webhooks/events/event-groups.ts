import { type WebhookEventType, webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'

/** What the first part of an event's type stands for. */
const titles: Readonly<Record<string, string>> = {
  passkey: 'Passkeys',
  user: 'Users',
  key: 'API keys',
  oauth: 'OAuth',
  skill: 'Skills',
  account: 'Account',
  usage: 'Usage',
  mpc: 'MPC',
}

export interface EventGroup {
  /** What their types begin with: `passkey`. */
  resource: string
  title: string
  events: readonly WebhookEventType[]
}

/** Every event, by what it is about. */
export const eventGroups: readonly EventGroup[] = Object.entries(
  Object.groupBy(webhookEventTypeNames, (type) => type.split('.')[0] ?? type),
).map(([resource, events = []]) => ({ resource, title: titles[resource] ?? resource, events }))

/** Events in few words: all of a resource as `passkey.*`, all there are as “All events”. */
export function eventsInShort(events: readonly WebhookEventType[]): string[] {
  if (webhookEventTypeNames.every((type) => events.includes(type))) return ['All events']
  return eventGroups.flatMap(({ resource, events: ofGroup }) => {
    const named = ofGroup.filter((type) => events.includes(type))
    return named.length > 1 && named.length === ofGroup.length ? [`${resource}.*`] : named
  })
}

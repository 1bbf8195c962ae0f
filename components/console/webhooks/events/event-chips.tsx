import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { eventsInShort } from './event-groups.ts'

/** What an endpoint is told of, in short. */
export function EventChips({ events }: { events: readonly WebhookEventType[] }) {
  return (
    <ul aria-label="Events" className="flex flex-wrap gap-1.5">
      {eventsInShort(events).map((name) => (
        <li
          key={name}
          className="rounded-full border border-line-strong bg-card px-2.5 py-0.5 font-mono text-[12.5px] text-soft"
        >
          {name}
        </li>
      ))}
    </ul>
  )
}

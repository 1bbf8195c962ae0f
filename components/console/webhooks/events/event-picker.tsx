import { type WebhookEventType, webhookEventTypeNames, webhookEventTypes } from '#lib/contract/webhook-event-types.ts'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { eventGroups } from './event-groups.ts'

interface Props {
  chosen: readonly WebhookEventType[]
  error: string | undefined
  onChoose: (events: readonly WebhookEventType[]) => void
}

/** What an endpoint is told of: event by event, by what they are about, with a sentence each; or all. */
export function EventPicker({ chosen, error, onChoose }: Props) {
  const all = webhookEventTypeNames.every((type) => chosen.includes(type))
  const toggled = (type: WebhookEventType, on: boolean) =>
    webhookEventTypeNames.filter((each) => (each === type ? on : chosen.includes(each)))
  return (
    <fieldset aria-describedby={error ? 'events-error' : 'events-note'}>
      <legend className="font-semibold text-[13px]">Events</legend>
      <p id="events-note" className="mb-3 text-pretty text-[13px] text-soft">
        What the endpoint is told of. Choose what it does something with: each event is a request.
      </p>
      <Checkbox
        label={<span className="font-medium">All events</span>}
        note={`All ${webhookEventTypeNames.length} of the list. An event that a later version of the server adds is not among them.`}
        checked={all}
        onToggle={(on) => onChoose(on ? webhookEventTypeNames : [])}
      />
      <div className="mt-4 gap-x-8 md:columns-2">
        {eventGroups.map(({ resource, title, events }) => (
          <fieldset key={resource} className="mb-5 min-w-0 break-inside-avoid">
            <legend className="mb-1.5 w-full border-line border-b pb-1 text-[13px] text-faint">{title}</legend>
            <div className="space-y-2">
              {events.map((type) => (
                <Checkbox
                  key={type}
                  label={<span className="font-mono text-[13.5px] wrap-anywhere">{type}</span>}
                  note={webhookEventTypes[type]}
                  checked={chosen.includes(type)}
                  onToggle={(on) => onChoose(toggled(type, on))}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {error ? (
        <p id="events-error" className="text-[13px] text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

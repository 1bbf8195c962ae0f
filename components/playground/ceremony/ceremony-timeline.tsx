import type { Message, Run } from '../run.ts'
import { CeremonyArrow } from './ceremony-arrow.tsx'
import { laneNames, lanes } from './ceremony-lanes.ts'
import { CeremonyWaiting } from './ceremony-waiting.tsx'

interface Props {
  run: Run
  selected: Message['id'] | undefined
  /** The element that shows the selected message. */
  panel: string
  onSelect: (id: Message['id']) => void
}

/** The messages in order, between three lanes where there is room for them, else as a list. */
export function CeremonyTimeline({ run, selected, panel, onSelect }: Props) {
  const refused = run.failure && !run.failure.calm ? run.messages.at(-1)?.id : undefined
  return (
    <div>
      <div
        aria-hidden="true"
        className="hidden grid-cols-3 border-line border-b pb-2.5 text-center font-semibold text-[13px] @2xl:grid"
      >
        {lanes.map((lane) => (
          <span key={lane} className={run.waitingFor === lane ? 'text-accent' : ''}>
            {laneNames[lane]}
          </span>
        ))}
      </div>
      <div className="relative @2xl:pb-2">
        <div aria-hidden="true" className="absolute inset-0 hidden grid-cols-3 @2xl:grid">
          {lanes.map((lane) => (
            <span key={lane} className="mx-auto w-px bg-line-strong" />
          ))}
        </div>
        <ol
          aria-label="Messages"
          className="@max-2xl:overflow-hidden @max-2xl:rounded-xl @max-2xl:border @max-2xl:border-line"
        >
          {run.messages.map((message) => (
            <CeremonyArrow
              key={message.id}
              message={message}
              selected={message.id === selected}
              refused={message.id === refused}
              panel={panel}
              onSelect={() => onSelect(message.id)}
            />
          ))}
          {run.status === 'working' && run.waitingFor && (
            <CeremonyWaiting lane={run.waitingFor} since={run.startedAt + (run.messages.at(-1)?.at ?? 0)} />
          )}
        </ol>
      </div>
    </div>
  )
}

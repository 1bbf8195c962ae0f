import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { Icon } from '../../../ui/icon.tsx'
import { exactTime } from '../../../ui/relative-time.ts'
import { aboutOf, clockOf, wordsOf } from './delivery-words.ts'

const marks = { ok: 'check', bad: 'cross', soft: 'again' } as const
const inks = { ok: 'text-ok', bad: 'text-bad', soft: 'text-soft' } as const

interface Props {
  delivery: DeliveryView
  /** Whether its endpoint is on. */
  enabled: boolean
  open: boolean
  /** The id of what it opens. */
  controls: string
  onOpen: () => void
}

/** One line of the log: when, what became of it, what of and whom, how the last try ended, what is next. */
export function DeliveryLine({ delivery, enabled, open, controls, onOpen }: Props) {
  const { type, createdAt } = delivery
  const { tone, said, result, note } = wordsOf(delivery, enabled)
  return (
    <li>
      <button
        type="button"
        data-delivery={delivery.id}
        aria-expanded={open}
        aria-controls={open ? controls : undefined}
        onClick={onOpen}
        className="grid w-full cursor-pointer grid-cols-[auto_1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2.5 text-left text-[13px] leading-5 transition-colors hover:bg-sunk/60 focus-visible:-outline-offset-2 aria-expanded:bg-accent-wash aria-expanded:shadow-[inset_3px_0_var(--accent)] @2xl:grid-cols-[auto_1rem_minmax(0,1.5fr)_minmax(0,1fr)_5rem_8.5rem] sm:px-5"
      >
        <time
          dateTime={createdAt}
          title={exactTime(Date.parse(createdAt))}
          className="min-w-14 whitespace-nowrap text-soft tabular-nums"
        >
          {clockOf(createdAt)}
        </time>
        <span className={inks[tone]}>
          <Icon name={marks[tone]} />
          <span className="sr-only">{said}</span>
        </span>
        <span className="min-w-0 font-mono wrap-anywhere">{type}</span>
        <span className="truncate font-mono text-soft @max-2xl:col-span-2 @max-2xl:col-start-3 @max-2xl:row-start-2 @max-2xl:max-w-1/2">
          {aboutOf(delivery)}
        </span>
        <span
          className={`truncate font-mono ${inks[tone]} @max-2xl:col-start-4 @max-2xl:row-start-1 @max-2xl:text-right`}
        >
          {result}
        </span>
        <span className="whitespace-nowrap text-right text-soft tabular-nums @max-2xl:col-span-2 @max-2xl:col-start-3 @max-2xl:row-start-2">
          {note}
        </span>
      </button>
    </li>
  )
}

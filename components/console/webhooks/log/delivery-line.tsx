import type { DeliveryView } from '#lib/contract/webhooks.ts'
import { Icon } from '../../../ui/icon.tsx'
import { exactTime } from '../../../ui/relative-time.ts'
import { ListLine } from '../../list-with-pane.tsx'
import { aboutOf, clockOf, wordsOf } from './delivery-words.ts'

const marks = { ok: 'check', bad: 'cross', soft: 'again' } as const
const inks = { ok: 'text-ok', bad: 'text-bad', soft: 'text-soft' } as const

interface Props {
  delivery: DeliveryView
  /** Whether its endpoint is on. */
  enabled: boolean
  open: boolean
  onOpen: () => void
}

/** One line of the log: when, what became of it, what of and whom, how the last try ended, what is next. */
export function DeliveryLine({ delivery, enabled, open, onOpen }: Props) {
  const { type, createdAt } = delivery
  const { tone, said, result, note } = wordsOf(delivery, enabled)
  return (
    <ListLine
      id={delivery.id}
      open={open}
      onClick={onOpen}
      className="grid-cols-[auto_1rem_minmax(0,1fr)_auto] py-2.5 @2xl:grid-cols-[auto_1rem_minmax(0,1.5fr)_minmax(0,1fr)_5rem_8.5rem]"
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
    </ListLine>
  )
}

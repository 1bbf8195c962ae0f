import type { Message } from '../run.ts'
import { columnsBetween, durationText, laneNames, lanes, sizeText } from './ceremony-lanes.ts'

interface Props {
  message: Message
  selected: boolean
  /** The message says no. */
  refused: boolean
  panel: string
  onSelect: () => void
}

/** One message: an arrow between its lanes, words in the one that it stays in, or a line of a list where there is no room; pressing it opens the message. */
export function CeremonyArrow({ message, selected, refused, panel, onSelect }: Props) {
  const { from, to, label } = message
  const right = lanes.indexOf(to) > lanes.indexOf(from)
  const line = refused ? 'text-bad' : selected ? 'text-accent' : 'text-faint'
  return (
    <li className="relative grid grid-cols-6 border-line @max-2xl:not-last:border-b">
      <button
        type="button"
        aria-expanded={selected}
        aria-controls={panel}
        onClick={onSelect}
        className={`group col-span-full grid cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 px-3 py-2 text-left text-[13px] @2xl:block @2xl:h-11.5 @2xl:p-0 @2xl:text-center ${columnsBetween(from, to)} ${selected ? '@max-2xl:bg-accent-wash' : ''}`}
      >
        <span className="contents @2xl:inline-block @2xl:rounded-md @2xl:bg-card @2xl:px-1.5 @2xl:pt-1">
          <span
            className={`transition-colors wrap-anywhere ${refused ? 'font-semibold text-bad' : selected ? 'font-semibold text-accent' : 'font-medium group-hover:text-accent'}`}
          >
            {label}
          </span>{' '}
          <small className="text-faint text-xs tabular-nums">{figures(message)}</small>
        </span>
        <span className="col-span-2 text-soft text-xs @2xl:sr-only">
          {' '}
          {laneNames[from]}
          {from === to ? null : (
            <>
              {' '}
              <span aria-hidden="true">→</span>
              <span className="sr-only">to</span> {laneNames[to]}
            </>
          )}
        </span>
        {from === to ? null : <Line right={right} className={line} bold={selected} />}
      </button>
    </li>
  )
}

function figures({ duration, bytes }: Message): string {
  return [duration !== undefined && durationText(duration), bytes !== undefined && sizeText(bytes)]
    .filter(Boolean)
    .join(' · ')
}

function Line({ right, className, bold }: { right: boolean; className: string; bold: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`hidden items-center transition-colors group-hover:text-accent @2xl:flex ${right ? '' : 'flex-row-reverse'} ${className}`}
    >
      <span className={`flex-1 bg-current ${bold ? 'h-0.5' : 'h-[1.5px]'}`} />
      <svg
        width="7"
        height="10"
        viewBox="0 0 7 10"
        fill="currentColor"
        aria-hidden="true"
        className={right ? '' : 'rotate-180'}
      >
        <path d="M0 0v10l7-5z" />
      </svg>
    </span>
  )
}

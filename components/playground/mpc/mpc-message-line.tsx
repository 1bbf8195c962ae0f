import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import type { Line } from './round-lines.ts'

const spans = {
  server: 'col-[2/4] max-xl:col-[2/6]',
  recovery: 'col-[2/6] max-xl:col-[2/4]',
} as const

const looks: Record<Line['state'], { line: string; words: string }> = {
  passed: { line: 'border-soft text-soft', words: 'font-medium text-ink' },
  now: { line: 'border-accent border-dashed text-accent', words: 'font-semibold text-accent' },
  later: { line: 'border-line-strong text-line-strong', words: 'text-faint' },
  refused: { line: 'border-bad text-bad', words: 'font-semibold text-bad' },
  last: { line: 'border-accent text-accent', words: 'font-semibold text-accent' },
}

/** One message, as an arrow between the columns of who sends and who gets it. */
export function MpcMessageLine({ line }: { line: Line }) {
  const { label, note, direction, inside, party, state, since } = line
  const head =
    direction === 'sent'
      ? 'after:right-0 after:border-l-[7px] after:border-l-current after:border-r-0'
      : 'after:left-0 after:border-r-[7px] after:border-r-current after:border-l-0'
  return (
    <li className="grid h-8 grid-cols-6 items-center text-[12px] sm:text-[13px]">
      <span
        className={`relative flex h-[23px] justify-center whitespace-nowrap border-b-[1.5px] leading-5 after:absolute after:-bottom-[5.75px] after:border-[5px] after:border-transparent ${inside ? 'border-dashed' : ''} ${looks[state].line} ${head} ${spans[party]}`}
      >
        <span className="h-5 bg-card px-1">
          <span className={looks[state].words}>{label}</span>{' '}
          <span className="text-[12px] text-faint tabular-nums">
            {since === undefined ? note : <Since since={since} />}
          </span>
        </span>
      </span>
    </li>
  )
}

function Since({ since }: { since: number }) {
  const now = useNow(100) ?? since
  return seconds(Math.max(0, now - since))
}

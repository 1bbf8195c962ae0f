import { Button } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Late } from '../ui/late.tsx'
import { useNow } from '../ui/use-now.ts'
import { loadCard } from './failure/explained.ts'
import type { Run } from './run.ts'
import type { StatusWords } from './status-words.ts'

interface StatusProps {
  run: Run | undefined
  words: StatusWords | undefined
  onCancel: () => void
  /** Another ceremony than the latest is on show, with words of its own: these are only heard. */
  aside: boolean
  /** Takes the next step, where there is one. */
  onNext?: (() => void) | undefined
}

/**
 * The page in one line. A live region: what it says is heard, the ticking seconds are not. What a failure says stands
 * below it already, and is only heard.
 */
export function Status({ run, words, aside, onCancel, onNext }: StatusProps) {
  const working = run?.status === 'working'
  const shown = !aside && words && !(run?.failure && words.title === `${run.failure.what}.`)
  return (
    <div className={shown ? 'flex flex-wrap items-center gap-3 border-line border-b px-4 py-3 sm:px-5' : ''}>
      {shown ? <Mark look={words.look} /> : null}
      <output
        data-testid="status"
        data-state={run?.status ?? 'idle'}
        className={shown ? 'min-w-0 flex-1 basis-0' : 'sr-only'}
      >
        <span className="font-semibold">{words?.title}</span>{' '}
        <span className="text-[13px] text-soft">{words?.note}</span>
      </output>
      {working ? (
        <>
          <Elapsed since={run.startedAt} />
          <Button look="small" onClick={onCancel}>
            Cancel
          </Button>
        </>
      ) : null}
      {shown && words.help ? (
        <Late load={loadCard} waiting={null} missing={() => null}>
          {({ FailureHelp }) => <FailureHelp help={words.help ?? []} className="max-sm:w-full" />}
        </Late>
      ) : null}
      {onNext ? (
        <Button className="w-full sm:w-auto" onClick={onNext}>
          Use it to sign in
        </Button>
      ) : null}
    </div>
  )
}

const marks: Record<Exclude<StatusWords['look'], 'waiting'>, { icon: IconName; colours: string }> = {
  done: { icon: 'check', colours: 'bg-ok-wash text-ok' },
  wrong: { icon: 'cross', colours: 'bg-bad-wash text-bad' },
  calm: { icon: 'info', colours: 'bg-sunk text-soft' },
}

function Mark({ look }: Pick<StatusWords, 'look'>) {
  if (look === 'waiting') {
    return (
      <span
        aria-hidden="true"
        className="size-4 shrink-0 animate-spin rounded-full border-2 border-line-strong border-t-accent"
      />
    )
  }
  const { icon, colours } = marks[look]
  return (
    <span aria-hidden="true" className={`grid size-[22px] shrink-0 place-items-center rounded-full ${colours}`}>
      <Icon name={icon} className="size-3.5 stroke-2" />
    </span>
  )
}

function Elapsed({ since }: { since: number }) {
  const now = useNow(100) ?? since
  return (
    <span aria-hidden="true" className="font-mono text-[13px] text-soft tabular-nums max-sm:hidden">
      {(Math.max(0, now - since) / 1000).toFixed(1)} s
    </span>
  )
}

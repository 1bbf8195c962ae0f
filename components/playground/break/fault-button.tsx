import type { ReactNode } from 'react'
import type { FaultResult } from '#lib/webauthn/faults/fault-result.ts'
import { Icon } from '../../ui/icon.tsx'
import { verdictWords } from './verdict-words.ts'

interface Props {
  title: string
  /** It is the one on show. */
  current: boolean
  verdict: FaultResult['verdict'] | undefined
  running: boolean
  /** In place of the verdict, while it waits. */
  note?: ReactNode
  onChoose: () => void
}

/** A fault in a list, with how it stands. */
export function FaultButton({ title, current, verdict, running, note, onChoose }: Props) {
  const words = running || !verdict ? undefined : verdictWords[verdict]
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
      className="flex w-full cursor-pointer items-center gap-2 border-transparent border-l-3 px-2 py-[3px] text-left text-[13.5px] leading-[18px] hover:bg-sunk focus-visible:-outline-offset-2 aria-[current]:border-accent aria-[current]:bg-accent-wash aria-[current]:font-semibold"
    >
      {words ? (
        <Icon name={words.icon} className={`size-3.5 ${words.ink}`} />
      ) : (
        <span
          aria-hidden="true"
          className={`mx-[2px] size-2.5 shrink-0 rounded-full border-[1.5px] ${running ? 'border-accent bg-accent-wash' : 'border-faint'}`}
        />
      )}
      <span className="min-w-0 flex-1">{title}</span>
      <span className={`font-normal text-[12.5px] ${words?.ink ?? 'text-soft'}`}>
        {running ? 'running' : (note ?? words?.short ?? <span className="sr-only">to do</span>)}
      </span>
    </button>
  )
}

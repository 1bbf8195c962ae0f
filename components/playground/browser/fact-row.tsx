import { Icon, type IconName } from '../../ui/icon.tsx'
import { answerWords, type Fact, type FactAnswer } from './fact.ts'

const looks: Record<FactAnswer, { icon: IconName; ink: string }> = {
  supported: { icon: 'check', ink: 'text-ok' },
  'not-supported': { icon: 'cross', ink: 'text-soft' },
  unknown: { icon: 'info', ink: 'text-faint' },
}

/** One answer of the browser’s. A lack is grey: nothing was refused. */
export function FactRow({ fact: { title, answer, meaning, found } }: { fact: Fact }) {
  const { icon, ink } = looks[answer]
  return (
    <li className="grid gap-x-4 gap-y-0.5 py-2 text-[14px] sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      <span className={`flex items-center gap-1.5 self-start font-medium text-[13px] leading-5 ${ink}`}>
        <Icon name={icon} className="size-3.5" />
        {answerWords[answer]}
      </span>
      <span className="min-w-0">
        <span className="font-medium wrap-anywhere">{title}</span>
        <span className="block text-[13px] text-soft">{meaning}</span>
        {found ? <span className="block font-mono text-[12.5px] text-soft wrap-anywhere">{found}</span> : null}
      </span>
    </li>
  )
}

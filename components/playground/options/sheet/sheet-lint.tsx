import type { Finding } from '#lib/webauthn/lint/rule.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { Icon } from '../../../ui/icon.tsx'
import type { Mistaken } from '../option-mistake.ts'
import type { Choices } from '../option-values.ts'

interface SheetLintProps {
  ceremony: CeremonyKind
  mistakes: readonly Mistaken[]
  findings: readonly Finding[]
  choices: Choices
  onChoose: (choices: Choices) => void
  onSeek: (mistaken: Mistaken) => void
}

const icons = { error: 'cross', warning: 'warning', note: 'info' } as const
const inks = { error: 'text-bad', warning: 'text-warn', note: 'text-soft' } as const

/** What is wrong with a ceremony’s options, and what is worth knowing of them, each with its button. */
export function SheetLint({ ceremony, mistakes, findings, choices, onChoose, onSeek }: SheetLintProps) {
  return (
    <section aria-label="Lint" data-testid="lint" className="px-3.5 py-2.5 text-[13px]">
      <h3 className="font-semibold">{countWords(mistakes.length, findings)}</h3>
      <ul>
        {mistakes.map((mistaken) => (
          <li key={mistaken.option.path} data-severity="mistake" className="flex items-start gap-2 py-1.5">
            <Icon name="cross" className="mt-0.5 size-3.5 text-bad" />
            <p className="min-w-0 flex-1 wrap-anywhere leading-[1.4]">
              <b className="font-semibold">{mistaken.option.title}</b>: {mistaken.words} Nothing is sent until it is
              right.
            </p>
            <Act label="Go there" of={mistaken.option.title} onClick={() => onSeek(mistaken)} />
          </li>
        ))}
        {findings.map(({ rule, words }) => (
          <li key={rule.id} data-severity={rule.severity} data-rule={rule.id} className="flex items-start gap-2 py-1.5">
            <Icon name={icons[rule.severity]} className={`mt-0.5 size-3.5 ${inks[rule.severity]}`} />
            <p className="min-w-0 flex-1 wrap-anywhere leading-[1.4]">
              <span className="sr-only">{rule.severity}: </span>
              {words}{' '}
              <a
                href={rule.source}
                target="_blank"
                rel="noreferrer"
                className="whitespace-nowrap text-soft underline underline-offset-2 hover:text-ink"
              >
                Why<span className="sr-only"> {rule.id}</span>
              </a>
            </p>
            {rule.mend ? (
              <Act
                label={rule.mend.label}
                of={`for the ${ceremony}`}
                onClick={() => rule.mend && onChoose(rule.mend.change(choices) as Choices)}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Act({ label, of, onClick }: { label: string; of: string; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="max-w-28 shrink-0 cursor-pointer text-right font-medium text-accent leading-[1.4] underline-offset-4 hover:underline"
    >
      {label}
      <span className="sr-only"> {of}</span>
    </button>
  )
}

/** “1 mistake, 2 warnings”; what there is none of is not said. */
export function countWords(mistakes: number, findings: readonly Finding[]): string {
  const of = (severity: Finding['rule']['severity']) => findings.filter(({ rule }) => rule.severity === severity).length
  const counted = [
    [mistakes, 'mistake'],
    [of('error'), 'error'],
    [of('warning'), 'warning'],
    [of('note'), 'note'],
  ] as const
  const said = counted.filter(([count]) => count).map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`)
  return said.join(', ') || 'Nothing to mend'
}

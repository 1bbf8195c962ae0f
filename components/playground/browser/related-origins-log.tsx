import type { ListedOrigin, ValidationStep } from '#lib/webauthn/related-origins.ts'
import { Breakable } from '../../ui/breakable.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Cell, Table } from '../../ui/table.tsx'
import type { Validated } from './validated.ts'

const looks: Record<ValidationStep['outcome'], { icon: IconName; ink: string; word: string }> = {
  pass: { icon: 'check', ink: 'text-ok', word: 'passed' },
  fail: { icon: 'cross', ink: 'text-bad', word: 'failed' },
  unknown: { icon: 'info', ink: 'text-soft', word: 'not known' },
}

const outcomes: Record<ListedOrigin['outcome'], { word: string; ink: string }> = {
  counted: { word: 'read', ink: 'text-ok' },
  beyond: { word: 'beyond the limit', ink: 'text-bad' },
  skipped: { word: 'passed over', ink: 'text-soft' },
}

/** So many entries are shown: who pastes more looks for the calling origin, which is shown wherever it stands. */
const most = 200

const columns = [
  { id: 'origin', label: 'Origin' },
  { id: 'label', label: 'Label' },
  { id: 'outcome', label: 'Browsers' },
  { id: 'why', label: 'Why' },
]

/** What came of a validation: the verdict, each step, each entry. */
export function RelatedOriginsLog(validated: Validated) {
  const { steps, origins } = validated
  const shown = origins.filter(({ matches }, at) => at < most || matches)
  const hidden = origins.length - shown.length
  return (
    <section aria-label="Validation" className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold text-[15px] wrap-anywhere">{verdictOf(validated)}</h3>
        <CopyButton text={logText(validated)} label="Copy validation log" />
      </div>
      <ol aria-label="Steps of the validation" className="divide-y divide-line border-line border-y text-[14px]">
        {steps.map(({ title, outcome, detail }) => (
          <li key={title} className="grid gap-x-4 py-2 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
            <span className="flex items-center gap-1.5 self-start font-medium">
              <Icon name={looks[outcome].icon} className={`size-3.5 ${looks[outcome].ink}`} />
              {title}
              <span className="sr-only">: {looks[outcome].word}</span>
            </span>
            <span className="text-soft wrap-anywhere">{detail}</span>
          </li>
        ))}
      </ol>
      {origins.length ? (
        <Table label="Listed origins" columns={columns} minWidth="min-w-[560px]" stacks>
          {shown.map(({ written, label, outcome, matches, why }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry may stand there twice, and none moves
            <tr key={at} className={matches ? 'bg-accent-wash' : ''}>
              <Cell className="font-mono text-[13px] wrap-anywhere">
                <Breakable text={written} />
                {matches ? <span className="block font-sans text-[12.5px] text-accent">the calling origin</span> : null}
              </Cell>
              <Cell className="font-mono text-[13px]">{label ?? '–'}</Cell>
              <Cell className={`whitespace-nowrap ${outcomes[outcome].ink}`}>{outcomes[outcome].word}</Cell>
              <Cell className="text-[13px] text-soft">{why}</Cell>
            </tr>
          ))}
        </Table>
      ) : null}
      {hidden ? <p className="text-[13px] text-soft">{hidden.toLocaleString('en')} more, not shown.</p> : null}
    </section>
  )
}

function verdictOf({ accepted, rpId, caller }: Validated): string {
  if (accepted === undefined) return `The document of ${rpId}`
  return accepted ? `${caller} may use passkeys of ${rpId}` : `${caller} may not use passkeys of ${rpId}`
}

function logText(validated: Validated): string {
  return [
    verdictOf(validated),
    ...validated.steps.map(({ title, outcome, detail }) => `${looks[outcome].word}: ${title}: ${detail}`),
    ...validated.origins.map(({ written, label, outcome, why }) =>
      [written, label ?? 'no label', outcomes[outcome].word, why].join(' | '),
    ),
  ].join('\n')
}

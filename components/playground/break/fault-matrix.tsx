import { type Fault, faultGroups } from '#lib/webauthn/faults/index.ts'
import { Icon } from '../../ui/icon.tsx'
import { Remaining } from './fault-list.tsx'
import { type LabState, lateFault } from './lab-state.ts'
import { type Mark, matrixOf } from './matrix.ts'
import { answerWords, verdictWords } from './verdict-words.ts'

interface Props {
  state: LabState
  onOpen: (fault: Fault) => void
}

const said: Readonly<Record<Mark, string>> = {
  refused: 'refused it',
  somehow: 'refused it, or another check did',
  also: 'failed as well',
  accepted: 'accepted it',
}

/** Faults against checks. It scrolls inside its own box, with the faults' names in sight. */
export function FaultMatrix({ state, onOpen }: Props) {
  const { columns, rows } = matrixOf(state.results)
  return (
    <section
      aria-label="Faults and checks"
      data-testid="fault-matrix"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="relative mt-3 overflow-x-auto"
    >
      <table className="w-full border-separate border-spacing-0 text-left text-[13px]">
        <caption className="sr-only">What became of each fault, by check</caption>
        <thead>
          <tr>
            <td className={`${sticky} align-bottom`}>
              <Legend marks={new Set(rows.flatMap(({ marks }) => Object.values(marks)))} />
            </td>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col" className="h-[128px] w-[25px] min-w-[25px] pb-1.5 align-bottom font-normal">
                <span className="mx-auto block rotate-180 whitespace-nowrap text-[12px] text-soft leading-4 [writing-mode:vertical-rl]">
                  {title}
                </span>
              </th>
            ))}
            <th scope="col" className="align-bottom">
              <span className="sr-only">Answer</span>
            </th>
          </tr>
        </thead>
        {faultGroups.map((group) => (
          <tbody key={group}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={columns.length + 2}
                className="border-line border-t pt-2 pb-0.5 text-[12px] text-soft"
              >
                <span className="sticky left-0">{group}</span>
              </th>
            </tr>
            {rows
              .filter(({ fault }) => fault.group === group)
              .map(({ fault, marks }) => (
                <tr key={fault.id} data-fault={fault.id} data-verdict={state.results[fault.id]?.verdict ?? 'to do'}>
                  <th scope="row" className={`${sticky} border-line border-t font-medium`}>
                    <button
                      type="button"
                      onClick={() => onOpen(fault)}
                      className="cursor-pointer py-px text-left leading-[18px] underline-offset-4 hover:underline"
                    >
                      {fault.title}
                    </button>
                  </th>
                  {columns.map(({ id }) => (
                    <td key={id} className="border-line border-t border-l text-center align-middle">
                      <MarkSign mark={marks[id]} />
                    </td>
                  ))}
                  <td className="whitespace-nowrap border-line border-t border-l py-px pl-2 text-right text-[12.5px] text-soft tabular-nums">
                    <Answer state={state} fault={fault} />
                  </td>
                </tr>
              ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

const sticky = 'sticky left-0 z-1 w-[250px] min-w-[132px] bg-card pr-2 sm:min-w-[220px]'

function Answer({ state, fault }: { state: LabState; fault: Fault }) {
  const result = state.results[fault.id]
  if (fault === lateFault && state.lateAt !== undefined) return <Remaining until={state.lateAt} />
  if (!result) return 'to do'
  const { short, ink } = verdictWords[result.verdict]
  if (result.verdict === 'untried') return short
  return (
    <>
      {result.verdict === 'caught' ? null : <span className={`font-semibold ${ink}`}>{short} </span>}
      {answerWords(result, true)}
    </>
  )
}

function MarkSign({ mark }: { mark: Mark | undefined }) {
  if (!mark) return null
  return (
    <>
      <span className="sr-only">{said[mark]}</span>
      <Sign mark={mark} />
    </>
  )
}

function Sign({ mark }: { mark: Mark }) {
  if (mark === 'also') return <span aria-hidden="true" className="inline-block size-1.5 rounded-full bg-faint" />
  return (
    <span
      aria-hidden="true"
      className={`inline-grid size-4 place-items-center rounded-[5px] align-middle ${inks[mark]}`}
    >
      <Icon name={mark === 'accepted' ? 'cross' : 'check'} className="size-3 stroke-2" />
    </span>
  )
}

const inks = { refused: 'bg-ok text-card', somehow: 'border border-ok text-ok', accepted: 'bg-bad text-card' } as const

const legend = [
  { mark: 'refused', words: 'refused by the check that must' },
  { mark: 'somehow', words: 'refused; by which check is not said' },
  { mark: 'also', words: 'failed as well' },
  { mark: 'accepted', words: 'accepted: a hole' },
] as const

/** What the marks mean; of the one that few servers need, where it is there. */
function Legend({ marks }: { marks: ReadonlySet<Mark | undefined> }) {
  const shown = legend.filter(({ mark }) => mark !== 'somehow' || marks.has(mark))
  return (
    <ul className="pb-2 text-[12px] text-soft leading-[18px]">
      {shown.map(({ mark, words }) => (
        <li key={mark} className="flex items-center gap-1.5">
          <span className="grid w-4 shrink-0 place-items-center">
            <Sign mark={mark} />
          </span>
          {words}
        </li>
      ))}
    </ul>
  )
}

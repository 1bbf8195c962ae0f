import { type Fault, faultGroups, faults } from '#lib/webauthn/faults/index.ts'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { type LabState, lateFault } from './lab-state.ts'
import { verdictWords } from './verdict-words.ts'

interface Props {
  state: LabState
  chosen: Fault
  onChoose: (fault: Fault) => void
}

/** Every fault by its group, each with how it stands. */
export function FaultList({ state, chosen, onChoose }: Props) {
  return (
    <nav
      aria-label="Faults"
      className="-mx-2 overflow-y-auto max-h-[340px] rounded-xl [scrollbar-width:thin] @3xl:max-h-none"
    >
      {faultGroups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className="px-2 pt-2.5 pb-1 font-semibold text-[12.5px] text-soft">{group}</h3>
          <ul>
            {faults
              .filter((fault) => fault.group === group)
              .map((fault) => (
                <li key={fault.id}>
                  <button
                    type="button"
                    aria-current={fault === chosen ? 'true' : undefined}
                    onClick={() => onChoose(fault)}
                    className="flex w-full cursor-pointer items-center gap-2 border-transparent border-l-3 px-2 py-[3px] text-left text-[13.5px] leading-[18px] hover:bg-sunk focus-visible:-outline-offset-2 aria-[current]:border-accent aria-[current]:bg-accent-wash aria-[current]:font-semibold"
                  >
                    <FaultState state={state} fault={fault} />
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

function FaultState({ state, fault }: { state: LabState; fault: Fault }) {
  const result = state.results[fault.id]
  const words = result && verdictWords[result.verdict]
  const running = state.trying === fault.id
  return (
    <>
      {words && !running ? (
        <Icon name={words.icon} className={`size-3.5 ${words.ink}`} />
      ) : (
        <span
          aria-hidden="true"
          className={`mx-[2px] size-2.5 shrink-0 rounded-full border-[1.5px] ${running ? 'border-accent bg-accent-wash' : 'border-faint'}`}
        />
      )}
      <span className="min-w-0 flex-1">{fault.title}</span>
      <span className={`font-normal text-[12.5px] ${words && !running ? words.ink : 'text-soft'}`}>
        {running ? (
          'running'
        ) : fault === lateFault && state.lateAt !== undefined ? (
          <Remaining until={state.lateAt} />
        ) : (
          (words?.short ?? <span className="sr-only">to do</span>)
        )}
      </span>
    </>
  )
}

/** How long it is until then: 4:59. */
export function Remaining({ until }: { until: number }) {
  const now = useNow(1_000)
  if (!until || now === undefined) return <>preparing</>
  const left = Math.max(0, Math.ceil((until - now) / 1_000))
  return (
    <span className="whitespace-nowrap tabular-nums">
      in {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
    </span>
  )
}

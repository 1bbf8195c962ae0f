import { type Fault, faultGroups, faults } from '#lib/webauthn/faults/index.ts'
import { useNow } from '../../ui/use-now.ts'
import { FaultButton } from './fault-button.tsx'
import { type LabState, lateFault } from './lab-state.ts'

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
                  <FaultButton
                    title={fault.title}
                    current={fault === chosen}
                    onChoose={() => onChoose(fault)}
                    verdict={state.results[fault.id]?.verdict}
                    running={state.trying === fault.id}
                    note={
                      fault === lateFault && state.lateAt !== undefined ? <Remaining until={state.lateAt} /> : undefined
                    }
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
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

import { Button } from '../../ui/button.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import { type AttackName, attackNames, attacks } from './mpc-attacks.ts'
import type { Work } from './mpc-work.ts'

interface Props {
  work: Work | undefined
  busy: boolean
  demoKeys: readonly DemoKey[]
  tenantId: string
  onAttack: (name: AttackName) => void
}

/** Ways to cheat, and for the last one what was changed, what caught it and what it cost. */
export function MpcBreak({ work, busy, demoKeys, tenantId, onAttack }: Props) {
  const other = demoKeys.find((demo) => demo.tenantId !== tenantId)
  const done = work?.attack && work.took !== undefined ? attacks[work.attack] : undefined
  const labelOf = (name: AttackName) =>
    name === 'tenant' && other ? `${other.tenantName.split(' ')[0]}’s token` : attacks[name].label
  return (
    <section aria-label="Break it" className="mt-3.5 border-line border-t pt-3.5">
      <h2 className="inline font-semibold">Break it</h2>
      <span className="ml-2 text-[13px] text-soft">each shows the refusal and why</span>
      <div className="mt-2 flex flex-wrap gap-1.5">
        {attackNames.map((name) => (
          <Button key={name} look="small" aria-pressed={work?.attack === name} onClick={() => busy || onAttack(name)}>
            {labelOf(name)}
          </Button>
        ))}
      </div>
      {done ? (
        <dl className="mt-3 grid gap-x-3.5 gap-y-2 text-[13px] sm:grid-cols-[128px_minmax(0,1fr)]">
          <dt className="text-faint">What was changed</dt>
          <dd>{done.changed}</dd>
          <dt className="text-faint">What caught it</dt>
          <dd>{done.caught}</dd>
          <dt className="text-faint">What it cost</dt>
          <dd>{done.cost}</dd>
        </dl>
      ) : null}
    </section>
  )
}

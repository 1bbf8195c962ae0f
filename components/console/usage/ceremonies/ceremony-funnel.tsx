import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Card } from '../../card.tsx'
import { counted as count, ceremonies as counted, number, share } from '../usage-numbers.ts'
import { CeremonyReasons } from './ceremony-reasons.tsx'

const kinds = {
  signIns: { title: 'Sign-ins, from begin to token', operation: 'passkeys.authenticate.' },
  registrations: { title: 'Registrations, from begin to passkey', operation: 'passkeys.register.' },
} as const

interface Props {
  of: keyof typeof kinds
  ceremonies: ConsoleCeremonies
  environment: Environment
}

/** How many of those that were begun were finished, and accepted; and why the rest was not. */
export function CeremonyFunnel({ of, ceremonies, environment }: Props) {
  const { title, operation } = kinds[of]
  const { totals, failures } = ceremonies[of]
  const { begun, finished, ok, abandoned } = totals
  const most = Math.max(begun, finished)
  return (
    <Card title={title}>
      {most === 0 ? (
        <p className="text-[14px] text-soft">None in this range.</p>
      ) : (
        <>
          <dl className="space-y-2.5">
            <Step label="Begun" value={begun} of={most} />
            <Step label="Answered" value={finished} of={most} />
            <Step label="Accepted" value={ok} of={most} />
          </dl>
          {abandoned ? (
            <p className="mt-3 text-[13px] text-soft">
              {count(abandoned, counted)} had no answer: the person closed the browser’s window, it ran out of time, or
              it is still open.
            </p>
          ) : null}
          <CeremonyReasons
            title={title}
            operation={operation}
            failures={failures}
            ceremonies={ceremonies}
            environment={environment}
          />
        </>
      )}
    </Card>
  )
}

function Step({ label, value, of }: { label: string; value: number; of: number }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-center gap-x-3 text-[14px]">
      <dt>{label}</dt>
      <dd className="contents">
        <span aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-sunk inset-ring inset-ring-line">
          <span
            className="block h-full rounded-full bg-accent"
            style={{ width: `${((value / of) * 100).toFixed(2)}%` }}
          />
        </span>
        <span className="min-w-24 text-right tabular-nums">
          <strong className="font-semibold">{number(value)}</strong>{' '}
          <span className="text-[13px] text-faint">{share(value, of)}</span>
        </span>
      </dd>
    </div>
  )
}

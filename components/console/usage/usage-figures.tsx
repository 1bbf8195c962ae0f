import Link from 'next/link'
import type { ReactNode } from 'react'
import type { ConsoleUsage, ConsoleUsageQuery } from '#lib/contract/console.ts'
import type { Meter } from '#lib/contract/usage.ts'
import { logsPath } from '../logs/logs-view.ts'
import { number, share } from './usage-numbers.ts'

const meters: readonly [meter: Meter, label: string][] = [
  ['passkey.registered', 'Passkeys registered'],
  ['passkey.authenticated', 'Sign-ins with a passkey'],
  ['token.issued', 'Tokens issued'],
  ['mpc.key_generated', 'MPC keys made'],
  ['mpc.signed', 'MPC signatures'],
]

// What is counted as an error is of either class; the log shows one of them at a time.
const errorClasses = { '4xx': 'refused', '5xx': 'failed' } as const

/** What the range comes to, in seven numbers. */
export function UsageFigures({ usage, logs }: { usage: ConsoleUsage; logs: Required<ConsoleUsageQuery> }) {
  const { requests, errors } = usage.totals
  return (
    <section aria-label="Figures" className="overflow-hidden rounded-card border border-line bg-line shadow-lift">
      <dl className="grid grid-cols-2 gap-px sm:grid-cols-6 xl:grid-cols-7">
        <Figure label="Requests" value={number(requests)} note="that reached an operation" wide />
        <Figure
          label="Errors"
          value={number(errors)}
          note={
            <>
              {share(errors, requests)} of requests
              {errors ? (
                <>
                  {' · in Logs: '}
                  {(['4xx', '5xx'] as const).map((status) => (
                    <Link
                      key={status}
                      href={logsPath(logs.environment, { status, from: logs.from, to: logs.to })}
                      prefetch={false}
                      className="mr-1.5 font-medium text-accent underline-offset-4 last:mr-0 hover:underline"
                    >
                      {errorClasses[status]}
                    </Link>
                  ))}
                </>
              ) : null}
            </>
          }
          tone={errors ? 'text-bad' : ''}
          wide
        />
        {meters.map(([meter, label]) => (
          <Figure
            key={meter}
            label={label}
            value={number(usage.meters[meter] ?? 0)}
            note={<MeterName of={meter} />}
            wide={meter.startsWith('mpc.')}
          />
        ))}
      </dl>
    </section>
  )
}

/** A meter’s name, which breaks where it has a dot. */
function MeterName({ of }: { of: Meter }) {
  const [thing, done] = of.split('.')
  return (
    <code>
      {thing}.<wbr />
      {done}
    </code>
  )
}

interface FigureProps {
  label: string
  value: string
  note: ReactNode
  tone?: string
  wide?: boolean
}

function Figure({ label, value, note, tone = '', wide = false }: FigureProps) {
  return (
    <div
      className={`bg-card px-4 py-3.5 sm:px-5 xl:col-span-1 last:max-sm:col-span-2 ${wide ? 'sm:col-span-3' : 'sm:col-span-2'}`}
    >
      <dt className="text-[13px] text-soft">{label}</dt>
      <dd>
        <span className={`block font-semibold text-[24px] leading-8 tabular-nums tracking-tight ${tone}`}>{value}</span>
        <span className="block text-[13px] text-faint [&_code]:font-mono [&_code]:text-[12px]">{note}</span>
      </dd>
    </div>
  )
}

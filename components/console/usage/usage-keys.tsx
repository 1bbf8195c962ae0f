import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import type { ConsoleUsage } from '#lib/contract/console.ts'
import { UsageBar } from './usage-bar.tsx'
import { number, share } from './usage-numbers.ts'

type KeyUsage = ConsoleUsage['keys'][number]

interface Props {
  keys: readonly KeyUsage[]
  /** Requests of all keys. */
  total: number
  /** How many more keys have some. */
  others: number
}

/** Each key's part of the requests, its errors, and its peaks against its limits; the busiest first, the silent by name. */
export function UsageKeys({ keys, total, others }: Props) {
  const busy = keys.filter(({ requests }) => requests).sort((a, b) => b.requests - a.requests)
  const silent = keys.filter(({ requests }) => !requests)
  return (
    <>
      <ul aria-label="Usage by key" className="divide-y divide-line">
        {busy.map((key) => (
          <li
            key={key.id}
            className="grid grid-cols-2 gap-x-5 gap-y-3 py-4 first:pt-0 last:pb-0 md:grid-cols-[minmax(0,1.3fr)_repeat(3,minmax(0,1fr))]"
          >
            <div className="col-span-2 min-w-0 md:col-span-1">
              <KeyLink of={key} className="font-semibold" />
              <p className="truncate font-mono text-[13px] text-soft" title={key.hint}>
                {key.hint}
              </p>
            </div>
            <Measure className="col-span-2 md:col-span-1" value={key.requests} limit={total} plain>
              <span className="font-medium text-ink">{number(key.requests)}</span>{' '}
              {key.requests === 1 ? 'request' : 'requests'}, {share(key.requests, total)}
              <Errors of={key} />
            </Measure>
            <Measure value={key.peakPerMinute} limit={key.limits.requestsPerMinute}>
              peak {number(key.peakPerMinute)} of {number(key.limits.requestsPerMinute)} a minute
            </Measure>
            <Measure value={key.peakConcurrent} limit={key.limits.concurrent}>
              peak {number(key.peakConcurrent)} of {number(key.limits.concurrent)} at once
            </Measure>
          </li>
        ))}
      </ul>
      {others ? (
        <p className="mt-4 border-line border-t pt-3.5 text-[13px] text-soft">
          {number(others)} more {others === 1 ? 'key has' : 'keys have'} fewer requests. The CSV file with a row a key
          has all of them.
        </p>
      ) : null}
      {silent.length ? (
        <div className="mt-4 border-line border-t pt-3.5 text-[13px] text-soft">
          <p id="silent-keys">No request in this range:</p>
          <ul aria-labelledby="silent-keys" className="flex flex-wrap gap-x-4">
            {silent.map((key) => (
              <li key={key.id} title={key.hint} className="min-w-0">
                <KeyLink of={key} className="inline-block py-1 font-medium" />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  )
}

function KeyLink({ of: { id, name }, className }: { of: KeyUsage; className: string }) {
  return (
    <Link
      href={`/console/keys/${encodeURIComponent(id)}`}
      prefetch={false}
      className={`wrap-anywhere text-accent underline-offset-4 hover:underline ${className}`}
    >
      {name}
    </Link>
  )
}

function Errors({ of: { errors, requests } }: { of: KeyUsage }) {
  if (!errors) return <span className="block">no errors</span>
  return (
    <span className="block text-bad">
      {number(errors)} {errors === 1 ? 'error' : 'errors'}, {share(errors, requests)}
    </span>
  )
}

interface MeasureProps extends ComponentProps<typeof UsageBar> {
  className?: string
  children: ReactNode
}

function Measure({ className = '', children, ...bar }: MeasureProps) {
  return (
    <div className={`min-w-0 text-[13px] text-soft tabular-nums ${className}`}>
      <div className="mb-1.5 pt-2">
        <UsageBar {...bar} />
      </div>
      {children}
    </div>
  )
}

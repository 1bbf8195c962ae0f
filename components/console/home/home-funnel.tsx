'use client'

import Link from 'next/link'
import type { HomeView } from '#lib/contract/console-home.ts'
import { secondaryLink } from '../../ui/button.tsx'
import { Card } from '../card.tsx'
import { inEnvironment } from '../frame/pages.ts'
import { useEnvironment } from '../frame/use-environment.ts'
import { reasonWords } from '../reason-words.ts'
import { Only } from '../role.tsx'
import { logsPath, repairOf } from './home-words.ts'

/** How many of the sign-ins that were begun came through, why the others did not, and what mends the first reason that has a remedy. */
export function HomeFunnel({ view: { range, signIns, reasons } }: { view: HomeView }) {
  const environment = useEnvironment()
  const refused = reasons.filter(({ kind }) => kind === 'sign-in')
  const missed = refused.reduce((all, { requests }) => all + requests, 0)
  const repair = refused.map(repairOf).find((one) => one !== undefined)
  const place = (href: string) => inEnvironment(href, environment)
  const most = Math.max(1, signIns.begun, signIns.finished)
  return (
    <Card
      title="From begin to token"
      note="Through the API and on the pages of OAuth; why those on the pages were refused is in Audit."
      actions={
        missed ? (
          <Link
            href={place(logsPath(range))}
            prefetch={false}
            className="font-medium text-[13px] text-accent hover:underline"
          >
            {missed.toLocaleString('en')} in Logs
          </Link>
        ) : null
      }
    >
      <dl className="space-y-2 text-[14px]">
        <Bar name="Begun" count={signIns.begun} of={most} />
        <Bar name="Answered" count={signIns.finished} of={most} />
        <Bar name="Verified" count={signIns.accepted} of={most} />
      </dl>
      {refused.length || signIns.abandoned ? (
        <ul aria-label="Why not" className="mt-3 divide-y divide-line border-line border-t text-[13.5px]">
          {refused.slice(0, 4).map((reason) => (
            <li key={`${reason.operation} ${reason.reason}`} className="flex items-baseline gap-3 py-1.5">
              <Link href={place(logsPath(range, reason))} prefetch={false} className="min-w-0 flex-1 hover:underline">
                {reasonWords(reason)}
              </Link>
              <span
                className="min-w-0 max-w-[45%] truncate font-mono text-[12.5px] text-soft"
                title={reason.actual ?? undefined}
              >
                {reason.actual}
              </span>
              <span className="tabular-nums">{reason.requests.toLocaleString('en')}</span>
            </li>
          ))}
          {signIns.abandoned ? (
            <li className="flex items-baseline gap-3 py-1.5">
              <span className="min-w-0 flex-1">Closed, out of time, or still open</span>
              <span className="text-[12.5px] text-soft">browser</span>
              <span className="tabular-nums">{signIns.abandoned.toLocaleString('en')}</span>
            </li>
          ) : null}
        </ul>
      ) : signIns.begun ? (
        <p className="mt-3 text-[13.5px] text-soft">Nothing was refused.</p>
      ) : (
        <p className="mt-3 text-[13.5px] text-soft">No sign-in was begun in this range.</p>
      )}
      {repair ? (
        <Only least={repair.owners ? 'owner' : 'viewer'} to={repair.owners ?? ''} className="mt-3">
          <Link
            href={place(repair.href)}
            prefetch={false}
            className={`${secondaryLink} mt-3 w-full py-1.5! text-[14px]!`}
          >
            {repair.label}
          </Link>
        </Only>
      ) : null}
    </Card>
  )
}

function Bar({ name, count, of }: { name: string; count: number; of: number }) {
  return (
    <div className="grid grid-cols-[76px_minmax(0,1fr)_auto] items-center gap-3">
      <dt>{name}</dt>
      <dd aria-hidden="true" className="h-2.5 overflow-hidden rounded-[3px] bg-sunk">
        <span className="block h-full rounded-[3px] bg-accent" style={{ width: `${(count / of) * 100}%` }} />
      </dd>
      <dd className="min-w-10 text-right tabular-nums">{count.toLocaleString('en')}</dd>
    </div>
  )
}

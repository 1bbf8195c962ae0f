'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { exactTime } from '../../ui/relative-time.ts'
import { logsPath } from '../logs/logs-view.ts'
import { AuditDetail } from './audit-detail.tsx'
import type { AuditWords } from './audit-words.ts'
import { sentenceOf, who } from './audit-words.ts'

/** One event: when, who did what to what, from where, in which request. It opens to before and after. */
export function AuditLine({ event, words }: { event: AuditEvent; words: AuditWords }) {
  const [open, set] = useState(false)
  const id = useId()
  const { at, environment, address, requestId } = event
  const actor = who(event)

  return (
    <li>
      <div className="relative px-4 py-3 transition-colors hover:bg-sunk/60 sm:px-5">
        <div className="flex items-start gap-x-4">
          <time
            dateTime={at}
            title={exactTime(Date.parse(at))}
            className="hidden w-17 shrink-0 pt-px font-mono text-[13px] text-soft leading-6 sm:block"
          >
            {new Date(at).toLocaleTimeString('en-GB')}
          </time>
          <div className="min-w-0 flex-1">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              onClick={() => set(!open)}
              className="block w-full cursor-pointer text-left wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
            >
              {sentenceOf(event, words).map((piece) =>
                typeof piece === 'string' ? (
                  piece
                ) : (
                  <strong key={piece.of} className="font-semibold">
                    {piece.name}
                  </strong>
                ),
              )}{' '}
              {environment ? (
                <span className="ml-1 inline-block align-[1px]">
                  <Badge tone={environment === 'live' ? 'bad' : 'warn'}>{environment}</Badge>
                </span>
              ) : null}
            </button>
            <p className="mt-0.5 flex flex-wrap items-center gap-x-4 text-[13px] text-faint">
              <time dateTime={at} className="sm:hidden">
                {new Date(at).toLocaleTimeString('en-GB')}
              </time>
              <span>
                {address ? (
                  <>
                    from <span className="font-mono">{address}</span>
                  </>
                ) : actor.here ? (
                  'at the server’s command line'
                ) : (
                  'address not known'
                )}
              </span>
              {requestId ? (
                <span className="relative z-1 flex min-w-0 items-center gap-1">
                  request{' '}
                  {isLogged(event) ? (
                    <Link
                      href={logsPath(environment ?? 'test', { request: requestId })}
                      prefetch={false}
                      className="truncate font-mono underline underline-offset-2 hover:text-ink"
                    >
                      {requestId}
                    </Link>
                  ) : (
                    <code className="truncate font-mono">{requestId}</code>
                  )}
                  <CopyButton small text={requestId} label={`Copy request id ${requestId}`} />
                </span>
              ) : null}
            </p>
          </div>
          <Icon
            name="chevron"
            className={`mt-1 size-4 text-faint transition-transform duration-150 ${open ? 'rotate-180' : ''}`}
          />
        </div>
      </div>
      {open ? (
        <div id={id} className="border-line border-t bg-paper/60 px-4 py-4 sm:px-5">
          <AuditDetail event={event} />
        </div>
      ) : null}
    </li>
  )
}

/** Whether the request stands in Logs: those of keys and clients do, and those of the Console’s own pages do not. */
function isLogged({ actor }: AuditEvent): boolean {
  return actor.type === 'key' || actor.type === 'client'
}

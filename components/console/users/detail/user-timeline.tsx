import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import type { AuditEvent, AuditList } from '#lib/contract/audit.ts'
import type { ConsoleUserDetail } from '#lib/contract/console-users.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Icon } from '../../../ui/icon.tsx'
import { exactTime, zoneOf } from '../../../ui/relative-time.ts'
import { Segments } from '../../../ui/segments.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import type { AuditWords } from '../../audit/audit-words.ts'
import { Card } from '../../card.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { useData } from '../../use-data.ts'
import { usePages } from '../../use-pages.ts'
import { logsPath } from '../paths.ts'
import { dayWords, lineOf } from './timeline-words.ts'
import { withSignatures } from './with-signatures.ts'

interface Props {
  user: ConsoleUserDetail
  words: AuditWords
}

// Of the seven days of the log; those before stand with the key as a count.
const mostSignatures = 50

/** What happened to a user and what they did, by days, newest first: what the audit log knows, and signatures from the log. */
export function UserTimeline({ user, words }: Props) {
  const { id, username } = user
  const [shown, show] = useState<'all' | 'refused'>('all')
  // What was just changed on this page stands here, too.
  const changed = [
    user.passkeys.map(({ id, name }) => id + name),
    user.sessions.length,
    user.apps.length,
    user.lastUsedAt,
  ]
  const { items, more, error, again, reading } = usePages<AuditEvent, AuditList>({ id, changed }, (cursor) =>
    consoleClient.users.timeline(id, cursor),
  )
  const { environment } = user
  const { data: signatures } = useData(
    () =>
      consoleClient.logs.list({
        ...{ environment, user: id, operation: 'mpc.sign.finish', status: '2xx', limit: mostSignatures },
      }),
    [environment, id],
  )
  const events = items?.filter((event) => shown === 'all' || lineOf(event, words).tone === 'bad')
  const happened = withSignatures(
    events ?? [],
    (shown === 'all' && items && signatures?.data) || [],
    more !== undefined,
  )
  const days = Object.entries(Object.groupBy(happened, ({ at }) => new Date(at).toDateString()))
  return (
    <Card
      title="Timeline"
      actions={
        <Segments
          label="Timeline"
          name="timeline"
          choices={['all', 'refused']}
          called={{ all: 'All', refused: 'Refused' }}
          selected={shown}
          onSelect={show}
        />
      }
    >
      {items ? null : error ? (
        <LoadError error={error} onRetry={again} />
      ) : (
        <Skeleton label="Reading the timeline" rows={4} height="h-8" />
      )}
      {days.map(([day, ofDay = []]) => (
        <section key={day} aria-label={dayWords(day)} className="mb-3">
          <h3 className="mb-1 pl-8 font-semibold text-[13px] text-soft">
            {dayWords(day)} <span className="font-normal">{zoneOf(Date.parse(ofDay[0]?.at ?? day))}</span>
          </h3>
          <ul className="relative before:absolute before:inset-y-1 before:left-[9px] before:w-px before:bg-line">
            {ofDay.map((one) =>
              'event' in one ? (
                <EventLine key={one.event.id} event={one.event} words={words} />
              ) : (
                <Line key={one.signed.requestId} tone="plain" at={one.at}>
                  Signed with an MPC key:{' '}
                  <RequestLink environment={environment} id={one.signed.requestId}>
                    the request
                  </RequestLink>
                </Line>
              ),
            )}
          </ul>
        </section>
      ))}
      {events?.length === 0 && happened.length === 0 ? (
        <p className="text-[14px] text-soft">
          {shown === 'refused'
            ? `No sign-in of ${username} was refused${more ? ' in what is shown so far' : ''}.`
            : 'Nothing is known yet: what happens from now on stands here.'}
        </p>
      ) : null}
      <LoadMore more={more} reading={reading} />
      <p className="mt-3 text-[13px]">
        <Link
          href={`/console/audit?user=${encodeURIComponent(username)}${user.environment === 'live' ? '&environment=live' : ''}`}
          prefetch={false}
          className="underline underline-offset-2"
        >
          In the audit log
        </Link>
      </p>
    </Card>
  )
}

function EventLine({ event, words }: { event: AuditEvent; words: AuditWords }) {
  const { at, requestId, environment } = event
  const { tone, pieces, reason } = lineOf(event, words)
  return (
    <Line tone={tone} at={at}>
      {pieces.map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <strong key={piece.of} className="font-semibold">
            {piece.name}
          </strong>
        ),
      )}
      {reason && requestId && environment ? (
        <RequestLink environment={environment} id={requestId}>
          {reason}
        </RequestLink>
      ) : (
        reason
      )}
    </Line>
  )
}

const looks = { ok: 'border-ok text-ok', bad: 'border-bad text-bad', plain: 'border-line-strong text-soft' }

function Line({ tone, at, children }: { tone: keyof typeof looks; at: string; children: ReactNode }) {
  return (
    <li className="relative flex items-baseline gap-x-3 py-1 text-[14px]">
      <span
        aria-hidden="true"
        className={`grid size-[19px] shrink-0 self-start place-items-center rounded-full border bg-card ${looks[tone]}`}
      >
        {tone === 'plain' ? (
          <span className="size-1 rounded-full bg-current" />
        ) : (
          <Icon name={tone === 'ok' ? 'check' : 'cross'} className="size-2.5" />
        )}
      </span>
      <p className="min-w-0 flex-1 wrap-anywhere">{children}</p>
      <time dateTime={at} title={exactTime(Date.parse(at))} className="shrink-0 text-[13px] text-soft">
        {new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
      </time>
    </li>
  )
}

function RequestLink({ environment, id, children }: { environment: Environment; id: string; children: ReactNode }) {
  return (
    <Link
      href={logsPath(environment, { request: id })}
      prefetch={false}
      className="font-medium text-accent underline-offset-4 hover:underline"
    >
      {children}
    </Link>
  )
}

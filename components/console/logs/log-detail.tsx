import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ConsoleLogEntry } from '#lib/contract/logs.ts'
import { Button, linkButton, smallLink } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useMay } from '../role.tsx'
import { isDocumented, titleOf, todoOf, tookWords, utcExactly } from './log-words.ts'
import { logsPath } from './logs-view.ts'

interface Props {
  entry: ConsoleLogEntry
  /** That of the page. */
  environment: Environment
  onFilter: (name: string, value: string) => void
}

/** A request, whole. */
export function LogDetail({ entry, environment, onFilter }: Props) {
  const { requestId, status, code, reason, operation, key, client, user, address, requestBytes, limit, checks } = entry
  const live = entry.environment === 'live'
  const todo = todoOf(entry, live)
  const bad = status >= 400
  const query = live ? '?environment=live' : ''
  return (
    <>
      <h2 className="pr-12 font-semibold text-[16px] leading-6">
        <span className={`mr-2 font-mono ${bad ? 'text-bad' : 'text-ok'}`}>{status}</span>
        {titleOf(entry)}
      </h2>
      <Why entry={entry} />
      {entry.environment === environment ? null : (
        <div className="mt-3">
          <Notice tone="warn" title={`It was in the ${live ? 'Live' : 'Test'} environment`}>
            <Link href={logsPath(entry.environment, { request: requestId })} className="underline underline-offset-2">
              Show it among the requests there
            </Link>
          </Notice>
        </div>
      )}
      {bad ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {todo ? <TodoLink todo={todo} /> : null}
          {code && isDocumented(code) ? (
            <a href={`/docs/errors#${code}`} className={smallLink}>
              <Icon name="info" className="size-3.5" />
              <span className="sr-only">Documentation of </span>
              <span className="font-mono">{code}</span>
            </a>
          ) : null}
        </div>
      ) : null}

      <h3 className="mt-5 mb-1.5 font-semibold text-[13px] text-soft">Request</h3>
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-[13px] leading-5">
        <Line term="ID">
          <span className="flex items-start gap-1">
            <span className="min-w-0 font-mono wrap-anywhere">{requestId}</span>
            <CopyButton small text={requestId} label="Copy request ID" />
          </span>
        </Line>
        <Line term="At">
          <time dateTime={entry.at}>{utcExactly(entry.at)}</time>
        </Line>
        <Line term="Call">
          <span className="font-mono">
            {entry.method} <span className="wrap-anywhere">{entry.path}</span>
          </span>
        </Line>
        {operation ? <Filtered term="Operation" name="operation" value={operation} onFilter={onFilter} /> : null}
        {code ? <Filtered term="Code" name="code" value={code} onFilter={onFilter} /> : null}
        {key ? (
          <Line term="Key">
            {key.name === null ? (
              <span className="font-mono">{key.id}</span>
            ) : (
              <Link href={`/console/keys/${encodeURIComponent(key.id)}${query}`} className={link}>
                {key.name}
              </Link>
            )}{' '}
            <span className="font-mono text-faint wrap-anywhere">{key.hint}</span>{' '}
            <FilterBy name="key" value={key.id} onFilter={onFilter} />
          </Line>
        ) : null}
        {client ? (
          <Line term="Client">
            {client.name ?? ''} <span className="font-mono text-faint wrap-anywhere">{client.id}</span>{' '}
            <FilterBy name="client" value={client.id} onFilter={onFilter} />
          </Line>
        ) : null}
        {user ? (
          <Line term="User">
            {user.id ? (
              <Link href={`/console/users/${encodeURIComponent(user.id)}${query}`} className={`${link} font-mono`}>
                {user.username ?? user.id}
              </Link>
            ) : (
              <span className="font-mono">{user.username}</span>
            )}{' '}
            <FilterBy name="user" value={user.username ?? user.id ?? ''} onFilter={onFilter} />
          </Line>
        ) : null}
        <Line term="Address">
          {address === null ? (
            <span className="text-soft">not known here</span>
          ) : (
            <>
              <span className="font-mono wrap-anywhere">{address}</span>{' '}
              <FilterBy name="address" value={address} onFilter={onFilter} />
            </>
          )}
        </Line>
        <Line term="Took">
          {tookWords(entry.milliseconds)}
          {requestBytes ? <span className="text-soft"> · {requestBytes.toLocaleString('en')} B in</span> : null}
        </Line>
        {limit ? (
          <Line term="Limit">
            {limit.left.toLocaleString('en')} of {limit.requests.toLocaleString('en')} left this minute
          </Line>
        ) : null}
      </dl>

      {reason && reason !== code ? (
        <>
          <h3 className="mt-5 mb-1.5 font-semibold text-[13px] text-soft">
            {checks ? (
              <>
                Checks{' '}
                <span className="font-normal">
                  {checks.failed} of {checks.total} failed{checks.failed > 1 ? ', the first:' : ''}
                </span>
              </>
            ) : (
              'First check that failed'
            )}
          </h3>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-xl bg-bad-wash px-3 py-2 text-[13px]">
            <Icon name="cross" className="size-3.5 text-bad" />
            <span className="font-mono font-semibold">{reason}</span>
            <span className="font-mono wrap-anywhere">{entry.actual}</span>
            <FilterBy name="reason" value={reason} onFilter={onFilter} />
          </p>
        </>
      ) : null}
    </>
  )
}

/** Why it was refused; of a page that is not allowed, in words. */
function Why({ entry: { reason, detail, expected, actual } }: { entry: ConsoleLogEntry }) {
  if (!detail) return null
  return (
    <p className="mt-1 wrap-anywhere text-[13.5px] text-soft">
      {reason === 'origin' && expected && actual ? (
        <>
          The browser signed for <code className="font-mono text-[13px]">{actual}</code>, and what is allowed is{' '}
          <code className="font-mono text-[13px]">{expected}</code>.
        </>
      ) : (
        detail
      )}
    </p>
  )
}

const link = 'font-medium text-accent hover:underline underline-offset-2'

/** What puts it right; of the relying party, only owners can. */
function TodoLink({ todo }: { todo: { label: string; href: string } }) {
  const owner = useMay('owner')
  if (todo.href.startsWith('/console/relying-party') && !owner) {
    return <p className="text-[13px] text-soft">An owner can allow this origin.</p>
  }
  return (
    <Link href={todo.href} prefetch={false} className={`${linkButton} px-3! py-1.5! text-[13px]!`}>
      {todo.label}
    </Link>
  )
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

interface FilterProps {
  name: string
  value: string
  onFilter: (name: string, value: string) => void
}

function Filtered({ term, ...filter }: FilterProps & { term: string }) {
  return (
    <Line term={term}>
      <span className="font-mono wrap-anywhere">{filter.value}</span> <FilterBy {...filter} />
    </Line>
  )
}

function FilterBy({ name, value, onFilter }: FilterProps) {
  return (
    <Button look="quiet" className="py-0!" onClick={() => onFilter(name, value)}>
      only these<span className="sr-only"> of {value}</span>
    </Button>
  )
}

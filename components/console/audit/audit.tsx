'use client'

import type { AuditEvent, AuditList } from '#lib/contract/audit.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { LoadMore } from '../load-more.tsx'
import { PageHead } from '../page-head.tsx'
import { usePages } from '../use-pages.ts'
import { AuditDays } from './audit-days.tsx'
import { AuditExport } from './audit-export.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { AuditPromise } from './audit-promise.tsx'
import { everything, filterOf, viewOf } from './audit-view.ts'
import type { AuditWords } from './audit-words.ts'

/** The page of the audit log: the events that the filter in the address lets through, newest first. */
export function Audit({ words }: { words: AuditWords }) {
  const [search, change] = useQuery()
  const view = viewOf(search, Object.keys(words))
  const filter = filterOf(view)
  const {
    items: events,
    more,
    error,
    again,
    loading,
    reading,
  } = usePages<AuditEvent, AuditList>(filter, (cursor) =>
    consoleClient.audit({ ...filter, ...(cursor ? { cursor } : {}) }),
  )
  const filtered = Object.keys(filter).length > 0
  const all = () => change(everything)

  return (
    <>
      <PageHead
        title="Audit"
        docs="/docs/usage#who-changed-what"
        description="Every change that was made here, every sign-in, and what users allowed apps: who, from where, for whom, before and after."
        actions={<AuditExport filter={filter} />}
      />
      <div className="space-y-4">
        <AuditPromise />
        <AuditFilter view={view} words={words} onChange={change} onAll={filtered ? all : undefined} />
        {error && !events ? <LoadError error={error} onRetry={again} /> : <ChangeError error={error} />}
        <p role="status" className="sr-only">
          {loading
            ? 'Reading the log'
            : events
              ? `${events.length} events shown${more ? ', and there are more' : ''}`
              : ''}
        </p>
        <div aria-busy={loading} className={`transition-opacity ${loading && events ? 'opacity-55' : ''}`}>
          {events?.length ? (
            <AuditDays events={events} words={words} />
          ) : events && more ? (
            <Empty
              title="Not among the newest 50,000 events"
              action={
                <Button look="secondary" aria-disabled={reading} onClick={more}>
                  {reading ? 'Looking further back' : 'Look further back'}
                </Button>
              }
            >
              The log is longer than what one search looks through, and nothing of that fits this filter.
            </Empty>
          ) : events && filtered ? (
            <Empty
              title="Nothing like that was found"
              action={
                <Button look="secondary" onClick={all}>
                  Show everything
                </Button>
              }
            >
              No event of the log fits this filter. The search looks for its text in the names of who did it, for whom
              and to what, and at the beginning of ids, addresses and request ids.
            </Empty>
          ) : events ? (
            <Empty title="Nothing has happened yet">
              Make a key, sign a user in or invite a member: each change and each sign-in stands here from the moment
              that it is made.
            </Empty>
          ) : loading ? (
            <Skeleton label="Reading the log" rows={6} />
          ) : null}
        </div>
        {events?.length ? (
          <LoadMore
            more={more}
            reading={reading}
            end={filtered ? 'That is all that fits the filter.' : 'That is the whole log, back to its beginning.'}
            className=""
          />
        ) : null}
      </div>
    </>
  )
}

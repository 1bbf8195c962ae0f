'use client'

import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { ListWithPane } from '../list-with-pane.tsx'
import { LoadError } from '../load-error.tsx'
import { LoadMore } from '../load-more.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { LogBars } from './log-bars.tsx'
import { LogFilter } from './log-filter.tsx'
import { LogList } from './log-list.tsx'
import { LogPane } from './log-pane.tsx'
import { requestsWords, utcOf } from './log-words.ts'
import { LogsEmpty } from './logs-empty.tsx'
import { everything, queryOf, ranges, viewOf } from './logs-view.ts'
import { useLog } from './use-log.ts'

const figuresMilliseconds = 10_000

/** The page of logs: the requests that the view in the address lets through, live, and the opened one beside them. */
export function Logs({ baseUrl, days }: { baseUrl: string; days: number }) {
  return days === 0 ? (
    <>
      <PageHead title="Logs" description="Every request, and why it was refused." />
      <Empty title="This server keeps no log of requests">
        Its operator turned that off with LOG_RETENTION_DAYS=0. Usage counts what was asked, and Audit tells what was
        changed.
      </Empty>
    </>
  ) : (
    <Log baseUrl={baseUrl} days={days} />
  )
}

function Log({ baseUrl, days }: { baseUrl: string; days: number }) {
  const [search, change] = useQuery()
  const { request, ...view } = viewOf(search)
  const now = useNow(1_000) ?? Date.now()
  const live = !view.to || Date.parse(view.to) > now
  const { items, news, more, reading, loading, error, reload } = useLog(view, live)
  const shown = JSON.stringify(view)
  const figures = useData(
    () => consoleClient.logs.figures(queryOf(view, Date.now())),
    [shown],
    live ? { every: figuresMilliseconds } : {},
  )
  const plain = Object.keys(view.values).length === 0 && view.range !== undefined

  return (
    <>
      <PageHead
        title="Logs"
        description={`Every request of the last ${days === 1 ? 'day' : `${days} days`}. Never a body, never a secret.`}
        actions={
          <>
            {live ? (
              <p className="flex items-center gap-1.5 self-center text-[13px] text-soft">
                <span aria-hidden="true" className="size-2 rounded-full bg-ok" />
                updates by itself
              </p>
            ) : null}
            <CopyView key={search.toString()} />
          </>
        }
      />
      <LogFilter view={{ ...view, request }} entries={items ?? []} onChange={change} />
      {error && !items ? <LoadError error={error} onRetry={reload} /> : <ChangeError error={error} className="mb-4" />}
      <p role="status" className="sr-only">
        {loading ? 'Reading the log' : news}
      </p>
      {items?.length === 0 && !more && plain && view.range && !request ? (
        <LogsEmpty
          baseUrl={baseUrl}
          environment={view.environment}
          range={ranges[view.range]}
          onAll={view.range === '7d' ? undefined : () => change({ range: '7d' })}
        />
      ) : (
        <section aria-label="Log" className="rounded-card border border-line bg-card shadow-lift">
          {figures.data ? (
            <>
              <p className="px-4 pt-3 text-right text-[13px] text-soft sm:px-5">
                {requestsWords(figures.data.requests)},{' '}
                <span className={figures.data.refused ? 'font-semibold text-bad' : ''}>
                  {figures.data.refused.toLocaleString('en')} refused
                </span>
                {figures.data.countedFrom ? `, counted since ${utcOf(figures.data.countedFrom, now)}` : ''}
              </p>
              <LogBars figures={figures.data} now={now} />
            </>
          ) : (
            <div className="h-28 border-line border-b" />
          )}
          <ListWithPane
            opened={request || undefined}
            thing="request"
            onClose={() => change({ request: '' })}
            list={
              <div aria-busy={loading} className={`transition-opacity ${loading && items ? 'opacity-55' : ''}`}>
                {items?.length ? (
                  <LogList
                    entries={items}
                    now={now}
                    opened={request}
                    onOpen={(opened) => change({ request: opened === request ? '' : opened })}
                  />
                ) : items ? (
                  <div className="p-4 sm:p-5">
                    <Empty
                      title={more ? 'Nothing found yet' : 'No request fits this view'}
                      action={
                        more ? undefined : (
                          <Button look="secondary" onClick={() => change({ ...everything })}>
                            Show everything
                          </Button>
                        )
                      }
                    >
                      {more
                        ? 'Many requests were looked through. “Load more” goes on from there.'
                        : 'Each filter is compared whole: of a user the whole username, or the id.'}
                    </Empty>
                  </div>
                ) : error ? null : (
                  <div className="p-4 sm:p-5">
                    <Skeleton label="Reading the log" rows={8} height="h-7" />
                  </div>
                )}
                <LoadMore more={more} reading={reading} className="border-line border-t p-3" />
              </div>
            }
            pane={
              <LogPane
                requestId={request}
                environment={view.environment}
                line={items?.find(({ requestId }) => requestId === request)}
                onFilter={(name, value) => change({ [name]: value })}
              />
            }
          />
        </section>
      )}
    </>
  )
}

/** The address of what is on the screen, to send to somebody. */
function CopyView() {
  const [address, set] = useState('')
  useEffect(() => set(window.location.href), [])
  return <CopyButton text={address} label="Copy this view" shown="Copy this view" />
}

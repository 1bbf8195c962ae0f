'use client'

import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { Ceremonies } from './ceremonies/ceremonies.tsx'
import { UsageExport } from './usage-export.tsx'
import { UsageFilter } from './usage-filter.tsx'
import { ceremonyQueryOf, nameOfRange, queryOf, shows, viewOf, whyNoRange } from './usage-range.ts'
import { UsageRequests } from './usage-requests.tsx'

/** The page of usage: what a tenant asks of its ceremonies, or every request; of the view in the address, kept current. */
export function Usage({ baseUrl }: { baseUrl: string }) {
  const [search, change] = useQuery()
  const view = viewOf(search)
  const mistake = whyNoRange(view)
  const asked = JSON.stringify(view)
  const now = useNow(60_000) ?? Date.now()
  const onCeremonies = view.show === 'ceremonies'
  const read = useData(
    async () =>
      mistake || !onCeremonies
        ? undefined
        : { asked, figures: await consoleClient.ceremonies(ceremonyQueryOf(view, Date.now())) },
    [asked],
    { every: 30_000 },
  )
  const figures = read.data?.asked === asked || !read.error ? read.data?.figures : undefined

  return (
    <>
      <PageHead
        title="Usage"
        description={
          onCeremonies
            ? 'Registrations and sign-ins that your keys and apps asked this server’s API for, and what became of them.'
            : 'Every request that one of your keys made, and what became of it. Counted before it is answered, in hours of UTC.'
        }
        actions={mistake || onCeremonies ? null : <UsageExport query={queryOf(view, now)} />}
      />
      <div className="space-y-4">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <Segments
            label="Figures of"
            name="usage-show"
            choices={Object.keys(shows) as (keyof typeof shows)[]}
            called={shows}
            selected={view.show}
            onSelect={(show) => change({ show: show === 'ceremonies' ? '' : show })}
          />
          <UsageFilter
            view={view}
            fitting={onCeremonies ? figures && nameOfRange(figures) : '30d'}
            mistake={mistake}
            onChange={change}
          />
        </div>
        {onCeremonies ? (
          <>
            {read.error && !figures ? (
              <LoadError error={read.error} onRetry={read.reload} />
            ) : (
              <ChangeError error={read.error} />
            )}
            <div
              aria-busy={read.loading}
              className={`space-y-4 transition-opacity ${read.data && read.data.asked !== asked ? 'opacity-55' : ''}`}
            >
              {figures ? (
                <Ceremonies ceremonies={figures} environment={view.environment} />
              ) : read.loading && !read.error ? (
                <Skeleton label="Reading the usage" rows={3} height="h-28" />
              ) : null}
            </div>
          </>
        ) : (
          <UsageRequests view={view} mistaken={mistake !== undefined} baseUrl={baseUrl} />
        )}
      </div>
    </>
  )
}

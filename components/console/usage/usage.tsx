'use client'

import { Skeleton } from '../../ui/skeleton.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useQuery } from '../../ui/use-query.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { UsageEmpty } from './usage-empty.tsx'
import { UsageExport } from './usage-export.tsx'
import { UsageFigures } from './usage-figures.tsx'
import { UsageFilter } from './usage-filter.tsx'
import { UsageKeys } from './usage-keys.tsx'
import { UsageOverTime } from './usage-over-time.tsx'
import { UsageQuota } from './usage-quota.tsx'
import { queryOf, viewOf, whyNoRange } from './usage-range.ts'

/** The page of usage: the figures of one environment and range, which stand in the address, kept current. */
export function Usage({ baseUrl }: { baseUrl: string }) {
  const [search, change] = useQuery()
  const view = viewOf(search)
  const mistake = whyNoRange(view)
  const shown = JSON.stringify(view)
  const now = useNow(60_000) ?? Date.now()
  const quota = useData(() => consoleClient.quota(), [], { every: 30_000 })
  const read = useData(
    async () => (mistake ? undefined : { shown, usage: await consoleClient.usage(queryOf(view, Date.now())) }),
    [shown],
    { every: 30_000 },
  )
  // Figures of another view are better than none while the right ones come, but not in their stead.
  const usage = read.data?.shown === shown || !read.error ? read.data?.usage : undefined
  // They come together: neither pushes the other down.
  const waiting = (read.loading && !read.data && !read.error) || (quota.loading && !quota.data && !quota.error)

  return (
    <>
      <PageHead
        title="Usage"
        description="Every request that one of your keys made, and what became of it. Counted before it is answered, in hours of UTC."
        actions={mistake ? null : <UsageExport query={queryOf(view, now)} />}
      />
      <div className="space-y-4">
        <UsageFilter view={view} mistake={mistake} onChange={change} />
        {read.error && !usage ? (
          <LoadError error={read.error} onRetry={read.reload} />
        ) : (
          <ChangeError error={read.error} />
        )}
        <div
          aria-busy={read.loading}
          className={`space-y-4 transition-opacity ${read.data && read.data.shown !== shown ? 'opacity-55' : ''}`}
        >
          {usage && !waiting ? <UsageFigures usage={usage} /> : null}
          {quota.data && !waiting ? <UsageQuota quota={quota.data} /> : null}
          {waiting ? (
            <Skeleton label="Reading the usage" rows={3} height="h-28" />
          ) : usage?.totals.requests ? (
            <>
              <UsageOverTime usage={usage} />
              <Card
                title="By key"
                note="Whose requests they were, and how near each key came to its limits in its busiest minute."
              >
                <UsageKeys keys={usage.keys} total={usage.totals.requests} />
              </Card>
            </>
          ) : usage ? (
            <UsageEmpty baseUrl={baseUrl} environment={view.environment} />
          ) : null}
        </div>
      </div>
    </>
  )
}

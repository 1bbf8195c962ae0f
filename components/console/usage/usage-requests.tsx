'use client'

import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { useData } from '../use-data.ts'
import { UsageEmpty } from './usage-empty.tsx'
import { UsageFigures } from './usage-figures.tsx'
import { UsageKeys } from './usage-keys.tsx'
import { UsageOverTime } from './usage-over-time.tsx'
import { UsageQuota } from './usage-quota.tsx'
import { queryOf, type UsageView } from './usage-range.ts'

interface Props {
  view: UsageView
  /** The range is none. */
  mistaken: boolean
  baseUrl: string
}

/** Every request, by operation, by outcome and by key, and the quota. */
export function UsageRequests({ view, mistaken, baseUrl }: Props) {
  const shown = JSON.stringify(view)
  const quota = useData(() => consoleClient.quota(), [], { every: 30_000 })
  const read = useData(
    async () => (mistaken ? undefined : { shown, usage: await consoleClient.usage(queryOf(view, Date.now())) }),
    [shown],
    { every: 30_000 },
  )
  // Figures of another view are better than none while the right ones come, but not in their stead.
  const usage = read.data?.shown === shown || !read.error ? read.data?.usage : undefined
  // They come together: neither pushes the other down.
  const waiting = (read.loading && !read.data && !read.error) || (quota.loading && !quota.data && !quota.error)

  return (
    <>
      {read.error && !usage ? (
        <LoadError error={read.error} onRetry={read.reload} />
      ) : (
        <ChangeError error={read.error} />
      )}
      <div
        aria-busy={read.loading}
        className={`space-y-4 transition-opacity ${read.data && read.data.shown !== shown ? 'opacity-55' : ''}`}
      >
        {usage && !waiting ? <UsageFigures usage={usage} logs={queryOf(view, Date.now())} /> : null}
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
              <UsageKeys keys={usage.keys} total={usage.totals.requests} others={usage.otherKeys} />
            </Card>
          </>
        ) : usage ? (
          <UsageEmpty baseUrl={baseUrl} environment={view.environment} />
        ) : null}
      </div>
    </>
  )
}

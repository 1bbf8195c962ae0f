'use client'

import type { HomeRange } from '#lib/contract/console-home.ts'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { useEnvironment } from '../frame/use-environment.ts'
import { LoadError } from '../load-error.tsx'
import { useMay } from '../role.tsx'
import { useData } from '../use-data.ts'
import { GettingStarted } from './getting-started.tsx'
import { HomeAlerts } from './home-alerts.tsx'
import { HomeEmpty } from './home-empty.tsx'
import { HomeFunnel } from './home-funnel.tsx'
import { HomeTiles } from './home-tiles.tsx'
import { periodWords, ranges } from './home-words.ts'
import { NewestUsers } from './newest-users.tsx'
import { SignInsChart } from './sign-ins-chart.tsx'

/** The Console's first page: how it went lately, what needs somebody, and what to do next. Kept current. */
export function Home() {
  const environment = useEnvironment()
  const [search, change] = useQuery()
  const asked = search.get('range') ?? ''
  const range = (Object.hasOwn(ranges, asked) ? asked : 'today') as HomeRange
  const named = `home ${environment} ${range}`
  const { data, error, reload } = useData(
    async () => ({ named, view: await consoleClient.home(environment, range) }),
    [environment, range],
    { every: 30_000, keep: named },
  )
  const builds = useMay('developer')
  const view = data && (data.named === named || !error) ? data.view : undefined
  const steps = view?.steps.some(({ done }) => !done) && builds ? view.steps : undefined

  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="font-semibold text-[24px] leading-8 tracking-tight">Home</h1>
          <p className="mt-0.5 text-pretty text-[14px] text-soft">
            {view?.begun ? periodWords(view) : 'How sign-ins go, what needs somebody, and what to do next.'}
          </p>
        </div>
        {view && !view.begun ? null : (
          <Segments
            label="Range"
            name="home-range"
            choices={Object.keys(ranges) as HomeRange[]}
            called={ranges}
            selected={range}
            onSelect={(chosen) => change({ range: chosen === 'today' ? '' : chosen })}
          />
        )}
      </div>
      {view ? (
        <div aria-busy={data?.named !== named} className={`space-y-4 ${data?.named === named ? '' : 'opacity-55'}`}>
          <ChangeError error={error} />
          <HomeAlerts alerts={view.alerts} />
          {view.begun ? (
            <>
              <HomeTiles view={view} />
              <div className="grid gap-4 *:min-w-0 xl:grid-cols-[minmax(0,1.72fr)_minmax(0,1fr)]">
                <SignInsChart view={view} />
                <HomeFunnel view={view} />
                <NewestUsers view={view} />
                {steps ? <GettingStarted steps={steps} /> : null}
              </div>
            </>
          ) : (
            <>
              <HomeEmpty environment={environment} steps={steps} />
              {steps && environment === 'test' ? <GettingStarted steps={steps} quiet /> : null}
            </>
          )}
        </div>
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading how it goes" rows={3} height="h-36" />
      )}
    </>
  )
}

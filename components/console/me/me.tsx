'use client'

import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { useSaid } from '../use-said.ts'
import { PasskeyCard } from './passkey-card.tsx'
import { SessionCard } from './session-card.tsx'

/** What the member signs in with, and where they are signed in: theirs alone, whatever their role. */
export function Me() {
  const { data, error, reload } = useData(() => consoleClient.own.list(), [], { every: 30_000 })
  const { said, region, changed } = useSaid(reload)
  return (
    <>
      <PageHead
        title="Your passkeys and sessions"
        description="They are yours and not the tenant’s: the same in each tenant that you are a member of, and for your eyes alone."
      />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div ref={region} tabIndex={-1} className="space-y-4 outline-none">
        {data ? (
          <>
            <PasskeyCard passkeys={data.passkeys} onChanged={changed} />
            <SessionCard sessions={data.sessions} onChanged={changed} />
          </>
        ) : error ? (
          <LoadError error={error} onRetry={reload} />
        ) : (
          <Skeleton label="Reading your passkeys" rows={2} height="h-40" />
        )}
      </div>
    </>
  )
}

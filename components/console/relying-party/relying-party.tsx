'use client'

import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { RelatedOrigins } from './related-origins.tsx'
import { RelyingPartyForm } from './relying-party-form.tsx'

/** For which domain the tenant's passkeys are made, and where they may be used. */
export function RelyingParty() {
  const { data, error, reload } = useData(() => consoleClient.relyingParty.read(), [])
  return (
    <>
      <PageHead
        title="Relying party"
        description="A passkey is made for one relying party and works nowhere else. Here you say which one is yours, in both environments."
      />
      {data ? (
        <div className="space-y-4">
          <RelyingPartyForm saved={data} onSaved={reload} />
          <RelatedOrigins saved={data} />
        </div>
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the relying party" rows={2} height="h-72" />
      )}
    </>
  )
}

'use client'

import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Fixed } from '../role.tsx'
import { useData } from '../use-data.ts'
import { MetadataCard } from './metadata-card.tsx'
import { PolicyCard } from './policy-card.tsx'
import { TrustAnchors } from './trust-anchors.tsx'

/** What is asked of the attestation of new passkeys, and who is trusted to vouch for authenticators. */
export function AttestationPage() {
  const { data, error, reload } = useData(() => consoleClient.attestation.read(), [])
  return (
    <>
      <PageHead
        title="Attestation"
        docs="/docs/passkeys#attestation"
        description="An attestation is an authenticator’s proof of its make and model. Here you say what you ask of it when a passkey is registered, in both environments."
      />
      {data ? (
        <div className="space-y-4">
          <Fixed least="owner" to="change what is asked and who is trusted">
            <PolicyCard saved={data} onSaved={reload} />
            <TrustAnchors anchors={data.anchors} onChanged={reload} />
          </Fixed>
          <MetadataCard metadata={data.metadata} />
        </div>
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading what is asked of attestation" rows={2} height="h-72" />
      )}
    </>
  )
}

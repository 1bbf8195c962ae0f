'use client'

import { useState } from 'react'
import type { RelyingPartyView } from '#lib/contract/console.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { useData } from '../use-data.ts'
import { changesOf, type Draft, draftOf, heldBy } from './draft.ts'
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
        <Editor saved={data} onSaved={reload} />
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the relying party" rows={2} height="h-72" />
      )}
    </>
  )
}

function Editor({ saved, onSaved }: { saved: RelyingPartyView; onSaved: () => Promise<void> }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(saved))
  return (
    <div className="space-y-4">
      <RelyingPartyForm saved={saved} draft={draft} onDraft={setDraft} onSaved={onSaved} />
      <RelatedOrigins
        draft={heldBy(draft, saved)}
        edited={Object.keys(changesOf(draft, saved)).length > 0}
        here={saved.defaults.origins[0] ?? ''}
      />
    </div>
  )
}

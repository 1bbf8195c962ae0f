'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import type { RelyingPartyView } from '#lib/contract/console.ts'
import { whyNoRpId } from '#lib/contract/rp-id.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Fixed } from '../role.tsx'
import { useChange } from '../use-change.ts'
import { useData } from '../use-data.ts'
import { changesOf, type Draft, draftOf, heldBy, withOrigin } from './draft.ts'
import { RelatedOrigins } from './related-origins.tsx'
import { RelyingPartyForm } from './relying-party-form.tsx'

/** For which domain the tenant's passkeys are made, and where they may be used. */
export function RelyingParty() {
  const { data, error, reload } = useData(() => consoleClient.relyingParty.read(), [])
  return (
    <>
      <PageHead
        title="Relying party"
        docs="/docs/passkeys#relying-party"
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
  const allow = useSearchParams().get('allow')
  const [draft, setDraft] = useState<Draft>(() => withOrigin(draftOf(saved), allow))
  const change = useChange()
  const held = heldBy(draft, saved)
  return (
    <div className="space-y-4">
      <Fixed least="owner" to="change the relying party">
        <RelyingPartyForm change={change} saved={saved} draft={draft} onDraft={setDraft} onSaved={onSaved} />
      </Fixed>
      <RelatedOrigins
        draft={held}
        mistake={held.id === saved.id ? undefined : whyNoRpId(held.id)}
        edited={Object.keys(changesOf(draft, saved)).length > 0}
        refused={change.error !== undefined}
        here={saved.defaults.origins[0] ?? ''}
      />
    </div>
  )
}

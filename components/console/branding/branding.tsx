'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { BrandingView } from '#lib/contract/console.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Fixed } from '../role.tsx'
import { useData } from '../use-data.ts'
import { BrandingForm } from './branding-form.tsx'
import { BrandingPreview } from './branding-preview.tsx'
import { type Draft, draftOf, shownOf } from './draft.ts'

interface Tenant {
  id: string
  name: string
}

/** How people see the tenant. */
export function Branding({ tenant }: { tenant: Tenant }) {
  const { data, error, reload } = useData(() => consoleClient.branding.read(), [])
  const router = useRouter()

  /** The frame around the page shows it too. */
  async function showSaved() {
    await reload()
    router.refresh()
  }

  return (
    <>
      <PageHead
        title="Branding"
        docs="/docs/oauth#what-people-see"
        description="How the Console, the Playground and the pages where your users sign in to apps show you. What you leave empty follows the tenant."
      />
      {data ? (
        <Editor tenant={tenant} saved={data} onSaved={showSaved} />
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the branding" rows={2} height="h-72" />
      )}
    </>
  )
}

interface EditorProps {
  tenant: Tenant
  saved: BrandingView
  onSaved: () => Promise<void>
}

function Editor({ tenant, saved, onSaved }: EditorProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(saved))
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_400px]">
      <div>
        <Fixed least="owner" to="change the branding">
          <BrandingForm tenantName={tenant.name} saved={saved} draft={draft} onDraft={setDraft} onSaved={onSaved} />
        </Fixed>
      </div>
      <BrandingPreview tenant={tenant} branding={shownOf(draft)} />
    </div>
  )
}

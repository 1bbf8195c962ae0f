'use client'

import { useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CompatibilityView } from '../compatibility/compatibility-view.tsx'
import { BrowserView } from './browser-view.tsx'
import { ProvidersView } from './providers-view.tsx'
import { RelatedOriginsView } from './related-origins-view.tsx'

interface Props {
  apiKey: string
  /** The key’s tenant, where there is a key. */
  tenant: TenantAnswer | undefined
  onClose: () => void
}

/** What stands between a page and a passkey beside the options: this browser, related origins, and who makes authenticators. */
export function BrowserPanel({ apiKey, tenant, onClose }: Props) {
  const [tab, setTab] = useState('browser')
  const rpId = tenant?.relyingParty.id
  return (
    <Dialog open onClose={onClose} title="This browser" wide>
      {/* As high as the dialogue may be, whichever tab is on show: it does not jump. */}
      <div className="-mx-5 -my-4 min-h-[calc(min(88dvh/var(--zoom),100dvh/var(--zoom)-32px)-60px)]">
        <Tabs
          label="This browser"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: 'browser', label: 'What it can do', content: <BrowserView rpId={rpId} /> },
            { id: 'origins', label: 'Related origins', content: <RelatedOriginsView rpId={rpId} /> },
            {
              id: 'compatibility',
              label: 'Compatibility test',
              content: <CompatibilityView apiKey={apiKey} tenant={tenant} />,
            },
            // Some hundred rows, for whoever asks for them.
            { id: 'providers', label: 'Providers', content: tab === 'providers' ? <ProvidersView /> : null },
          ]}
        />
      </div>
    </Dialog>
  )
}
